import type { Command } from './command.ts'

/** What an option of Granted, or of the AWS CLI, is called here. */
interface Translation {
  /** Ours, where the command has it. */
  readonly flag?: string
  /** The command that does it, for a word that stands behind `assume` itself. */
  readonly command?: string
}

/** Words that people have in their fingers, and that mean nothing here; those that are options of ours are not among them. */
const translations: Readonly<Record<string, Translation>> = {
  '-un': { flag: '--unset', command: 'assume --unset' },
  '-ex': { command: 'assume credentials-file PROFILE --as NAME' },
  '-x': { flag: '--export' },
  '-d': { flag: '--duration' },
  '--chain': { flag: '--role' },
  '--exec': { command: 'assume exec PROFILE -- COMMAND' },
  '--mfa-token': { flag: '--mfa-code' },
  '--no-cache': { flag: '--refresh' },
}

/**
 * What to type instead of a word of another tool: an option of the command, or another command; undefined for a word that
 * is none, or that the command has nothing for.
 */
export function translateWord(command: Command, word: string): string | undefined {
  const { flag, command: other } = translations[word.replace(/=.*/s, '')] ?? {}
  const own = command.flags.find(({ name }) => `--${name}` === flag)
  if (command.name === '' && other !== undefined) return other
  return own && (own.value ? `${flag} ${own.value.label}` : flag)
}
