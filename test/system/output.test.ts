import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, existsSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { makeFifo } from '../support/fifo.ts'
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

it('ends at Ctrl-C while nobody reads', async () => {
  const home = start(20_000)
  const fifo = openSync(makeFifo(home, 'stdout'), constants.O_RDWR | constants.O_NONBLOCK)
  const writer = openSync(join(home.path, 'stdout'), 'w')
  onTestFinished(() => [fifo, writer].forEach(closeSync))
  const child = spawn(join(repository, 'bin/assume'), ['list', '--json'], {
    env: baseEnvironment(home),
    stdio: ['ignore', writer, 'ignore'],
    signal: AbortSignal.timeout(60_000),
    killSignal: 'SIGKILL',
  })
  child.on('error', () => {})
  const ended = once(child, 'close')
  while (!canRead(fifo)) await delay(20)
  child.kill('SIGINT')
  expect(await ended).toEqual([null, 'SIGINT'])
})

/** Reads a byte from a descriptor that does not block. */
function canRead(fd: number): boolean {
  try {
    return readSync(fd, Buffer.alloc(1)) === 1
  } catch {
    return false
  }
}

it.skipIf(!existsSync('/dev/full'))('says so where there is no space for it, and fails', () => {
  const home = start(3)
  home.writeAws('[profile a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n')
  const commands = [
    'list',
    'list --json',
    'status',
    'env a --shell bash',
    'credential-process a',
    'a --dry-run',
    'settings list',
    'plugin list',
    'setup --dry-run --shell bash',
    '--help',
    'configure --help',
    '--version',
  ]
  const lines = commands.map((words) => `${assume} ${words} >/dev/full; echo "$? ${words}"`)
  const { stdout, stderr } = runBash(home, lines.join('\n'))
  expect(stdout.split('\n').slice(0, -1)).toEqual(commands.map((words) => `1 ${words}`))
  expect(stderr).toBe('assume: cannot write to stdout: there is no space left\n'.repeat(commands.length))
  const silent = [`${assume} list`, `${assume} nobody`].map((line) => `${line} 2>/dev/full; echo "status $?"`)
  expect(runBash(home, silent.join('\n'))).toMatchObject({
    stdout: expect.stringMatching(/^PROFILE[\s\S]*status 0\nstatus 2\n$/),
    stderr: '',
  })
})
