import { splitWords } from '../text/shell-words.ts'

/** A program and its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]]

/** What a command is read with: the rules of the platform, and whether something is at an absolute path. */
export interface CommandReading {
  readonly platform: NodeJS.Platform
  readonly isThere: (path: string) => boolean
}

/**
 * A command as quoted words; no shell is involved. What is as a whole the path of a program is that program: the settings file
 * takes the quotes off a value that stands between them. Undefined where it is empty or ends within a quote.
 */
export function readCommand(text: string, { platform, isThere }: CommandReading): CommandLine | undefined {
  const whole = text.trim()
  if (/^(?:\/|[a-z]:[\\/])/i.test(whole) && isThere(whole)) return [whole]
  const [program, ...args] = splitWords(whole, platform) ?? []
  return program ? [program, ...args] : undefined
}

/** The command with the URL in place of each `%s` in its arguments, or behind them where there is none, as xdg-open(1) has it. */
export function fillIn([program, ...words]: CommandLine, url: string): CommandLine {
  const args = words.map((word) => word.replaceAll('%s', () => url))
  return [program, ...(words.some((word) => word.includes('%s')) ? args : [...args, url])]
}

/** A quoted part, an escaped character, or any other but a separator. */
const entries = {
  posix: /(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^:])+/gs,
  windows: /(?:"[^"]*"|[^;])+/gs,
}

/**
 * The commands of $BROWSER: quoted words between colons, on Windows between semicolons, for paths have colons there. What
 * cannot be read is left out.
 */
export function listBrowserVariable(text: string | undefined, reading: CommandReading): CommandLine[] {
  const parts = (text ?? '').match(reading.platform === 'win32' ? entries.windows : entries.posix) ?? []
  return parts.map((part) => readCommand(part, reading)).filter((command) => command !== undefined)
}

/**
 * The system's own way to open a URL; undefined where there is none. On Windows the rest of the command line is the URL as it
 * is, to rundll32: no shell reads it, unlike with cmd and PowerShell, nor with wslview, which is a script that makes a command
 * for PowerShell of it.
 */
export function findSystemCommand(
  platform: NodeJS.Platform,
  { isWsl, hasDisplay }: { readonly isWsl: boolean; readonly hasDisplay: boolean },
): CommandLine | undefined {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32' || isWsl) return ['rundll32.exe', 'url.dll,FileProtocolHandler']
  return hasDisplay ? ['xdg-open'] : undefined
}
