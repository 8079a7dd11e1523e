import { dirname } from 'node:path'
import type { Context } from '../context.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import { readCacheFile } from '../system/files/cache-file.ts'
import type { Paths } from '../system/paths.ts'
import { scoreUses } from './use-order.ts'

/** Past this size, in characters, the older half of the history is dropped. */
const sizeLimit = 64 * 1024

/** How much each profile is used; empty when there is no history or it cannot be read. */
export function readUses(context: Context, paths: Paths): Map<string, number> {
  return scoreUses(readCacheFile(context, paths.history)?.text ?? '', context.now() / 1000)
}

/**
 * Notes that `name` was switched to. The history serves the order of the picker only, so a history that cannot be
 * written is no failure. A name with a line break or tab is not noted.
 */
export function recordUse(context: Context, paths: Paths, name: string): void {
  if (/[\n\t]/.test(name)) return
  const line = `${Math.floor(context.now() / 1000)}\t${name}\n`
  try {
    context.files.makeDirectory(dirname(paths.history), 0o700)
    const { size = 0, linkTarget } = context.files.statEntry(paths.history) ?? {}
    if (size < sizeLimit && linkTarget === undefined) {
      context.files.append(paths.history, Buffer.from(line))
      return
    }
    const text = readCacheFile(context, paths.history)?.text ?? ''
    const kept = text.slice(text.indexOf('\n', text.length / 2) + 1)
    writeAtomically(context.files, paths.history, Buffer.from(kept + line), { isCache: true })
  } catch {
    // The picker falls back to the order of the config file.
  }
}

/** Uses of a profile in another tool, the last one at that time (seconds since the epoch). */
export interface EarlierUses {
  readonly name: string
  readonly count: number
  readonly last: number
}

/** Those that the history does not have yet. */
export function findNewUses(context: Context, paths: Paths, uses: readonly EarlierUses[]): EarlierUses[] {
  const lines = new Set((readCacheFile(context, paths.history)?.text ?? '').split('\n'))
  return uses.filter(({ name, last }) => !/[\n\t]/.test(name) && !lines.has(`${last}\t${name}`))
}

/**
 * Puts uses in another tool before those here, a day between two of one profile: half of the history at most, the latest
 * profiles first. Throws AssumeError `unwritable-file`.
 */
export function addEarlierUses(context: Context, paths: Paths, uses: readonly EarlierUses[]): void {
  const own = readCacheFile(context, paths.history)?.text ?? ''
  let room = sizeLimit / 2
  const lines = [...uses]
    .sort((a, b) => b.last - a.last)
    .flatMap(({ name, count, last }) =>
      Array.from({ length: count }, (_, day) => ({ name, at: last - day * 86_400 })),
    )
    .map(({ name, at }) => `${at}\t${name}\n`)
    .filter((line) => {
      room -= line.length
      return room >= 0
    })
  const text = lines.reverse().join('') + own
  writeAtomically(context.files, paths.history, Buffer.from(text), { isCache: true })
}
