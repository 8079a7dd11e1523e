import { formatList } from '../cli/tables/fish.ts'
import { formatArray } from '../cli/tables/posix.ts'
import { quotePosix, quotePowerShell } from '../emit/quote.ts'
import { services } from './service.ts'

const origin = '# Generated from src/console/service-table.ts by: npm run generate\n'

/** `NAME OTHER NAMES` for each service, which is what shells show beside it. */
const rows = services.map(({ name, aliases }) => [name, aliases.join(', ')].join(' ').trimEnd())

/**
 * The services of the console for TAB, as files that are generated at build time and committed, and read when one is to be
 * completed: the path below `shell/` and the text. All are ASCII and hold data only.
 */
export function generateServiceTables(): ReadonlyMap<string, string> {
  const names = services.map(({ name }) => name).join(' ')
  const entries = services.map(
    ({ name, aliases }) =>
      `  @{ Name = ${quotePowerShell(name)}; Text = ${quotePowerShell(aliases.join(', '))} }\n`,
  )
  return new Map([
    [
      'bash/services.bash',
      `# shellcheck shell=bash disable=SC2034\n${origin}__assume_services=${quotePosix(names)}\n`,
    ],
    ['zsh/services.zsh', origin + formatArray('__assume_service_table', rows)],
    ['fish/completions/__assume_services.fish', origin + formatList('__assume_service_table', rows)],
    ['powershell/Assume/Services.ps1', `${origin}@(\n${entries.join('')})\n`],
  ])
}
