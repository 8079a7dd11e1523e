import { describe, expect, it } from 'vitest'
import { describeCompinit } from '../../src/setup/compinit.ts'
import { planSetup } from '../../src/setup/plan.ts'

describe('compinit in the start-up files of zsh', () => {
  it.each([
    ['autoload -Uz compinit && compinit\n', 'your start-up files run compinit'],
    ["zinit wait lucid atinit'zicompinit; zicdreplay' for x/y\n", 'your start-up files run compinit'],
    ['source $ZSH/oh-my-zsh.sh\n', 'oh-my-zsh runs compinit'],
    ['source "${ZDOTDIR:-$HOME}/.zprezto/init.zsh"\n', 'prezto runs compinit'],
    ['source ${ZIM_HOME}/init.zsh\n', 'zim runs compinit'],
    ['# compinit\nexport EDITOR=vi\n', 'your start-up files run no compinit'],
    ['', 'your start-up files run no compinit'],
  ])('%j', (text, said) => {
    expect(describeCompinit(['alias x=y\n', text])).toContain(said)
  })

  it('is told of by setup, for zsh alone', () => {
    const task = { own: ['rc'], login: [], others: [], signs: [], quotedFile: "'/a'" }
    const texts = new Map([['rc', 'compinit\n']])
    const notes = (['bash', 'zsh', 'fish'] as const).map(
      (shell) => planSetup([{ ...task, shell }], texts, { placesPrompt: true, takesAliases: true }).notes,
    )
    expect(notes).toEqual([[], ['zsh: your start-up files run compinit, so TAB knows assume'], []])
  })
})
