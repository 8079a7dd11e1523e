import { subcommands } from './table.ts'
import { formatFish, formatFishWords } from './tables/fish.ts'
import { formatBash, formatPosixWords, formatZsh } from './tables/posix.ts'
import { formatPowerShell, formatPowerShellFlags, formatPowerShellWords } from './tables/powershell.ts'

/** What is generated for each shell, by paths below `shell/`: its tables, and a line of the file with the function. */
const formats = [
  {
    tables: { 'bash/commands.bash': formatBash },
    wrapper: 'bash/assume.bash',
    formatWords: formatPosixWords,
  },
  {
    tables: { 'zsh/commands.zsh': formatZsh },
    wrapper: 'zsh/assume.plugin.zsh',
    formatWords: formatPosixWords,
  },
  {
    // Plugin managers copy the folders of fish into its own, where names have to be ours.
    tables: { 'fish/completions/__assume_commands.fish': formatFish },
    wrapper: 'fish/functions/assume.fish',
    formatWords: formatFishWords,
  },
  {
    tables: {
      'powershell/Assume/Commands.ps1': formatPowerShell,
      'powershell/Assume/Flags.ps1': formatPowerShellFlags,
    },
    wrapper: 'powershell/Assume/Core.ps1',
    formatWords: (words: readonly string[]) => `$direct = ${formatPowerShellWords(words)}`,
  },
]

/** The files with the function, each of which has a list of the first words that are never a switch. */
export const wrappers: readonly string[] = formats.map(({ wrapper }) => wrapper)

/**
 * What the shells know of the command line, as files that are generated at build time and committed: the path below
 * `shell/` and the text. All are ASCII and hold data only.
 */
export function generateShellTables(): ReadonlyMap<string, string> {
  const tables = formats.flatMap((each) => Object.entries<() => string>(each.tables))
  return new Map(tables.map(([path, format]) => [path, format()]))
}

/** The text of one of the wrappers with its list brought up to date: the one line that ends in `# subcommands, generated`. */
export function updateDirectWords(path: string, text: string): string {
  const direct = subcommands.filter((each) => !each.yields).map(({ name }) => name)
  const words = [...direct, '-h', '--help', '--version']
  const list = formats.find(({ wrapper }) => wrapper === path)?.formatWords(words)
  if (list === undefined) throw new Error(`${path} has no list of subcommands`)
  return text.replace(
    /^( *).*( # subcommands, generated)$/m,
    (_, indent: string, mark: string) => indent + list + mark,
  )
}
