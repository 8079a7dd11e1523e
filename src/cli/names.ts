import type { SessionName } from '../profiles/session-list.ts'
import { usageError } from './mistake.ts'
import type { Arguments } from './parse.ts'

/**
 * The profile that a command is given, as a word or with --profile; undefined for neither. Throws AssumeError `usage` for
 * both.
 */
export function readProfileName({ positionals, flags }: Arguments, commandName: string): string | undefined {
  return chooseProfileName(positionals[0], flags, commandName)
}

/** The same where the word that can be a profile is another than the first. */
export function chooseProfileName(
  word: string | undefined,
  { profile }: Arguments['flags'],
  commandName: string,
): string | undefined {
  if (word !== undefined && profile !== undefined) throw usageError(commandName, 'the profile is named twice')
  return word ?? (typeof profile === 'string' ? profile : undefined)
}

/** The session that a command is given. Throws AssumeError `usage` for a word and --profile. */
export function readSessionName({ positionals: [word], flags }: Arguments, commandName: string): SessionName {
  const { profile } = flags
  if (typeof profile !== 'string') return word === undefined ? {} : { word }
  if (word !== undefined) throw usageError(commandName, 'the session is named twice')
  return { profile }
}

/** The sessions that a command is given: all, or one. Throws AssumeError `usage` for both, and for a word and --profile. */
export function readSessionNames(args: Arguments, commandName: string): { name: SessionName; all: boolean } {
  const name = readSessionName(args, commandName)
  const all = args.flags['all'] === true
  if (all && Object.keys(name).length > 0) throw usageError(commandName, '--all takes no session')
  return { name, all }
}
