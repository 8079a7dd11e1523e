import { bash } from '../../support/shells/bash.ts'
import { describeDirectories } from './scenarios.ts'

describeDirectories({
  shell: bash,
  startFile: '.bashrc',
  watch: '__assume_watch_directories',
  define: (name, command) => `function ${name} { ${command} "$@"; }`,
})
