import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'

const assume = `'${join(repository, 'bin/assume')}'`
/** Keeps a pipe non-blocking, as any program of Node does while it runs, until its stdin ends. */
const makeNonBlocking = `node -e 'process.stdout.write("ready\\n"); process.stdin.resume()'`

function runBash(home: Home, script: string) {
  const options = { env: baseEnvironment(home), cwd: home.path, encoding: 'utf8', maxBuffer: 1e8 } as const
  return spawnSync('bash', ['--norc', '-c', script], options)
}

function start(count: number): Home {
  const home = createHome()
  const sections = Array.from(
    { length: count },
    (_, index) => `[profile team-${index}]\nregion = eu-west-1\n`,
  )
  home.writeAws(sections.join(''))
  return home
}

it('writes all of it where the pipe is non-blocking and its reader slow', () => {
  const home = start(20_000)
  const { stdout, stderr } = runBash(
    home,
    `mkfifo hold; { ${makeNonBlocking} <hold & exec 4>hold; ${assume} list --json; echo "status $?"; exec 4>&-; wait; } | { read -r ready; cat; }`,
  )
  const [json = '', status] = stdout.split(/(?=^status)/m)
  expect([status, stderr]).toEqual(['status 0\n', ''])
  expect(JSON.parse(json)).toHaveLength(20_000)
})

it('ends in order when nobody reads, and still says how it went', () => {
  const home = start(20_000)
  const { stdout, stderr } = runBash(
    home,
    `{ ${assume} list; echo $? >list; ${assume} env team-1 --shell bash 2>&1; echo $? >env; ${assume} nobody; echo $? >unknown; } 2>&1 | :; cat list env unknown`,
  )
  expect([stdout, stderr]).toEqual(['0\n0\n2\n', ''])
})
