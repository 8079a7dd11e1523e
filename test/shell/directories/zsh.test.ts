import { zsh } from '../../support/shells/zsh.ts'
import { describeEveryday } from './everyday.ts'
import { describeDirectories } from './scenarios.ts'
import { describeSurroundings, posix } from './surroundings.ts'
import type { Follower } from './walk.ts'

const follower: Follower = {
  shell: zsh,
  startFile: '.zshrc',
  watch: '__assume_watch_directories',
  define: (name, command) => `function ${name} { ${command} "$@" }`,
  comments: 'setopt interactive_comments',
}

describeDirectories(follower)

describeEveryday(follower)

describeSurroundings(follower, {
  ...posix,
  hook: (name, place) =>
    place === 'before'
      ? `precmd_functions=(${name} "\${precmd_functions[@]}") chpwd_functions=(${name} "\${chpwd_functions[@]}")`
      : `precmd_functions+=(${name})`,
  direnv: 'eval "$(direnv hook zsh)"',
  hostile: [
    ['setopt ksh_arrays sh_word_split no_unset no_clobber glob_subst posix_builtins warn_create_global'],
    ['setopt err_return csh_junkie_quotes rc_quotes all_export sh_glob ignore_braces no_multios', 'IFS=:'],
    [
      'setopt err_exit no_function_argzero cd_silent chase_links auto_cd',
      'alias local=false cd="builtin cd"',
    ],
  ],
  variables: {
    typed: 'AWS_VAULT=(1 "2 3"); typeset -i AWS_REGION=7',
    showTyped: 'typeset -p AWS_VAULT AWS_REGION',
    makeReadOnly: 'typeset -r AWS_DEFAULT_REGION=fixed',
    saidOfReadOnly: 'assume: AWS_DEFAULT_REGION is read-only in this shell, so nothing was changed',
  },
})
