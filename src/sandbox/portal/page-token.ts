import { refusePortal } from '../refusal.ts'

/** One page of a list, by the parameters `max_result` (1 to 100) and `next_token` of the portal. */
export function takePage<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  usualSize: number,
): { page: readonly Item[]; nextToken: string | null } {
  const size = readSize(query.get('max_result'), usualSize)
  const start = readPageToken(query.get('next_token'))
  const end = start + size
  return { page: items.slice(start, end), nextToken: end < items.length ? writePageToken(end) : null }
}

function readSize(text: string | null, usualSize: number): number {
  if (text === null) return usualSize
  const size = Number(text)
  if (Number.isInteger(size) && size >= 1 && size <= 100) return size
  throw refusePortal('InvalidRequestException', 'max_result must be between 1 and 100')
}

function writePageToken(start: number): string {
  return Buffer.from(`from ${start}`).toString('base64url')
}

function readPageToken(token: string | null): number {
  if (token === null || token === '') return 0
  const [, start] = /^from (\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? []
  if (start === undefined) throw refusePortal('InvalidRequestException', 'Invalid next_token')
  return Number(start)
}
