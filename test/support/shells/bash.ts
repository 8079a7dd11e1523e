import { join } from 'node:path'
import { repository } from '../home.ts'
import type { Shell } from '../shell.ts'

const file = join(repository, 'shell/bash/assume.bash')
const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

export const bash: Shell = {
  name: 'bash',
  scriptArguments: ['--noprofile', '--norc'],
  prepareSession(home, promptEnd) {
    const rc = home.write('.bashrc', `PS1='${promptEnd} '\n. ${quote(file)}\n__assume_place_prompt\n`)
    return { args: ['--noprofile', '--rcfile', rc, '-i'], env: {} }
  },
  load: `. ${quote(file)}`,
  expectStatus: (status) =>
    `__rc=$?; [ $__rc -eq ${status} ] || { echo "status $__rc, not ${status}"; exit 99; }`,
  quote,
  setExported: (name, value) => `export ${name}=${quote(value)}`,
  setUnexported: (name, value) => `${name}=${quote(value)}`,
  unset: (name) => `unset -v ${name}`,
  show: (name) =>
    `if [ -z "\${${name}+x}" ]; then echo absent; else case "\${${name}@a}" in *x*) printf exported:;; *) printf plain:;; esac; printf '%s\\n' "$${name}"; fi`,
  showPrompt: `__assume_update_prompt; printf '%s\\n' "$assume_prompt" | sed 's/[\\x01\\x02]//g; s/\\x1b\\[[0-9;]*m//g'`,
  showColouredPrompt: `__assume_update_prompt; printf '%s\\n' "$assume_prompt" | sed 's/[\\x01\\x02]//g'`,
  complete: (line) =>
    [
      `COMP_LINE=${quote(line)} COMP_POINT=${Buffer.byteLength(line)} COMP_WORDS=() COMP_CWORD=0`,
      'COMP_TYPE=9 __assume_complete',
      'for __word in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do eval "printf \'%s\\n\' $__word"; done',
    ].join('\n'),
}
