const milliseconds = { secs: 1000, millis: 1, micros: 1 / 1000 }

/** fish: it has no clock that a script could read, but its `time` measures a block and writes to stderr. */
export const fish = {
  name: 'fish',
  program: 'fish',
  arguments: ['--no-config'],
  extension: 'fish',
  load: ({ installation }) => `source '${installation}/shell/fish/conf.d/assume.fish'`,
  complete: (line) => `complete -C '${line}'`,
  prompt: 'assume_prompt',
  interactive: ['--no-config', '--interactive'],
  watch: '__assume_watch_directories',
  atPrompt: (statement) => `${statement}; assume_prompt`,
  discard: (action) => `begin; ${action}; end >/dev/null 2>&1`,
  repeat: (count, statements) => `
for __i in (seq ${count})
${statements.join('\n')}
end`,
  time: (statement) => `time begin; ${statement}; end`,
  readTimes: ({ stderr }) =>
    [...stderr.matchAll(/^Executed in +([\d.]+) (\w+)/gm)].map(
      ([, value, unit]) => value * milliseconds[unit],
    ),
}
