import { join } from 'node:path'
import type { Context } from '../context.ts'
import type { Paths } from './paths.ts'

/**
 * Says a line that is of use once, and leaves a mark called `name` that it was said. Where none can be left, it is said
 * again.
 */
export function tellFirstTime(
  { files, notify }: Pick<Context, 'files' | 'notify'>,
  { told }: Paths,
  name: string,
  line: string,
): void {
  try {
    files.makeDirectory(told, 0o700)
    const mark = join(files.follow(told), name)
    if (files.statEntry(mark)) return
    files.createUnflushed(mark, new Uint8Array(), 0o600)
  } catch {
    // Nothing depends on it.
  }
  notify(line)
}
