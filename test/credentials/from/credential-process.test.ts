import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Context } from '../../../src/context.ts'
import { fetchProcessCredentials } from '../../../src/credentials/from/credential-process.ts'
import { AssumeError } from '../../../src/errors.ts'
import { askProgram } from '../../../src/programs/ask.ts'
import { findAwsCli, World } from '../../interop/world.ts'
import { createHome, type Home } from '../../support/home.ts'
import { writeScript } from '../../support/script.ts'
import { catchFailure } from '../../support/setup-world.ts'
import { TerminalScreen } from '../../support/terminal-screen.ts'
import { endTimer } from '../../support/timer.ts'
import { bundleWorker } from '../../support/worker.ts'

const worker = bundleWorker(join(import.meta.dirname, 'workers/fetch-process.ts'))

const keys = {
  Version: 1,
  AccessKeyId: 'ASIAEXAMPLE',
  SecretAccessKey: 'top-secret',
  SessionToken: 'secret-too',
}
const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'top-secret', sessionToken: 'secret-too' }
const hint = 'aws configure get credential_process --profile dev'

/** Only a hanging test waits so long. */
const patiently = { timeout: 100_000 }

let home: Home
beforeEach(() => {
  home = createHome()
})

interface Options extends Partial<Pick<Context, 'ownEnv' | 'interruption'>> {
  readonly accountId?: string
}

/** Fetches for the profile `dev`, with the ports of this machine. */
function fetchFrom(command: string, { accountId, ...ports }: Options = {}) {
  return fetchProcessCredentials(
    { profile: 'dev', command, accountId },
    {
      askProgram,
      ownEnv: { PATH: process.env['PATH'], HOME: home.path },
      interruption: new AbortController().signal,
      now: Date.now,
      platform: process.platform,
      terminal: { stdinIsTerminal: false } as Context['terminal'],
      trace: () => {},
      ...ports,
    },
  )
}

/** Writes a program for `sh` and returns the command that starts it. */
const writeCommand = (body: string) => `"${writeScript(home, 'helper', body)}"`

/** A command that prints a value as JSON, or a text as it is, and then does the rest. */
function writeHelper(output: unknown, rest = ''): string {
  const path = home.write('output', typeof output === 'string' ? output : JSON.stringify(output))
  return writeCommand(`cat "${path}"\n${rest}`)
}

/** What a helper has written below the home. */
const read = (name: string) => readFileSync(join(home.path, name), 'utf8').trim()

/** The failure of a helper whose minute is over as soon as something is so. */
async function failLate(command: string, isDue: () => boolean): Promise<AssumeError> {
  const [failure] = await Promise.all([catchFailure(fetchFrom(command)), endTimer(60_000, isDue)])
  return failure
}

/** Whether one of the processes whose ids a file holds still runs; a zombie does not. */
function someRun(name: string): boolean {
  if (!existsSync(join(home.path, name))) return false
  const states = read(name)
    .split(' ')
    .map((pid) => spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout)
  return states.some((state) => /^[^Z]/.test(state))
}

describe('a helper', () => {
  it('gives credentials with everything that it says of them', async () => {
    const helper = writeHelper({
      ...keys,
      Expiration: '2099-11-21T05:00:00+01:00',
      AccountId: '111122223333',
    })
    expect(await fetchFrom(helper, { accountId: '999988887777' })).toEqual({
      ...credentials,
      expiresAt: Date.parse('2099-11-21T04:00:00Z'),
      accountId: '111122223333',
    })
  })

  it('may give the keys of a user, whose account the profile names', async () => {
    const helper = writeHelper({ ...keys, SessionToken: null, Expiration: null })
    const { sessionToken: _, ...ofUser } = credentials
    expect(await fetchFrom(helper, { accountId: '111122223333' })).toEqual({
      ...ofUser,
      accountId: '111122223333',
    })
    expect(await fetchFrom(helper)).toEqual(ofUser)
  })

  it('gets its arguments as the AWS CLI splits them, and no shell', async () => {
    const helper = writeHelper(keys, `printf '%s\\n' "$@" > "${join(home.path, 'arguments')}"`)
    await fetchFrom(`${helper} 'a  b' "\\$HOME" $HOME ~ *.txt; \\"`)
    expect(read('arguments').split('\n')).toEqual(['a  b', '\\$HOME', '$HOME', '~', '*.txt;', '"'])
  })

  it('is found on PATH', async () => {
    writeHelper(keys)
    expect(await fetchFrom('helper', { ownEnv: { PATH: `${home.path}:/bin` } })).toEqual(credentials)
  })

  it('does not see what a switch has set, and is told for whom it works', async () => {
    const helper = writeHelper(keys, `env > "${join(home.path, 'env')}"`)
    await fetchFrom(helper, {
      ownEnv: {
        PATH: process.env['PATH'],
        OP_ACCOUNT: 'mine',
        AWS_PROFILE: 'dev',
        AWS_ACCESS_KEY_ID: 'AKIAMINE',
        ASSUME_PROFILE: 'dev',
        ASSUME_VARS: 'AWS_PROFILE ASSUME_PROFILE',
        ASSUME_CREDENTIAL_PROCESS: '["base"]',
      },
    })
    expect(
      read('env')
        .split('\n')
        .filter((line) => /^(OP|AWS|ASSUME)_/.test(line))
        .sort(),
    ).toEqual(['ASSUME_CREDENTIAL_PROCESS=["base","dev"]', 'AWS_ACCESS_KEY_ID=AKIAMINE', 'OP_ACCOUNT=mine'])
  })

  it('shows what it has to say, without what a terminal would obey', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      await fetchFrom(writeHelper(keys, `printf '\\033[31mTouch\\033[0m the key\\a\\r\\n' >&2`))
      expect(write.mock.calls.map(([text]) => text).join('')).toBe('Touch the key?\n')
    } finally {
      write.mockRestore()
    }
  })
})

describe('a helper that leads back to itself', () => {
  const env = { PATH: process.env['PATH'] }

  it('is not started, and the way is shown', async () => {
    const helper = writeHelper(keys, 'touch started')
    const failure = await catchFailure(
      fetchFrom(helper, { ownEnv: { ...env, ASSUME_CREDENTIAL_PROCESS: '["ci","dev","base"]' } }),
    )
    expect(failure).toMatchObject({
      code: 'profile-cycle',
      exitStatus: 1,
      message: 'a credential_process leads back to itself: dev -> base -> dev',
    })
    expect(existsSync(join(home.path, 'started'))).toBe(false)
  })

  it.each(['', 'dev', '{"dev":1}', '[1]', '["dev'])(
    'is not meant by %j, which is none of ours',
    async (value) => {
      const helper = writeHelper(keys)
      expect(await fetchFrom(helper, { ownEnv: { ...env, ASSUME_CREDENTIAL_PROCESS: value } })).toEqual(
        credentials,
      )
    },
  )
})

/** What goes wrong: the helper's output, or its whole command; what the message says of it. */
const faults: [title: string, make: () => string, reason: string][] = [
  ['prints garbage', () => writeHelper('secret-too { not JSON'), 'prints no JSON object with "Version": 1'],
  ['prints nothing', () => writeHelper(''), 'prints no JSON object with "Version": 1'],
  ['prints a list', () => writeHelper([keys]), 'prints no JSON object with "Version": 1'],
  ['prints no version', () => writeHelper({ ...keys, Version: undefined }), '"Version": 1'],
  ['prints the version as a text', () => writeHelper({ ...keys, Version: '1' }), '"Version": 1'],
  ['prints another version', () => writeHelper({ ...keys, Version: 2 }), '"Version": 1'],
  ['prints no key', () => writeHelper({ ...keys, AccessKeyId: undefined }), 'prints no AccessKeyId'],
  [
    'prints no secret',
    () => writeHelper({ ...keys, SecretAccessKey: undefined }),
    'prints no SecretAccessKey',
  ],
  [
    'prints keys that are over',
    () => writeHelper({ ...keys, Expiration: '2020-01-01T00:00:00Z' }),
    'prints credentials that have expired',
  ],
  [
    'prints a strange expiry',
    () => writeHelper({ ...keys, Expiration: 'tomorrow secret-too' }),
    'prints an Expiration that is no ISO 8601 time',
  ],
  ['exits 3', () => writeHelper(keys, 'exit 3'), 'ends with status 3'],
  ['dies', () => writeHelper(keys, 'kill -KILL $$'), 'was ended by SIGKILL'],
  ['is missing', () => `"${join(home.path, 'nowhere')}"`, 'is not found'],
  ['is no program', () => `"${home.write('file', 'x')}"`, 'cannot be executed'],
  ['has an open quote', () => `${writeHelper(keys)} "`, 'ends within a quote or behind a backslash'],
]

describe('a helper that fails', () => {
  it.each(faults)(
    'because it %s is named with its profile, without its arguments and output',
    async (_title, make, reason) => {
      const command = make().replace(/^"[^"]*"/, '$& top-secret')
      const failure = await catchFailure(fetchFrom(command))
      expect(failure).toMatchObject({ code: 'program-failed', exitStatus: 1, hint })
      expect(failure.message).toMatch(/^no credentials for profile dev: its credential_process /)
      expect(failure.message).toContain(reason)
      expect(failure.message + failure.hint).not.toMatch(/secret-|-secret|ASIA/)
      expect(failure.cause).toBeUndefined()
      if (!command.endsWith('"')) expect(failure.message).toContain(command.split('"')[1])
    },
  )

  it('because it is empty is named too', async () => {
    expect((await catchFailure(fetchFrom("''"))).message).toBe(
      'no credentials for profile dev: its credential_process names no program',
    )
  })

  it('because it prints 100 MB is ended at once', async () => {
    const lines = ['echo $$ > "$HOME/pids"', 'yes secret-too | head -c 100000000', 'touch "$HOME/whole"']
    const helper = writeCommand(lines.join('\n'))
    const failure = await catchFailure(fetchFrom(helper))
    expect(failure.message).toBe(
      `no credentials for profile dev: its credential_process ${helper.slice(1, -1)} prints more than credentials`,
    )
    await vi.waitUntil(() => !someRun('pids'), patiently)
    expect(existsSync(join(home.path, 'whole'))).toBe(false)
  })

  it.each([
    ['hangs', ''],
    ['does not want to end', `trap '' TERM`],
  ])('because it %s is ended with all that it has started', async (_title, start) => {
    const file = join(home.path, 'pids')
    const helper = writeCommand(`${start}\nsleep 1000 &\necho $$ $! > "${file}"\nwait\nwait`)
    const failure = await failLate(helper, () => someRun('pids'))
    expect(failure.message).toMatch(/has not answered within 60 seconds$/)
    expect(read('pids').split(' ')).toHaveLength(2)
    await vi.waitUntil(() => !someRun('pids'), patiently)
  })

  it('because something that it left behind holds its output is not waited for', async () => {
    const helper = writeHelper(keys, 'sleep 1000 &\necho $! > "$HOME/left"; echo $$ > "$HOME/pids"')
    const hasEnded = () => someRun('left') && existsSync(join(home.path, 'pids')) && !someRun('pids')
    const failure = await failLate(helper, hasEnded)
    process.kill(Number(read('left')))
    expect(failure.message).toMatch(/has not answered/)
  })
})

describe('Ctrl-C', () => {
  it('ends a helper with all that it has started', async () => {
    const file = join(home.path, 'pids')
    const helper = writeCommand(`sleep 1000 &\necho $$ $! > "${file}"\nwait`)
    const interruption = new AbortController()
    const reason = new AssumeError('cancelled', 'cancelled')
    const fetched = catchFailure(fetchFrom(helper, { interruption: interruption.signal }))
    await vi.waitUntil(() => someRun('pids'), patiently)
    interruption.abort(reason)
    expect(await fetched).toBe(reason)
    await vi.waitUntil(() => !someRun('pids'), patiently)
  })
})

describe('at a terminal', () => {
  /** Fetches in a terminal, where Ctrl-C goes to assume and the helper alike. */
  function fetchAtTerminal(helper: string): TerminalScreen {
    const { PATH } = process.env
    const terminal = TerminalScreen.spawn(process.execPath, [worker, helper], { env: { PATH }, cols: 200 })
    onTestFinished(() => terminal.dispose())
    return terminal
  }

  it('a helper can ask, on its stderr or on the terminal itself', async () => {
    const helper = writeHelper(
      keys,
      `printf 'code: ' >&2; read a; printf 'more: ' >/dev/tty; read b </dev/tty\n[ $a$b = 123456 ]`,
    )
    const terminal = fetchAtTerminal(helper)
    await terminal.waitFor('code:')
    terminal.type('123\r')
    await terminal.waitFor('more:')
    terminal.type('456\r')
    await terminal.waitFor('ASIAEXAMPLE')
    expect((await terminal.exit).status).toBe(0)
  })

  it('Ctrl-C reaches the helper once, which can leave the terminal in order', async () => {
    const leave = `stty echo; echo again >> "${join(home.path, 'left')}"; exit 1`
    const helper = writeHelper(keys, `trap '${leave}' INT TERM\nstty -echo; printf 'secret: ' >&2; read a`)
    const terminal = fetchAtTerminal(helper)
    await terminal.waitFor('secret:')
    terminal.type('\x03')
    expect((await terminal.exit).status).toBe(130)
    expect(terminal.text()).toContain('cancelled')
    expect(read('left')).toBe('again')
  })

  it('Ctrl-C ends a helper that does not care', async () => {
    const helper = writeCommand(
      `trap '' INT; echo $$ > "${join(home.path, 'pids')}"; echo on >&2; sleep 1000`,
    )
    const terminal = fetchAtTerminal(helper)
    await terminal.waitFor('on')
    terminal.type('\x03')
    expect((await terminal.exit).status).toBe(130)
    expect(someRun('pids')).toBe(false)
  })
})

const aws = findAwsCli()
const isWanted = aws !== undefined || Boolean(process.env['ASSUME_REQUIRE_AWS_CLI'])

describe.skipIf(!isWanted)(`the AWS CLI v2${isWanted ? '' : ' (not installed)'}`, () => {
  /** Whether the AWS CLI gets credentials from a command. */
  async function accepts(world: World, command: string): Promise<boolean> {
    world.home.writeAws(`[profile dev]\ncredential_process = ${command}\n`)
    const words = ['configure', 'export-credentials', '--profile', 'dev']
    const { status, stdout } = await world.runAwsCli(words)
    return status === 0 && stdout.includes('ASIAEXAMPLE')
  }

  it('refuses the same helpers', async () => {
    const world = await World.open()
    const plain = [
      'dies',
      'is missing',
      'is no program',
      'prints nothing',
      'prints no version',
      'prints no secret',
    ]
    for (const [title, make] of faults.filter(([title]) => !plain.includes(title))) {
      expect([title, await accepts(world, make())]).toEqual([title, false])
    }
  })

  it.each<[string, () => string]>([
    [
      'all fields',
      () => writeHelper({ ...keys, Expiration: '2099-11-21T05:00:00Z', AccountId: '111122223333' }),
    ],
    ['an offset', () => writeHelper({ ...keys, Expiration: '2099-11-21T05:00:00.123+00:00' })],
    ['no token', () => writeHelper({ ...keys, SessionToken: undefined })],
    ['nulls', () => writeHelper({ ...keys, SessionToken: null, Expiration: null })],
    [
      'other fields, and space around',
      () => writeHelper(`\n ${JSON.stringify({ ...keys, Other: [1] })}\n\n`),
    ],
    ['quoted words', () => writeHelper(keys).replace(/helper"$/, `hel""p"\\e'r' 'x  y' "$HOME"`)],
  ])('takes what we take: %s', async (_title, make) => {
    const world = await World.open()
    const command = make()
    expect(await accepts(world, command)).toBe(true)
    expect(await fetchFrom(command)).toMatchObject({ accessKeyId: 'ASIAEXAMPLE' })
  })
})
