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
