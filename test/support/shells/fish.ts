import { join } from 'node:path'
import { repository } from '../home.ts'
import type { Shell } from '../shell.ts'

const file = join(repository, 'shell/fish/conf.d/assume.fish')
const quote = (word: string) => `'${word.replace(/[\\']/g, '\\$&')}'`

export const fish: Shell = {
  name: 'fish',
  scriptArguments: ['--no-config'],
  prepareSession(home, promptEnd) {
    home.write('.config/fish/conf.d/assume.fish', `source ${quote(file)}; __assume_place_prompt\n`)
    home.write(
      '.config/fish/config.fish',
      `set -g fish_greeting\nfunction fish_prompt\n  printf %s '${promptEnd} '\nend\n`,
    )
    // Without this folder the first session makes completions of all manual pages, in the background.
    home.write('.local/share/fish/generated_completions/.keep', '')
    // These the first session makes, by a program.
    for (const folder of ['conf.d', 'completions', 'functions'])
      home.write(`.config/fish/${folder}/.keep`, '')
    return { args: ['-i'], env: {} }
  },
  load: `source ${quote(file)}`,
  expectStatus: (status) =>
    `set __rc $status; test $__rc -eq ${status}; or begin; echo "status $__rc, not ${status}"; exit 99; end`,
  quote,
  setExported: (name, value) => `set -gx ${name} ${quote(value)}`,
  setUnexported: (name, value) => `set -gu ${name} ${quote(value)}`,
  unset: (name) => `set -eg ${name}`,
  show: (name) =>
    `if not set -q ${name}; echo absent; else; set -qx ${name}; and printf exported:; or printf plain:; printf '%s\\n' "$${name}"; end`,
  showPrompt: `begin; assume_prompt; echo; end | string replace -ra '\\e(\\[[0-9;]*m|\\(B)' ''; true`,
  showColouredPrompt: 'assume_prompt; echo',
  complete: (line) => `complete -C ${quote(line)} | string replace -r '\\t.*' ''`,
}
