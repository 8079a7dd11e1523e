import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../home.ts'
import type { Shell } from '../shell.ts'

const file = join(repository, 'shell/zsh/assume.plugin.zsh')
const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

export const zsh: Shell = {
  name: 'zsh',
  scriptArguments: ['--no-rcs'],
  prepareSession(home, promptEnd) {
    const lines = [
      'autoload -Uz compinit',
      // To list the completions of zsh anew takes half a second, which all sessions of a test file share.
      `compinit -u -d ${quote(join(tmpdir(), 'zcompdump'))}`,
      `PROMPT='${promptEnd} '`,
      `. ${quote(file)}`,
      '__assume_place_prompt',
    ]
    home.write('.zshrc', `${lines.join('\n')}\n`)
    return { args: ['--no-globalrcs', '-i'], env: {} }
  },
  load: `. ${quote(file)}`,
  expectStatus: (status) =>
    `__rc=$?; [ $__rc -eq ${status} ] || { echo "status $__rc, not ${status}"; exit 99; }`,
  quote,
  setExported: (name, value) => `export ${name}=${quote(value)}`,
  setUnexported: (name, value) => `${name}=${quote(value)}`,
  unset: (name) => `unset ${name}`,
  show: (name) =>
    `if (( ! \${+${name}} )); then echo absent; else case "\${(t)${name}}" in *export*) printf exported:;; *) printf plain:;; esac; printf '%s\\n' "$${name}"; fi`,
  showPrompt: '__assume_update_prompt; print -r -- "${(%):-%9v}"',
  showColouredPrompt: '__assume_place_prompt; __assume_update_prompt; print -rP -- "$PROMPT"',
  // Outside a real TAB the parts of zsh's completion system that _assume calls are stood in for.
  complete: (line) =>
    [
      '_wanted() { local array=$argv[-1]; print -rl -- "${(@M)${(@P)array}:#${(b)PREFIX}*}" }',
      'compset() { PREFIX=${PREFIX#*=} }; _normal() { : }',
      `words=(${line.split(' ').map(quote).join(' ')})`,
      'CURRENT=${#words} PREFIX="${words[-1]}"',
      `. ${quote(join(repository, 'shell/zsh/_assume'))}`,
    ].join('\n'),
}
