import type { Command } from './command.ts'

/** What an option of Granted, of awsume, or of the AWS CLI, is called here. */
interface Translation {
  /** Ours, where the command has it. */
  readonly flag?: string
  /** The command that does it, or the commands one after the other, for a word that stands behind `assume` itself. */
  readonly command?: string | readonly string[]
}

/** Words that people have in their fingers, and that mean nothing here; those that are options of ours are not among them. */
const translations: Readonly<Record<string, Translation>> = {
  '-un': { flag: '--unset', command: 'assume --unset' },
  '-ex': { command: 'assume credentials-file PROFILE --as NAME' },
  '-es': { command: 'assume login PROFILE' },
  '-ar': { command: 'assume console' },
  '-t': { command: ['assume PROFILE', 'assume console PROFILE'] },
  '-x': { flag: '--export' },
  '-d': { flag: '--duration' },
  '--chain': { flag: '--role' },
  '--exec': { command: 'assume exec PROFILE -- COMMAND' },
  '--mfa-token': { flag: '--mfa-code' },
  '--no-cache': { flag: '--refresh' },
  '--role-arn': { flag: '--role' },
  '--role-duration': { flag: '--duration' },
  '--output-profile': { command: 'assume credentials-file PROFILE --as NAME' },
  '--list-profiles': { command: 'assume list' },
  '--show-commands': { command: 'assume env PROFILE' },
}

/** Whether a word would be read as letters of ours, and is one word to those who type it. */
export function isForeignWord(command: Command, word: string): boolean {
  return command.name === '' && word === '-es'
}

/** What to type instead of a word of another tool: an option of the command, or other commands one after the other. */
export type WordOfOurs =
  | { readonly option: string; readonly flag: string }
  | { readonly commands: readonly string[] }

/** That of a word; undefined for a word that is none, or that the command has nothing for. */
export function translateWord(command: Command, word: string): WordOfOurs | undefined {
  const { flag, command: other } = translations[word.replace(/=.*/s, '')] ?? {}
  if (command.name === '' && other !== undefined)
    return { commands: typeof other === 'string' ? [other] : other }
  const own = command.flags.find(({ name }) => `--${name}` === flag)
  if (!own || flag === undefined) return undefined
  return { flag, option: own.value ? `${flag} ${own.value.label}` : flag }
}
