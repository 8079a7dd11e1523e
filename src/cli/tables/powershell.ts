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

/** The commands for PowerShell, a hashtable. */
export function formatPowerShell(): string {
  return [
    origin,
    '@{\n',
    `  Regions = @(${formatPowerShellWords(regions)})\n`,
    `  Plugins = @(${formatPowerShellWords(plugins)})\n`,
    `  Commands = @(\n${commandRows.map(formatCommand).join('')}  )\n`,
    '}\n',
  ].join('')
}

/** The elements of an array of these words. */
export function formatPowerShellWords(words: readonly string[]): string {
  return words.map(quotePowerShell).join(', ')
}

/** Their flags, a hashtable of those of each command by its name, and of every command by `*`. */
export function formatPowerShellFlags(): string {
  const rows = [...commandRows, { name: '*', flags: commonFlagRows }]
  const entries = rows.map(
    ({ name, flags }) => `  ${quotePowerShell(name)} = @(\n${flags.map(formatFlag).join('')}  )\n`,
  )
  return [origin, '@{\n', ...entries, '}\n'].join('')
}

function formatCommand({ name, text, places }: CommandRow): string {
  const entries = places.map(([place, kind]) => `${quotePowerShell(place)} = ${quotePowerShell(kind)}`)
  return [
    '  @{\n',
    `    Name = ${quotePowerShell(name)}\n`,
    `    Text = ${quotePowerShell(text)}\n`,
    `    Places = @{ ${entries.join('; ')} }\n`,
    '  }\n',
  ].join('')
}

function formatFlag({ spellings: [long, short = ''], kind, text }: FlagRow): string {
  const [name, letter, value, said] = [long, short, kind, text].map(quotePowerShell)
  return `    @{ Name = ${name}; Short = ${letter}; Kind = ${value}; Text = ${said} }\n`
}
