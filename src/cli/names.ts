import type { SessionName } from '../core/session-list.ts'
import { usageError } from './mistake.ts'
import type { Arguments } from './parse.ts'

/**
 * The profile that a command is given, as a word or with --profile; undefined for neither. Throws AssumeError `usage` for
 * both.
 */
export function readProfileName({ positionals, flags }: Arguments, commandName: string): string | undefined {
  const [word] = positionals
  const { profile } = flags
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
