import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** What stands for these bytes in a snapshot. */
export const hashOf = (bytes: Uint8Array | string) => createHash('sha1').update(bytes).digest('hex')

/** Everything below a folder: files by mode and a hash of their bytes, if asked with their time; links by target. */
export function takeSnapshot(folder: string, { times = false } = {}): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(names.map((name) => [name, describeEntry(join(folder, name), times)]))
}

function describeEntry(path: string, times: boolean): string {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return `link to ${readlinkSync(path)}`
  if (stat.isDirectory()) return 'folder'
  const words = [(stat.mode & 0o777).toString(8), hashOf(readFileSync(path))]
  return [...words, ...(times ? [stat.mtimeMs] : [])].join(' ')
}
