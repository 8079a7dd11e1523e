import type { ShellName } from '../emit/shell.ts'

export interface Theme {
  readonly name: string
  /** Whether it shows AWS_PROFILE as it comes, without any configuration of its own. */
  readonly showsProfile: boolean
}

type Sign = Theme & { readonly pattern: RegExp; readonly shells?: readonly ShellName[] }

/** In this order: the configuration of powerlevel10k speaks of powerlevel9k too. */
const signs: readonly Sign[] = [
  { name: 'starship', showsProfile: true, pattern: /\bstarship\b/ },
  { name: 'powerlevel10k', showsProfile: true, pattern: /powerlevel10k|\bp10k\b/i, shells: ['zsh'] },
  { name: 'powerlevel9k', showsProfile: false, pattern: /powerlevel9k/i, shells: ['zsh'] },
  { name: 'oh-my-posh', showsProfile: false, pattern: /\boh-my-posh\b/ },
  { name: 'tide', showsProfile: true, pattern: /\b_?tide\b|\b_tide_/, shells: ['fish'] },
  { name: 'spaceship', showsProfile: true, pattern: /\bspaceship\b/i },
  { name: 'agnoster', showsProfile: true, pattern: /\bagnoster\b/, shells: ['zsh'] },
  {
    name: 'pure',
    showsProfile: false,
    pattern: /\bprompt\s+pure\b|\bsindresorhus\/pure\b|\bpure-fish\/pure\b|\b_pure_/,
    shells: ['zsh', 'fish'],
  },
  { name: 'powerline', showsProfile: false, pattern: /\bpowerline\b/i },
]

/** The prompt theme that these rc texts and file names of a shell speak of, comments aside; undefined if none. */
export function findTheme(shell: ShellName, texts: readonly string[]): Theme | undefined {
  const code = texts.map((text) => text.replace(/^[ \t]*#.*$/gm, ''))
  return signs.find(({ pattern, shells }) => {
    return (shells === undefined || shells.includes(shell)) && code.some((text) => pattern.test(text))
  })
}
