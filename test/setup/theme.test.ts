import { expect, it } from 'vitest'
import { findTheme } from '../../src/setup/theme.ts'

it.each([
  ['zsh', 'eval "$(starship init zsh)"', 'starship'],
  ['bash', 'eval "$(starship init bash)"', 'starship'],
  ['powershell', 'Invoke-Expression (&starship init powershell)', 'starship'],
  ['zsh', 'ZSH_THEME="powerlevel10k/powerlevel10k"', 'powerlevel10k'],
  ['zsh', '[[ ! -f ~/.p10k.zsh ]] || source ~/.p10k.zsh', 'powerlevel10k'],
  ['zsh', 'ZSH_THEME="powerlevel9k/powerlevel9k"', 'powerlevel9k'],
  ['powershell', 'oh-my-posh init pwsh | Invoke-Expression', 'oh-my-posh'],
  ['fish', 'ilancosman/tide@v6', 'tide'],
  ['fish', '/home/u/.config/fish/functions/_tide_pwd.fish', 'tide'],
  ['fish', 'tide.fish', 'tide'],
  ['zsh', 'ZSH_THEME="spaceship"', 'spaceship'],
  ['zsh', 'autoload -U promptinit; promptinit; prompt pure', 'pure'],
  ['zsh', 'zinit light sindresorhus/pure', 'pure'],
  ['bash', '. /usr/share/powerline/bindings/bash/powerline.sh', 'powerline'],
] as const)('%s: %s', (shell, text, name) => {
  expect(findTheme(shell, ['', `a\n${text}\nb\n`])?.name).toBe(name)
  expect(findTheme(shell, [text.replace(/^/gm, ' # ')])).toBeUndefined()
})

it.each([
  ['zsh', 'ZSH_THEME="robbyrussell"'],
  ['bash', 'PS1="pure \\w \\$ "'],
  ['zsh', 'alias tide=tides'],
] as const)('no theme in %s: %s', (shell, text) => expect(findTheme(shell, [text])).toBeUndefined())
