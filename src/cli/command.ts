/** What can stand at a place of the command line; completion offers it. */
export type ValueKind =
  | 'profile'
  | 'session'
  | 'session-or-profile'
  | 'region'
  | 'setting'
  | 'plugin'
  | 'file'
  | 'command'
  | 'text'
  | readonly string[]

export interface Flag {
  readonly name: string
  readonly short?: string
  /** The name that another tool has for it: understood, and offered nowhere. */
  readonly alias?: string
  /** Absent for a switch that takes no value. */
  readonly value?: { readonly label: string; readonly kind: ValueKind }
  readonly describe: string
}

export interface Positional {
  readonly name: string
  readonly kind: ValueKind
  /** What stands here instead behind certain words: the positionals before it, with a space between them. */
  readonly kindsAfter?: Readonly<Record<string, ValueKind>>
  readonly optional?: boolean
  readonly describe: string
}

/** Where the help shows a command, in the order in which they come there. */
export const commandGroups = ['switch', 'log in', 'look', 'run', 'configure', 'extend'] as const
export type CommandGroup = (typeof commandGroups)[number]

export interface Command {
  /** The first word; empty for the switch itself. */
  readonly name: string
  readonly group: CommandGroup
  /** Whether a profile of that name goes first. */
  readonly yields?: boolean
  readonly describe: string
  readonly positionals: readonly Positional[]
  readonly flags: readonly Flag[]
  /** Command lines and what they do, shown by `--help`. */
  readonly examples: readonly (readonly [line: string, describe: string])[]
}

/** Flags that mean the same wherever they are. */
export const profileFlag: Flag = {
  name: 'profile',
  short: 'p',
  value: { label: 'NAME', kind: 'profile' },
  describe: 'the profile, also one that is called like a subcommand',
}
export const deviceCodeFlag: Flag = {
  name: 'device-code',
  alias: 'use-device-code',
  describe: 'log in with a code, on any device, instead of this browser',
}
export const jsonFlag: Flag = { name: 'json', describe: 'print JSON' }
export const yesFlag: Flag = { name: 'yes', short: 'y', describe: 'ask nothing' }
export const dryRunFlag: Flag = { name: 'dry-run', describe: 'show what would change, change nothing' }
