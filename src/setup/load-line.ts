import type { ShellName } from '../emit/shell.ts'

/** What each shell loads, below `shell/` of an installation. */
export const shellFiles: Readonly<Record<ShellName, string>> = {
  bash: 'bash/assume.bash',
  zsh: 'zsh/assume.plugin.zsh',
  fish: 'fish/conf.d/assume.fish',
  powershell: 'powershell/Assume/Assume.psd1',
}

/** The statement that loads a file, which is quoted for the shell, into an open shell. */
export function formatLoad(shell: ShellName, quotedFile: string): string {
  const command = { bash: '.', zsh: '.', fish: 'source', powershell: 'Import-Module' }[shell]
  return `${command} ${quotedFile}`
}

export interface LoadLineOptions {
  /** Whether the prompt segment is placed too. */
  readonly placesPrompt: boolean
  /** Whether the shell takes the profile of each directory. */
  readonly watchesDirectories: boolean
}

/** Whether the line of a block has the shell take the profile of each directory. */
export function watchesDirectories(line: string): boolean {
  return /; (?:__assume_watch_directories|Enable-AssumeDirectories)\b/.test(line)
}

/** Every line that setup may write for a shell. */
export function listLoadLines(shell: ShellName, file: string): string[] {
  const both = [true, false]
  return both.flatMap((placesPrompt) =>
    both.map((watchesDirectories) => formatLoadLine(shell, file, { placesPrompt, watchesDirectories })),
  )
}

/**
 * The one line of the block: loads `file`, a path already quoted for that shell, if it is there, so that an rc file
 * whose installation was deleted starts its shell as ever. Where bash reads it, sh may too: `~/.profile`, and all that that reads.
 */
export function formatLoadLine(shell: ShellName, file: string, options: LoadLineOptions): string {
  const [place, watch] =
    shell === 'powershell'
      ? ['Enable-AssumePrompt', 'Enable-AssumeDirectories']
      : ['__assume_place_prompt', '__assume_watch_directories']
  const calls = (options.placesPrompt ? `; ${place}` : '') + (options.watchesDirectories ? `; ${watch}` : '')
  switch (shell) {
    case 'bash':
      return `if [ -n "\${BASH_VERSION-}" ] && [ -r ${file} ]; then . ${file}${calls}; fi`
    case 'zsh':
      return `if [ -r ${file} ]; then . ${file}${calls}; fi`
    case 'fish':
      return `if test -r ${file}; source ${file}${calls}; end`
    case 'powershell':
      return `if (Test-Path -LiteralPath ${file}) { Import-Module ${file}${calls} }`
  }
}
