import { quotePowerShell } from '../../emit/quote.ts'
import {
  type CommandRow,
  commandRows,
  commonFlagRows,
  type FlagRow,
  origin,
  plugins,
  regions,
} from './rows.ts'

/** A hashtable of the rows for PowerShell. */
export function formatPowerShell(): string {
  return [
    origin,
    '@{\n',
    `  Regions = @(${formatPowerShellWords(regions)})\n`,
    `  Plugins = @(${formatPowerShellWords(plugins)})\n`,
    `  Common = @(\n${commonFlagRows.map(formatFlag).join('')}  )\n`,
    `  Commands = @(\n${commandRows.map(formatCommand).join('')}  )\n`,
    '}\n',
  ].join('')
}

/** The elements of an array of these words. */
export function formatPowerShellWords(words: readonly string[]): string {
  return words.map(quotePowerShell).join(', ')
}

function formatCommand({ name, text, flags, places }: CommandRow): string {
  const entries = places.map(([place, kind]) => `${quotePowerShell(place)} = ${quotePowerShell(kind)}`)
  return [
    '  @{\n',
    `    Name = ${quotePowerShell(name)}\n`,
    `    Text = ${quotePowerShell(text)}\n`,
    `    Places = @{ ${entries.join('; ')} }\n`,
    `    Flags = @(\n${flags.map(formatFlag).join('')}    )\n`,
    '  }\n',
  ].join('')
}

function formatFlag({ spellings: [long, short = ''], kind, text }: FlagRow): string {
  const [name, letter, value, said] = [long, short, kind, text].map(quotePowerShell)
  return `      @{ Name = ${name}; Short = ${letter}; Kind = ${value}; Text = ${said} }\n`
}
