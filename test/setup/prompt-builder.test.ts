import { describe, expect, it } from 'vitest'
import { adviseOnBuilder } from '../../src/setup/prompt-builder.ts'

describe('a prompt that is built anew each time', () => {
  it.each([
    ['bash', `PROMPT_COMMAND='PS1="[\\u] "'\n`, 'PROMPT_COMMAND'],
    ['bash', 'PROMPT_COMMAND="history -a; PS1=\\"\\w \\""\n', 'PROMPT_COMMAND'],
    ['bash', `PROMPT_COMMAND='__git_ps1 "\\u@\\h:\\w" "\\\\\\$ "'\n`, 'PROMPT_COMMAND'],
    [
      'bash',
      'set_prompt() {\n  local last=$?\n  PS1="$last "\n}\nexport PROMPT_COMMAND=set_prompt\n',
      'set_prompt',
    ],
    [
      'bash',
      'function set-prompt\n{\n\tPS1="a"\n\tPS1+="b"\n}\nPROMPT_COMMAND="set-prompt; $PROMPT_COMMAND"\n',
      'set-prompt',
    ],
    ['bash', 'build() { PS1=x; }\nhook() {\n  build\n}\nPROMPT_COMMAND+=(hook)\n', 'build'],
    ['bash', 'PROMPT_COMMAND="${PROMPT_COMMAND:+$PROMPT_COMMAND; }p"\np () { PS1="$(date) "; }\n', 'p'],
    ['zsh', 'precmd() {\n  PROMPT="%~ "\n}\n', 'precmd'],
    ['zsh', 'precmd () { __git_ps1 "%n" ":%~$ " "|%s" }\n', 'precmd'],
    ['zsh', 'autoload -Uz add-zsh-hook\nmine() { PS1="%~ " }\nadd-zsh-hook precmd mine\n', 'mine'],
    ['zsh', 'function mine {\n  prompt="%~ "\n}\nprecmd_functions+=(mine)\n', 'mine'],
  ] as const)('%s: %s', (shell, text, place) => {
    const advice = adviseOnBuilder(shell, ['# nothing\n', text]) ?? ''
    expect(advice).toMatch(new RegExp(`^${shell}: .* will not show`))
    expect(advice).toContain(`at the end of ${place}`)
    expect(advice).not.toContain('precmd, which')
    expect(advice).toContain(shell === 'bash' ? 'PS1="\\${assume_prompt}$PS1"' : 'PROMPT="%9v$PROMPT"')
    const remedy = advice.split('\n')[1]?.trim() ?? ''
    expect(
      adviseOnBuilder(shell, [text.replace(/(PS1|PROMPT|prompt)=(?!.*\1=)|__git_ps1/, `${remedy}; $&`)]),
    ).toBeUndefined()
    expect(adviseOnBuilder(shell, [text.replace(/^/gm, '# ')])).toBeUndefined()
  })

  it.each([
    ['bash', 'PS1="\\u "\nPROMPT_COMMAND="history -a"\n'],
    ['bash', `PROMPT_COMMAND='echo -ne "\\033]0;\${PWD}\\007"'; PS1='$ '\n`],
    ['bash', 'mark() {\n  PS1="! $PS1"\n}\nPROMPT_COMMAND=mark\n'],
    ['bash', 'set_prompt() { PS1=x; }\nset_prompt\n'],
    ['bash', 'precmd() {\n  PS1=x\n}\n'],
    ['zsh', "precmd() { vcs_info }\nPROMPT='${vcs_info_msg_0_} '\n"],
    ['zsh', 'preexec() {\n  PROMPT=x\n}\nadd-zsh-hook chpwd preexec\n'],
    ['fish', 'function fish_prompt\n  set PS1 x\nend\n'],
  ] as const)('is not, in %s: %s', (shell, text) => expect(adviseOnBuilder(shell, [text])).toBeUndefined())
})
