/** What can stand at a place of the command line; completion offers it. */
export type ValueKind =
  | 'profile'
  | 'session'
  | 'session-or-profile'
  | 'region'
  | 'service'
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
  /** Whether it can be given several times; else the last one counts. */
  readonly repeats?: boolean
  readonly describe: string
}

export interface Positional {
  readonly name: string
  readonly kind: ValueKind
  /** What stands here instead behind certain words: the positionals before it, with a space between them. */
  readonly kindsAfter?: Readonly<Record<string, ValueKind>>
  readonly optional?: boolean
  /**
   * Of the last place: whether any number of words can stand there, and where that is so with one of some flags only, their
   * names.
   */
  readonly repeats?: true | readonly string[]
  /** Of a command of another program: whether it comes behind `--` alone, and flags of ours stand before that anywhere. */
  readonly isBehindDashes?: true
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

/** Whether the last of its words are a command of another program. */
export function takesCommand(command: Command): boolean {
  return command.positionals.at(-1)?.kind === 'command'
}
