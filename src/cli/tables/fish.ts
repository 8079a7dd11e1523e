import { quoteFish } from '../../emit/quote.ts'
import { listCommandLines, listFlagLines, listPlaceLines, origin, plugins, regions } from './rows.ts'

/** Lists of the rows for fish. */
export function formatFish(): string {
  return [
    origin,
    formatList('__assume_regions', regions, ' '),
    formatList('__assume_plugins', plugins, ' '),
    formatList('__assume_flag_table', listFlagLines(true)),
    formatList('__assume_place_table', listPlaceLines()),
    formatList('__assume_command_table', listCommandLines()),
  ].join('')
}

/** The `case` of a `switch` for these words. */
export function formatFishWords(words: readonly string[]): string {
  return `case ${words.join(' ')}`
}

/** A global list of these rows. */
export function formatList(name: string, rows: readonly string[], separator = ' \\\n    '): string {
  return `${[`set --global --unexport ${name}`, ...rows.map(formatWord)].join(separator)}\n`
}

/** Quoted where it has to be, as fish_indent writes it. */
function formatWord(text: string): string {
  return /^[A-Za-z0-9_-]+$/.test(text) ? text : quoteFish(text)
}
