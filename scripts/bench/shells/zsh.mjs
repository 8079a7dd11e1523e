/** zsh: the clock is a variable of a module. _assume runs as it is; what it hands the names to is left out. */
export const zsh = {
  name: 'zsh',
  program: 'zsh',
  arguments: ['--no-rcs'],
  extension: 'zsh',
  load: ({ installation }) => `. '${installation}/shell/zsh/assume.plugin.zsh'`,
  prepare: ({ installation }) => `zmodload zsh/datetime
_wanted() { : }
compset() { : }
_normal() { : }
fpath=('${installation}/shell/zsh' $fpath)
autoload -Uz _assume`,
  complete(line) {
    const words = line.split(' ')
    return `words=(${words.map((word) => `'${word}'`).join(' ')}) CURRENT=${words.length} PREFIX='${words.at(-1)}'; _assume`
  },
  prompt: '__assume_update_prompt',
  interactive: ['--no-rcs', '-i'],
  watch: '__assume_watch_directories',
  atPrompt: (statement) => `${statement}; __assume_update_prompt`,
  discard: (action) => `{ ${action}; } >/dev/null 2>&1`,
  repeat: (count, statements) => `
for ((__i = 0; __i < ${count}; __i++)); do
${statements.join('\n')}
done`,
  time: (statement) => `
__start=$EPOCHREALTIME
${statement}
__end=$EPOCHREALTIME
printf '%.0f\\n' $(( (__end - __start) * 1000000 ))`,
  readTimes: ({ stdout }) =>
    stdout
      .trim()
      .split('\n')
      .map((microseconds) => Number(microseconds) / 1000),
}
