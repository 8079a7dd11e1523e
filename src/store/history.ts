import { dirname } from 'node:path'
import type { Context } from '../context.ts'
import { scoreUses } from '../core/history.ts'
import { writeAtomically } from './atomic-write.ts'
import type { Paths } from './paths.ts'
import { readText } from './read-text.ts'

/** Past this size, in characters, the older half of the history is dropped. */
const sizeLimit = 64 * 1024

/** How much each profile is used; empty when there is no history or it cannot be read. */
export function readUses(context: Context, paths: Paths): Map<string, number> {
  try {
    return scoreUses(readText(context.files, paths.history) ?? '', context.now() / 1000)
  } catch {
    return new Map()
  }
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
    const size = context.files.stat(paths.history)?.size ?? 0
    if (size < sizeLimit) {
      context.files.append(paths.history, Buffer.from(line))
      return
    }
    const text = readText(context.files, paths.history) ?? ''
    const kept = text.slice(text.indexOf('\n', text.length / 2) + 1)
    writeAtomically(context.files, paths.history, Buffer.from(kept + line), { mode: 0o600 })
  } catch {
    // The picker falls back to the order of the config file.
  }
}
