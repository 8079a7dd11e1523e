import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tokenFileName } from '../../src/aws/cache-file-name.ts'
import { quoteAnywhere } from '../../src/text/words.ts'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { makeFifo } from '../support/fifo.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'

const launcher = join(repository, 'bin/assume')
const config = `[profile a]
region = eu-west-1
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
`
const why = 'it is no file, but a pipe, a socket or a device'

function start(): Home {
  const home = createHome()
  home.writeAws(config)
  return home
}

const kinds: Record<string, (home: Home, name: string) => string | Promise<string>> = {
  'a pipe': makeFifo,
  'a device': (home, name) => {
    symlinkSync('/dev/zero', join(home.path, name))
    return join(home.path, name)
  },
  'a socket': async (home, name) => {
    const server = createServer().listen(join(home.path, name))
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    return join(home.path, name)
  },
}

/** Runs a line of bash in which `$assume` is the executable. */
function runBash(home: Home, line: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', line], {
    env: { ...baseEnvironment(home), assume: launcher, ...env },
    cwd: home.path,
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, stdout, stderr }
}

describe('what is no file', () => {
  it.each(Object.entries(kinds))('is not waited for, nor read: %s', async (_kind, make) => {
    const home = start()
    const path = await make(home, 'odd')
    for (const variable of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CA_BUNDLE']) {
      const words = variable === 'AWS_CA_BUNDLE' ? ['whoami', 'a'] : ['list']
      expect([variable, runCore(home, words, { env: { [variable]: path } })]).toEqual([
        variable,
        {
          status: 1,
          stdout: '',
          stderr: `assume: cannot read ${path}: ${why}\n  ls -l ${quoteAnywhere(path)}\n`,
        },
      ])
    }
  })

  it('is not waited for where a profile names it', async () => {
    const home = createHome()
    const token = makeFifo(home, 'to ken')
    const role = 'role_arn = arn:aws:iam::111122223333:role/R\n'
    home.writeAws(
      `[profile web]\n${role}web_identity_token_file = ${token}\n[profile box]\n${role}credential_source = EcsContainer\n`,
    )
    expect(await callCommand(home, ['credential-process', 'web'])).toEqual({
      status: 1,
      stdout: '',
      stderr: `assume: cannot read ${token}: ${why}\n  ls -l '${token}'\n`,
    })
    const env = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/',
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: token,
    }
    const { status, stderr } = await callCommand(home, ['credential-process', 'box'], { env })
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(`cannot read the authorization token ${token}: ${why}`),
    ])
  })

  it('is refused as settings and as a plugin', async () => {
    const home = start()
    const plugin = makeFifo(home, '.config/assume/plugins/mine.ts')
    const enabled = await callCommand(home, ['plugin', 'enable', 'mine', '--yes'])
    expect([enabled.status, enabled.stderr]).toEqual([
      1,
      `assume: ${plugin} is no plugin: ${why}\n  ls -l ${quoteAnywhere(plugin)}\n`,
    ])
    const settings = makeFifo(home, '.config/assume/config')
    for (const words of [['list'], ['settings', 'set', 'assume_region', 'off']]) {
      const { status, stderr } = await callCommand(home, words)
      expect([status, stderr]).toEqual([1, expect.stringContaining(` ${settings}: ${why}\n`)])
    }
  })

  it('counts as nothing in a cache, and is replaced by what is written there', async () => {
    const home = createHome()
    home.useExample('sso-session')
    makeFifo(home, `.aws/sso/cache/${tokenFileName({ name: 'devto-article', startUrl: '' })}`)
    makeFifo(home, '.cache/assume/index')
    makeFifo(home, '.local/state/assume/history')
    for (let count = 0; count < 2; count++) {
      const { status, stdout } = await callCommand(home, ['list', '--json'])
      expect([status, JSON.parse(stdout)[0].session]).toEqual([0, 'none'])
    }
    expect(statSync(join(home.path, '.cache/assume/index')).isFile()).toBe(true)
    const { status, stdout } = runBash(
      home,
      `{ ASSUME_SHELL=bash ASSUME_CONTRACT=4 $assume --no-login dev-profile 3>&1 >&4 | cat; } 4>&1`,
    )
    expect([status, stdout]).toEqual([0, expect.stringContaining('__assume_apply')])
  })

  it('does not go on with half a pipe when Ctrl-C ends its writer, too', async () => {
    const home = start()
    const path = makeFifo(home, 'config')
    const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const child = spawn(process.execPath, [join(repository, 'dist/main.js'), 'list'], {
      env: { ...baseEnvironment(home), AWS_CONFIG_FILE: '/dev/fd/3' },
      cwd: home.path,
      stdio: ['ignore', 'ignore', 'ignore', readEnd],
    })
    const ended = once(child, 'close')
    const writeEnd = await open(path, 'w')
    closeSync(readEnd)
    // More than a pipe holds: when all of it is written the core is reading.
    await writeEnd.writeFile(config + '#\n'.repeat(200_000))
    // When it goes on both have happened, the end of the pipe first.
    child.kill('SIGSTOP')
    await writeEnd.close()
    child.kill('SIGINT')
    child.kill('SIGCONT')
    expect(await ended).toEqual([130, null])
  })

  it('is nothing at all where it is /dev/null', async () => {
    const home = start()
    expect(await callCommand(home, ['list'], { env: { AWS_CONFIG_FILE: '/dev/null' } })).toMatchObject({
      status: 0,
      stderr: 'assume: /dev/null has no profiles yet\n',
    })
    const env = { AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }
    const { status, stderr } = await callCommand(home, ['status', '--verbose'], { env })
    expect([status, stderr]).toEqual([0, expect.stringContaining('shells switch by the profile index')])
  })
})

describe('a pipe that the shell hands over', () => {
  it('is read, as often as a command needs it, and is no source of the index', async () => {
    const home = start()
    await callCommand(home, ['list'])
    const index = readFileSync(join(home.path, '.cache/assume/index'), 'utf8')
    const other = home.write('other', config.replace('[profile a]', '[profile piped]'))
    for (const [line, file] of [
      ['AWS_CONFIG_FILE=<(cat other) $assume list --json', 'config'],
      ['cat other | AWS_CONFIG_FILE=/dev/stdin $assume list --json', 'config'],
      ['AWS_CONFIG_FILE=/proc/self/fd/7 $assume list --json 7< <(sleep 0.3; cat other)', 'config'],
      ['AWS_SHARED_CREDENTIALS_FILE=<(sed "s/profile //" other) $assume list --json', 'credentials'],
      ['AWS_CONFIG_FILE=/dev/fd/7 $assume list --json 7<other', 'regular'],
    ] as const) {
      const { status, stdout, stderr } = runBash(home, line)
      const names = JSON.parse(stdout).map(({ name }: { name: string }) => name)
      expect([line, status, names, stderr]).toEqual([
        line,
        0,
        file === 'credentials' ? ['a', 'piped'] : ['piped'],
        '',
      ])
      if (file !== 'regular') expect(readFileSync(join(home.path, '.cache/assume/index'), 'utf8')).toBe(index)
    }
    expect(
      runBash(home, 'AWS_CONFIG_FILE=<(cat other) $assume credentials-file piped --as keys'),
    ).toMatchObject({ status: 0 })
    expect(readFileSync(join(home.path, '.aws/credentials'), 'utf8')).toContain('AKIAIOSFODNN7EXAMPLE')
    expect(existsSync(other)).toBe(true)
  })

  it('may hold a mebibyte, and no more; it cannot be edited', () => {
    const home = start()
    const piped = (bytes: number, words: string) =>
      runBash(home, `AWS_CONFIG_FILE=<(printf '%${bytes}s\\n' '#'; cat .aws/config) $assume ${words}`)
    expect(piped((1 << 20) - 500, 'list')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^a /m) })
    const { status, stdout, stderr } = piped(1 << 20, 'list')
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      'assume: cannot read /dev/fd/63: the pipe holds more than 1 MiB\n  put what comes through the pipe into a file, and name that\n',
    ])
    const flags =
      '--yes --session s --start-url https://x.awsapps.com/start --sso-region eu-west-1 --account 111122223333 --role-name R --profile b'
    const edited = piped(10, `configure ${flags}`)
    expect([edited.status, edited.stderr]).toEqual([
      1,
      `assume: cannot write /dev/fd/63: ${why}\n  ls -l /dev/fd/63\n`,
    ])
  })

  describe.skipIf(process.platform !== 'linux')('and that does not end (seen on Linux)', () => {
    /** Starts `assume list` with such a pipe as its config file, and returns when it reads there. */
    async function startReading() {
      const home = createHome()
      const path = makeFifo(home, 'pipe')
      const both = openSync(path, 'r+')
      onTestFinished(() => closeSync(both))
      const child = spawn(launcher, ['list'], {
        env: { ...baseEnvironment(home), AWS_CONFIG_FILE: '/dev/fd/3' },
        stdio: ['ignore', 'ignore', 'pipe', both],
        signal: AbortSignal.timeout(60_000),
        killSignal: 'SIGKILL',
      })
      child.on('error', () => {})
      const ended = once(child, 'close')
      const stderr = text(child.stderr as Readable)
      const isReading = () => {
        const folder = `/proc/${child.pid}/fd`
        const read = (fd: string) => {
          try {
            return Number(fd) > 3 && readlinkSync(join(folder, fd)) === path
          } catch {
            return false
          }
        }
        return readdirSync(folder).some(read)
      }
      while (!isReading()) await delay(20)
      return { child, ended, stderr }
    }

    it('is left at Ctrl-C', async () => {
      const { child, ended } = await startReading()
      child.kill('SIGINT')
      expect(await ended).toEqual([130, null])
    })

    it('is left after five seconds', async () => {
      const { ended, stderr } = await startReading()
      expect(await ended).toEqual([1, null])
      expect(await stderr).toBe(
        'assume: cannot read /dev/fd/3: the pipe has not ended in 5 seconds\n  put what comes through the pipe into a file, and name that\n',
      )
    })
  })
})
