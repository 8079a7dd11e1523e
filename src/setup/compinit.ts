/** What runs zsh's compinit by itself, by what its users write. */
const frameworks: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['oh-my-zsh', /\boh-my-zsh(\.sh\b|\/|$)/m],
  ['prezto', /\bz?prezto\b/],
  ['zim', /\bzimfw\b|\bZIM_HOME\b/],
  ['zsh4humans', /\bz4h\b/],
  ['zplug', /\bzplug\s+load\b/],
  ['antigen', /\bantigen\s+apply\b/],
  ['znap', /\bznap\b/],
  ['zsh-autocomplete', /\bzsh-autocomplete\b/],
]

/** The sentence on who loads zsh's completion, from the texts of its start-up files. */
export function describeCompinit(texts: readonly string[]): string {
  const code = texts.map((text) => text.replace(/^[ \t]*#.*$/gm, ''))
  const found = frameworks.find(([, pattern]) => code.some((text) => pattern.test(text)))
  if (found) return `zsh: ${found[0]} runs compinit, so TAB knows assume`
  // zinit calls its own zicompinit.
  if (code.some((text) => /\b(zi)?compinit\b/.test(text)))
    return 'zsh: your start-up files run compinit, so TAB knows assume'
  return 'zsh: your start-up files run no compinit; where nothing else does, the first TAB behind assume will'
}
