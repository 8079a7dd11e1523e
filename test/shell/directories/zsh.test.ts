import { zsh } from '../../support/shells/zsh.ts'
import { describeDirectories } from './scenarios.ts'

describeDirectories({
  shell: zsh,
  startFile: '.zshrc',
  watch: '__assume_watch_directories',
  define: (name, command) => `function ${name} { ${command} "$@" }`,
  comments: 'setopt interactive_comments',
})
