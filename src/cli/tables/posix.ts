import { quotePosix } from '../../emit/quote.ts'
import {
  commandRows,
  listCommandLines,
  listFlagLines,
  listPlaceLines,
  origin,
  plugins,
  regions,
} from './rows.ts'

/** Arrays of the rows for bash, which shows no descriptions. */
export function formatBash(): string {
  const names = commandRows.map(({ name }) => `${name} `).join('')
  return `# shellcheck shell=bash disable=SC2034\n${formatShared(false)}__assume_subcommands=${quotePosix(names)}\n`
}

/** The same for zsh, which shows them. */
export function formatZsh(): string {
  return formatShared(true) + formatArray('__assume_command_table', listCommandLines())
}

/** The pattern of a `case` for these words. */
export function formatPosixWords(words: readonly string[]): string {
  return `${words.join(' | ')})`
}

function formatShared(withText: boolean): string {
  return [
    origin,
    `__assume_regions=${quotePosix(regions.join(' '))}\n`,
    `__assume_plugins=${quotePosix(plugins.join(' '))}\n`,
    formatArray('__assume_flag_table', listFlagLines(withText)),
    formatArray('__assume_place_table', listPlaceLines()),
  ].join('')
}

/** An array of these rows. */
export function formatArray(name: string, rows: readonly string[]): string {
  return `${name}=(\n${rows.map((row) => `  ${quotePosix(row)}\n`).join('')})\n`
}
