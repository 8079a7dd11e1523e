import { join } from 'node:path'
import type { Context } from '../context.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { formatProfileFlag } from '../text/words.ts'

/**
 * Says, the first time, that a subcommand takes the place of a profile of the same name, and how that is switched to. Where no
 * mark can be left that it was said, it is said again.
 */
export function tellOfShadow(context: Context, { config, paths }: Profiles, word: string): void {
  if (!config.profiles.has(word)) return
  const { files, notify, quoteWord } = context
  const mark = join(paths.told, `shadow-${word}`)
  try {
    if (files.statEntry(mark)) return
    files.makeDirectory(paths.told, 0o700)
    files.createUnflushed(mark, new Uint8Array(), 0o600)
  } catch {
    // It is no secret, and nothing depends on it.
  }
  notify(
    `${word} is a command now; to switch to the profile of that name: assume ${formatProfileFlag(word, quoteWord)}`,
  )
}
