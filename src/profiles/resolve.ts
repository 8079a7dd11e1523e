import { AssumeError } from '../errors.ts'
import { rankNearest, rankTypo } from '../text/matching.ts'
import { printable } from '../text/redact.ts'
import { formatSuggestion } from '../text/suggestion.ts'
import type { Hint } from '../text/words.ts'
import type { AwsConfig } from './config/merge.ts'
import { describeProfile, hasTooLongChain, type Profile } from './profile.ts'
import { describeLongChain } from './profile-fault.ts'

/** A word of `assume` itself, which goes before a profile of that name: a subcommand, or an option. */
export interface OwnWord {
  readonly word: string
  /** The value that an option needs, by its label: it alone is no command. */
  readonly value?: string | undefined
}

/**
 * The profile called `name`, fit to be switched to.
 * Throws AssumeError `unknown-profile` with the nearest names, and `invalid-profile` when its chain is too long. `configPath`
 * is the file that the messages name, `ownWords` are words of `assume` itself that could have been meant.
 */
export function resolveProfile(
  config: AwsConfig,
  name: string,
  configPath: string,
  ownWords: readonly OwnWord[] = [],
): Profile {
  const profile = describeProfile(config, name)
  if (!profile) throw unknownProfile(config, name, configPath, ownWords)
  if (hasTooLongChain(config, name)) throw describeLongChain(profile)
  return profile
}

function unknownProfile(
  config: AwsConfig,
  name: string,
  configPath: string,
  ownWords: readonly OwnWord[],
): AssumeError {
  const known = [...config.profiles.keys()]
  const nearest = [...rankOwnWords(name, ownWords), ...rankProfiles(name, known, ownWords)]
    .sort((a, b) => a.rank - b.rank)
    .slice(0, 3)
  const reason = known.length === 0 ? `: ${configPath} has no profiles` : ''
  const suggestion = formatSuggestion(nearest.map(({ text }) => text))
  const fallback = known.length === 0 ? 'assume configure' : 'assume list'
  return new AssumeError(
    'unknown-profile',
    `there is no profile ${printable(name) || '""'}${reason}${suggestion}`,
    { hint: nearest[0] ? (nearest[0].command ?? fallback) : fallback },
  )
}

/** What can have been meant: as the message shows it, and the command to type, where it is another one than with the name typed well. */
interface Suggestion {
  readonly text: string
  readonly rank: number
  readonly command?: Hint
}

/** Options are meant only by a typo; of a subcommand the beginning will do, where no profile begins so or has it within. */
function rankOwnWords(name: string, ownWords: readonly OwnWord[]): Suggestion[] {
  return ownWords.flatMap(({ word, value }) => {
    const bare = word.replace(/^--/, '')
    const isBeginning = bare === word && name.length > 2 && word.startsWith(name)
    const rank = isBeginning ? 0.9 : rankTypo(name, bare)
    if (rank === undefined) return []
    const command = `assume ${word}`
    return value === undefined
      ? { text: command, rank, command }
      : { text: `${command} ${value}`, rank, command: 'assume --help' }
  })
}

/** A profile that is called like a subcommand, or like an option, needs its own. */
function rankProfiles(name: string, known: readonly string[], ownWords: readonly OwnWord[]): Suggestion[] {
  return rankNearest(name, known)
    .slice(0, 3)
    .map(({ candidate, rank }) => {
      const isPlain = !candidate.startsWith('-') && !ownWords.some(({ word }) => word === candidate)
      if (isPlain) return { text: printable(candidate), rank }
      const command: Hint = (quote) => `assume ${quote(`--profile=${candidate}`)}`
      return { text: `--profile=${printable(candidate)}`, rank, command }
    })
}
