import { createHash, timingSafeEqual } from 'node:crypto'
import type { Outage } from './answer.ts'

/** Where a guest stands: at a socket, whose mode says who may come, or at a port, where a token does. */
export type Door =
  | { readonly kind: 'socket' }
  | { readonly kind: 'port'; readonly address: string; readonly token: string }

/** What a guest asks for. */
export interface GuestRequest {
  readonly method: string | undefined
  /** As it was sent. */
  readonly target: string | undefined
  /** All values of each, by its name in small letters. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>
}

export interface GuestRefusal extends Outage {
  readonly status: number
}

/**
 * Why a guest gets nothing; undefined for one who gets credentials. A web page is turned away: it says an Origin, or comes by
 * the name of another host. The order is that nobody learns more than that.
 */
export function refuseGuest({ method, target, headers }: GuestRequest, door: Door): GuestRefusal | undefined {
  if (headers['origin'] !== undefined) return refuse(403, 'a web page gets no credentials')
  if (!isHost(takeOnly(headers['host']), door)) return refuse(403, 'this was sent to another host')
  if (door.kind === 'port' && !isToken(takeOnly(headers['authorization']), door.token))
    return refuse(403, 'the token in Authorization is not the one of this server')
  if (method !== 'GET') return refuse(405, 'only GET is answered')
  if (target !== '/') return refuse(404, 'there is nothing but /')
  return undefined
}

/** What is said twice is said by two, of whom one is in the way. */
function takeOnly(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined
}

function refuse(status: number, message: string): GuestRefusal {
  return { status, code: 'AccessDenied', message }
}

/**
 * A socket is reached by names of the guest's own: that of the recipe for curl, those of loopback behind a forwarded port, and
 * the address that SDKs ask for by a relative URI. None of them is a name that somebody else could let lead here.
 */
const socketHosts = /^(assume|localhost|127\.0\.0\.1|\[::1\]|169\.254\.170\.2)(:\d{1,5})?$/

function isHost(host: string | undefined, door: Door): boolean {
  if (host === undefined) return false
  return door.kind === 'port' ? host === door.address : socketHosts.test(host)
}

/** Takes as long for every text, whatever its length. */
function isToken(text: string | undefined, token: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest()
  return text !== undefined && timingSafeEqual(digest(text), digest(token))
}
