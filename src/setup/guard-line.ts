import type { ShellName } from '../core/shell.ts'

export interface GuardOptions {
  /** Whether the prompt segment is placed too. */
  readonly placesPrompt: boolean
  /** Whether shells other than bash read the rc file as well, as they do `~/.profile`. */
  readonly isShared?: boolean
}

/**
 * The one line of the block: loads `file`, a path already quoted for that shell, if it is there, so that an rc file
 * whose installation was deleted starts its shell as ever.
 */
export function formatGuardLine(
  shell: ShellName,
  file: string,
  { placesPrompt, isShared }: GuardOptions,
): string {
  const prompt = placesPrompt ? '; __assume_place_prompt' : ''
  switch (shell) {
    case 'bash':
    case 'zsh': {
      const condition = isShared ? `[ -n "\${BASH_VERSION-}" ] && [ -r ${file} ]` : `[ -r ${file} ]`
      return `if ${condition}; then . ${file}${prompt}; fi`
    }
    case 'fish':
      return `if test -r ${file}; source ${file}${prompt}; end`
    case 'powershell': {
      const enable = placesPrompt ? '; Enable-AssumePrompt' : ''
      return `if (Test-Path -LiteralPath ${file}) { Import-Module ${file}${enable} }`
    }
  }
}
