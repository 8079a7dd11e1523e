/** bash: the clock is a variable, in seconds with six places (bash 5). */
export const bash = {
  name: 'bash',
  program: 'bash',
  arguments: ['--noprofile', '--norc'],
  extension: 'bash',
  load: ({ installation }) => `. '${installation}/shell/bash/assume.bash'`,
  complete: (line) =>
    `COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=() COMP_CWORD=0 COMP_TYPE=9 __assume_complete`,
  prompt: '__assume_update_prompt',
  interactive: ['--noprofile', '--norc', '-i'],
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
printf '%s\\n' $(( \${__end/[.,]/} - \${__start/[.,]/} ))`,
  readTimes: ({ stdout }) =>
    stdout
      .trim()
      .split('\n')
      .map((microseconds) => Number(microseconds) / 1000),
}
