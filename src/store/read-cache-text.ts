import type { Files } from '../context.ts'
import { readText } from './read-text.ts'

/** Several SDKs write in place, so what was changed within this time, in milliseconds, may be half a file. */
const writeTime = 1000

/**
 * The text of a file in one of AWS's caches at `now`, in milliseconds since the epoch; undefined when there is none or it
 * cannot be read. One that another program may be writing is read twice where it is not `whole`.
 */
export function readCacheText(
  files: Files,
  path: string,
  now: number,
  isWhole: (text: string) => boolean,
): string | undefined {
  try {
    const text = readText(files, path)
    if (text === undefined || isWhole(text)) return text
    const age = now - Number((files.stat(path)?.mtimeNs ?? 0n) / 1_000_000n)
    return age < writeTime ? readText(files, path) : text
  } catch {
    return undefined
  }
}
