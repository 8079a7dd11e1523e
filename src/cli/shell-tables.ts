import { builtinPlugins } from '../core/builtin-plugin.ts'
import { listRegions } from '../core/region.ts'
import { settingTable } from '../core/settings.ts'
import { type Command, type Flag, type Positional, profileFlag, type ValueKind } from './command.ts'
import { commonFlags, subcommands, switchCommand } from './table.ts'

/**
 * What the shells know of the command line, as files that are generated at build time and committed: the path below
 * `shell/` and the text. All are ASCII and hold data only.
 */
export function generateShellTables(): ReadonlyMap<string, string> {
  return new Map([
    ['bash/commands.bash', formatRows('# shellcheck shell=bash disable=SC2034\n')],
    ['zsh/commands.zsh', formatRows('')],
    ['fish/completions/assume.fish', formatFish()],
    ['powershell/Assume/Commands.ps1', formatPowerShell()],
  ])
}

/**
 * The text of a wrapper with its list of the first words that are never a switch brought up to date: the one line
 * that ends in `# subcommands, generated`.
 */
export function updateDirectWords(path: string, text: string): string {
  const words = [
    ...subcommands.filter((each) => !each.yields).map(({ name }) => name),
    '-h',
    '--help',
    '--version',
  ]
  const list = path.endsWith('.fish')
    ? `case ${words.join(' ')}`
    : path.endsWith('.psm1')
      ? `$direct = ${words.map((word) => `'${word}'`).join(', ')}`
      : `${words.join(' | ')})`
  return text.replace(
    /^( *).*( # subcommands, generated)$/m,
    (_, indent: string, mark: string) => indent + list + mark,
  )
}

const origin = '# Generated from src/cli/table.ts by: npm run generate\n'
const commands: readonly Command[] = [switchCommand, ...subcommands]

/** The kind as it is called in the table, or `=A,B,C` where there are choices; empty for a flag that takes no value. */
function describeKind(kind: ValueKind | undefined): string {
  if (kind === undefined) return ''
  if (kind === 'setting') return `=${settingTable.map(({ name }) => name).join(',')}`
  return typeof kind === 'string' ? kind : `=${kind.join(',')}`
}

/**
 * What can stand at the places of a command: the number of the place, behind it after a `/` each the words before it
 * where the kind is for these alone, and the kind.
 */
function listPlaces(positionals: readonly Positional[]): [place: string, kind: ValueKind][] {
  return positionals.flatMap(({ kind, kindsAfter = {} }, index) => [
    [`${index + 1}`, kind] as [string, ValueKind],
    ...Object.entries(kindsAfter).map(([words, other]): [string, ValueKind] => [
      [index + 1, ...words.split(' ')].join('/'),
      other,
    ]),
  ])
}

function spellings({ name, short }: Flag): string[] {
  return short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`]
}

/** Arrays for bash and zsh. Rows: `COMMAND FLAG KIND`, `COMMAND PLACE KIND`, and descriptions for zsh. */
function formatRows(head: string): string {
  const flags = commands.flatMap((command) =>
    [...command.flags, ...commonFlags].flatMap((flag) =>
      spellings(flag).map((spelling) => `${command.name} ${spelling} ${describeKind(flag.value?.kind)}`),
    ),
  )
  const places = commands.flatMap(({ name, positionals }) =>
    listPlaces(positionals).map(([place, kind]) => `${name} ${place} ${describeKind(kind)}`),
  )
  const texts = [
    ...subcommands.map(({ name, describe }) => `${name} ${describe}`),
    ...commands.flatMap(({ name, flags: own }) =>
      [...own, ...commonFlags].map((flag) => `${name} --${flag.name} ${flag.describe}`),
    ),
  ]
  return [
    head,
    origin,
    `__assume_subcommands=' ${subcommands.map(({ name }) => name).join(' ')} '\n`,
    `__assume_regions='${listRegions().join(' ')}'\n`,
    `__assume_plugins='${builtinPlugins.join(' ')}'\n`,
    formatArray('__assume_flag_table', flags),
    formatArray('__assume_place_table', places),
    ...(head === '' ? [formatArray('__assume_text_table', texts)] : []),
  ].join('')
}

function formatArray(name: string, rows: readonly string[]): string {
  return `${name}=(\n${rows.map((row) => `  '${row.replaceAll("'", "'\\''")}'\n`).join('')})\n`
}

/** Rows of the tables as above. `complete` keeps what an older file said, so that is erased first. */
function formatFish(): string {
  const lines = subcommands.map(
    ({ name, describe }) => `complete -c assume -n __assume_is_first -a ${name} -d ${wordFish(describe)}`,
  )
  for (const { name, flags, positionals } of commands) {
    const condition = `-n ${wordFish(`__assume_is_command ${quoteFish(name)}`)}`
    for (const { name: flag, short, value, describe } of [...flags, ...commonFlags]) {
      const takes = value === undefined ? '' : ` -x -a ${wordFish(offerFish(value.kind))}`
      const letter = short === undefined ? '' : ` -s ${short}`
      lines.push(`complete -c assume ${condition} -l ${flag}${letter}${takes} -d ${wordFish(describe)}`)
    }
    for (const [place, kind] of listPlaces(positionals)) {
      const here = `complete -c assume -n ${wordFish(`__assume_is_place ${quoteFish(name)} ${place}`)}`
      if (kind === 'file') lines.push(`${here} -F`)
      else if (offerFish(kind) !== '') lines.push(`${here} -a ${wordFish(offerFish(kind))}`)
    }
  }
  const values = commands.flatMap(({ name, flags }) =>
    flags.filter(({ value }) => value).flatMap((flag) => spellings(flag).map((word) => `${name} ${word}`)),
  )
  const rests = commands.flatMap(({ name, positionals }) =>
    positionals.flatMap(({ kind }, index) => (kind === 'command' ? [`${name} ${index + 1}`] : [])),
  )
  return [
    origin,
    'complete -c assume -e\n',
    formatFishList(
      '__assume_subcommands',
      subcommands.map(({ name }) => name),
    ),
    formatFishList('__assume_regions', listRegions()),
    formatFishList('__assume_plugins', builtinPlugins),
    formatFishList('__assume_value_table', values),
    formatFishList('__assume_profile_flags', spellings(profileFlag)),
    formatFishList('__assume_rest_table', rests),
    'complete -c assume -f\n',
    ...lines.map((line) => `${line}\n`),
  ].join('')
}

function formatFishList(name: string, words: readonly string[]): string {
  return `${['set -gu', name, ...words.map(wordFish)].join(' ')}\n`
}

function quoteFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

/** Quoted where it has to be, as fish_indent writes it. */
function wordFish(text: string): string {
  return /^[A-Za-z0-9_-]+$/.test(text) ? text : quoteFish(text)
}

/** What fish evaluates to get the candidates. */
function offerFish(kind: ValueKind): string {
  if (kind === 'profile') return '(__assume_profiles)'
  if (kind === 'session') return '(__assume_sessions)'
  if (kind === 'session-or-profile') return '(__assume_sessions; __assume_profiles)'
  if (kind === 'plugin') return '(__assume_find_plugins)'
  if (kind === 'command') return '(__assume_complete_command)'
  if (kind === 'region') return '$__assume_regions'
  if (kind === 'text' || kind === 'file') return ''
  return describeKind(kind).slice(1).replaceAll(',', ' ')
}

function formatPowerShell(): string {
  const quote = (text: string) => `'${text.replaceAll("'", "''")}'`
  const rows = commands.map(({ name, describe, flags, positionals }) => {
    const flagRows = [...flags, ...commonFlags].map(
      ({ name: flag, short, value, describe: text }) =>
        `      @{ Name = '--${flag}'; Short = '${short === undefined ? '' : `-${short}`}'; Kind = ${quote(describeKind(value?.kind))}; Text = ${quote(text)} }\n`,
    )
    const places = listPlaces(positionals).map(([place, kind]) => `'${place}' = ${quote(describeKind(kind))}`)
    return `  @{\n    Name = '${name}'\n    Text = ${quote(describe)}\n    Places = @{ ${places.join('; ')} }\n    Flags = @(\n${flagRows.join('')}    )\n  }\n`
  })
  const names = listRegions()
    .map((region) => quote(region))
    .join(', ')
  const plugins = builtinPlugins.map((plugin) => quote(plugin)).join(', ')
  return `${origin}@{\n  Regions = @(${names})\n  Plugins = @(${plugins})\n  Commands = @(\n${rows.join('')}  )\n}\n`
}
