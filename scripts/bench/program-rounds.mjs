import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { emptyNode, truePath } from './bases.mjs'
import { summarize } from './statistics.mjs'

/** Words as a statement of bash. */
export const quoteWords = (words) => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')

/**
 * Times programs from one bash, in rounds, so that whatever else the machine does meets all of them. Before each group of a
 * round stand one `true` and one empty Node, which its programs are compared with. A program is a `statement`, and perhaps
 * one `before` it that is not timed. Returns for each program, in order, `milliseconds`, `true` and `node`, or
 * `failed` where it has failed in any round.
 */
export function timePrograms(world, groups, runs, env = {}) {
  const statements = groups.flatMap((programs) => [
    // What ran before has left Node's own files cold.
    quoteWords(emptyNode),
    time(quoteWords(emptyNode)),
    truePath,
    time(truePath),
    ...programs.flatMap(({ before, statement }) => [before ?? '', time(statement)]),
  ])
  const script = join(world.home, 'programs.bash')
  const times = join(world.home, 'times')
  writeFileSync(times, '')
  writeFileSync(script, formatScript(statements))
  // The first round is a warm-up.
  world.run('bash', ['--noprofile', '--norc', script, times, String(runs + 1)], env)
  const lines = readFileSync(times, 'utf8').trim().split('\n')
  const rounds = splitRounds(lines.map(parseLine), groups).slice(1)
  return groups.flat().map((_, index) => {
    const own = rounds.map((round) => round[index])
    return own.some(({ failed }) => failed)
      ? { failed: true }
      : summarize(own.map(({ failed, ...round }) => round))
  })
}

const formatScript = (statements) => `
__times=$1
__count=$2
exec >/dev/null 2>&1
for ((__round = 0; __round < __count; __round++)); do
${statements.join('\n')}
done
exit 0
`

const time = (statement) => `
__start=$EPOCHREALTIME
${statement}
__status=$?
__end=$EPOCHREALTIME
printf '%s %s\\n' "$__status" $(( \${__end/[.,]/} - \${__start/[.,]/} )) >>"$__times"`

function parseLine(line) {
  const [status, microseconds] = line.split(' ').map(Number)
  return { failed: status !== 0, milliseconds: microseconds / 1000 }
}

/** The lines of each round, as one list of what each program and its bases took. */
function splitRounds(lines, groups) {
  const length = groups.flat().length + groups.length * 2
  return Array.from({ length: lines.length / length }, (_, round) => {
    const rest = lines.slice(round * length)
    return groups.flatMap((programs) => {
      const [node, base] = rest.splice(0, 2)
      return rest.splice(0, programs.length).map(({ failed, milliseconds }) => ({
        failed,
        own: milliseconds,
        true: base.milliseconds,
        node: node.milliseconds,
      }))
    })
  })
}
