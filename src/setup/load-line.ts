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
}

/**
 * The one line of the block: loads `file`, a path already quoted for that shell, if it is there, so that an rc file
 * whose installation was deleted starts its shell as ever. Where bash reads it, sh may too: `~/.profile`, and all that that reads.
 */
export function formatLoadLine(shell: ShellName, file: string, { placesPrompt }: LoadLineOptions): string {
  const prompt = placesPrompt ? '; __assume_place_prompt' : ''
  switch (shell) {
    case 'bash':
      return `if [ -n "\${BASH_VERSION-}" ] && [ -r ${file} ]; then . ${file}${prompt}; fi`
    case 'zsh':
      return `if [ -r ${file} ]; then . ${file}${prompt}; fi`
    case 'fish':
      return `if test -r ${file}; source ${file}${prompt}; end`
    case 'powershell': {
      const enable = placesPrompt ? '; Enable-AssumePrompt' : ''
      return `if (Test-Path -LiteralPath ${file}) { Import-Module ${file}${enable} }`
    }
  }
}
