import { listRegions } from '../../aws/region.ts'
import { builtinPlugins } from '../../profiles/builtin-plugin.ts'
import { settingTable } from '../../settings/settings.ts'
import type { Flag, Positional, ValueKind } from '../command.ts'
import { commonFlags, subcommands, switchCommand } from '../table.ts'

/** A flag in the tables: its spellings, the long one first, the kind of its value, and what is said about it. */
export interface FlagRow {
  readonly spellings: readonly [long: string, short?: string]
  readonly kind: string
  readonly text: string
}

/** A command in the tables; the name is empty for the switch itself. */
export interface CommandRow {
  readonly name: string
  readonly text: string
  readonly flags: readonly FlagRow[]
  readonly places: readonly PlaceRow[]
}

type PlaceRow = readonly [place: string, kind: string]

/** The line that says where a table comes from. */
export const origin = '# Generated from src/cli/table.ts by: npm run generate\n'

export const regions: readonly string[] = listRegions()
export const plugins: readonly string[] = builtinPlugins

export const commandRows: readonly CommandRow[] = [switchCommand, ...subcommands].map(
  ({ name, describe, flags, positionals }) => ({
    name,
    text: describe,
    flags: flags.map(describeFlag),
    places: listPlaces(positionals),
  }),
)

/** The flags that every command has besides. */
export const commonFlagRows: readonly FlagRow[] = commonFlags.map(describeFlag)

function describeFlag({ name, short, value, describe }: Flag): FlagRow {
  return {
    spellings: short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`],
    kind: describeKind(value?.kind),
    text: describe,
  }
}

/** The kind as it is called in the table, or `=A,B,C` where there are choices; empty for a flag that takes no value. */
function describeKind(kind: ValueKind | undefined): string {
  if (kind === undefined) return ''
  if (kind === 'setting') return `=${settingTable.map(({ name }) => name).join(',')}`
  return typeof kind === 'string' ? kind : `=${kind.join(',')}`
}

/**
 * What can stand at the places of a command: the number of the place, behind it after a `/` each the words before it
 * where the kind is for these alone, and the kind. `+` is every place that has no number; the kind `behind-dashes` is that of a
 * command which comes behind `--` alone.
 */
function listPlaces(positionals: readonly Positional[]): PlaceRow[] {
  return positionals.flatMap(({ kind, kindsAfter = {}, repeats, isBehindDashes }, index) => [
    ...(repeats === true ? [['+', describeKind(kind)] as const] : []),
    [`${index + 1}`, isBehindDashes ? 'behind-dashes' : describeKind(kind)] as const,
    ...Object.entries(kindsAfter).map(
      ([words, other]) => [[index + 1, ...words.split(' ')].join('/'), describeKind(other)] as const,
    ),
  ])
}

/**
 * For shells whose tables are lists of lines: `COMMAND FLAG KIND` for each spelling of each flag, or with ` TEXT` behind. The
 * flags of every command come last, as those of a command `*`.
 */
export function listFlagLines(withText: boolean): string[] {
  return [...commandRows, { name: '*', flags: commonFlagRows }].flatMap(({ name, flags }) =>
    flags.flatMap(({ spellings, kind, text }) =>
      spellings.map((flag) => [name, flag, kind, ...(withText ? [text] : [])].join(' ')),
    ),
  )
}

/** `COMMAND PLACE KIND` for each place of each command. */
export function listPlaceLines(): string[] {
  return commandRows.flatMap(({ name, places }) => places.map(([place, kind]) => `${name} ${place} ${kind}`))
}

/** `COMMAND TEXT` for each command that has a name. */
export function listCommandLines(): string[] {
  return commandRows.filter(({ name }) => name !== '').map(({ name, text }) => `${name} ${text}`)
}
