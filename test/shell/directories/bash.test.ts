import { bash } from '../../support/shells/bash.ts'
import { describeEveryday } from './everyday.ts'
import { describeDirectories } from './scenarios.ts'
import { describeSurroundings, posix } from './surroundings.ts'
import type { Follower } from './walk.ts'

const follower: Follower = {
  shell: bash,
  startFile: '.bashrc',
  watch: '__assume_watch_directories',
  define: (name, command) => `function ${name} { ${command} "$@"; }`,
}

describeDirectories(follower)

describeEveryday(follower)

describeSurroundings(follower, {
  ...posix,
  hook: (name, place) =>
    place === 'before' ? `PROMPT_COMMAND=(${name} "\${PROMPT_COMMAND[@]}")` : `PROMPT_COMMAND+=(${name})`,
  direnv: 'eval "$(direnv hook bash)"',
  hostile: [
    ['set -euo pipefail -C -f', 'set -o posix', 'IFS=:', 'shopt -s nocasematch nullglob failglob'],
    ['set -aET', 'alias local=false builtin=false printf=false export=false', 'IFS=$"\\n"'],
  ],
  variables: {
    typed: 'AWS_VAULT=(1 "2 3"); declare -i AWS_REGION=7',
    showTyped: 'declare -p AWS_VAULT AWS_REGION',
    makeReadOnly: 'readonly AWS_DEFAULT_REGION=fixed',
    saidOfReadOnly: 'assume: AWS_DEFAULT_REGION is read-only in this shell, so nothing was changed',
  },
})
