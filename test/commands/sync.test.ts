import { readFileSync, statSync, watch } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Reply } from '../../src/sandbox/call.ts'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import { generateAccounts, type SandboxAccount } from '../../src/sandbox/directory.ts'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import type { LoggedRequest } from '../../src/sandbox/request-log.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { logIn, openSandbox } from '../sandbox/client.ts'
import { callCommand } from '../support/command.ts'
import { startCore } from '../support/core-process.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'
import { takeSnapshot } from '../support/snapshot.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

const session =
  '[sso-session work]\nsso_region = eu-west-2\nsso_start_url = https://sso-portal.awsapps.com/start\n'
/** What a user's file looks like: comments and spacing that no program would write, no line feed at the end. */
const own = `# mine, and not sync's
[default]
region=eu-central-1 ; home

${session}
[profile hand-made]   # keep
sso_session    = work
sso_account_id = 100000000001
sso_role_name  = Admin

[profile "Account-2-Admin"]
\tregion = x
  # the name is taken
s3 =
  max_concurrent_requests = 20
# the end`

let home: Home
let sandbox: Sandbox

async function start(
  accounts: readonly SandboxAccount[],
  config = own,
  options: SandboxOptions = {},
): Promise<void> {
  home = createHome()
  home.writeAws(config)
  sandbox = await openSandbox({ accounts, ...options })
  const { accessToken } = await logIn(sandbox)
  const expiresAt = new Date(Date.now() + 3600_000).toISOString()
  home.logInRaw('work', JSON.stringify({ accessToken, expiresAt }))
}
beforeEach(() => start(generateAccounts(3, 2)))

const environment = () => ({ ...sandboxEnvironment(sandbox.url), AWS_EC2_METADATA_DISABLED: 'true' })
const startSync = (...args: string[]) => startCore(home, ['sync', ...args], { env: environment() })
/** The same in this process. */
const sync = (...args: string[]) => callCommand(home, ['sync', ...args], { env: environment() })
const configPath = () => join(home.path, '.aws/config')
const config = () => readFileSync(configPath(), 'utf8')
/** The names of the profiles that carry the marker. */
const synced = () =>
  [...config().matchAll(/^\[profile ([^\]]+)\]\n(?:\w+ = .*\n)*assume_synced = work$/gm)].map(
    ([, name]) => name,
  )
const profile = (name: string, account: string, role: string, more = 'region = eu-west-2\n') =>
  `\n[profile ${name}]\nsso_session = work\nsso_account_id = ${account}\nsso_role_name = ${role}\n${more}assume_synced = work\n`
const awsFiles = () => takeSnapshot(join(home.path, '.aws'), { times: true })

/** The longest row of requests that arrived within a second. */
function countPerSecond(requests: readonly LoggedRequest[]): number {
  return Math.max(
    ...requests.map(({ at }) => requests.filter((other) => other.at >= at && other.at < at + 1000).length),
  )
}

describe('assume sync', () => {
  it('adds what is missing and leaves every other byte', async () => {
    const { status, stdout, stderr } = await startSync('--yes')
    expect([status, stderr]).toEqual([
      0,
      'assume: other profiles have the name already: Account-2-Admin (the new one is Account-2-Admin-100000000002)\n',
    ])
    expect(stdout).toMatch(/^--- .*\/\.aws\/config\n\+\+\+ /)
    expect(stdout).toMatch(/\nchanged ~\/\.aws\/config: 5 added\n$/)
    expect(config()).toBe(
      [
        `${own}\n`,
        profile('Account-1-ReadOnly', '100000000001', 'ReadOnly'),
        profile('Account-2-Admin-100000000002', '100000000002', 'Admin'),
        profile('Account-2-ReadOnly', '100000000002', 'ReadOnly'),
        profile('Account-3-Admin', '100000000003', 'Admin'),
        profile('Account-3-ReadOnly', '100000000003', 'ReadOnly'),
      ].join(''),
    )
    expect(readFileSync(`${configPath()}.assume-backup`, 'utf8')).toBe(own)
  })

  it('has nothing to do the second time', async () => {
    await sync('--yes')
    const before = awsFiles()
    for (const args of [[], ['--yes', '--prune'], ['--dry-run']]) {
      expect(await sync(...args)).toEqual({
        status: 0,
        stdout: 'nothing to do: the roles of work have their profiles (6)\n',
        stderr: '',
      })
    }
    expect(awsFiles()).toEqual(before)
  })

  it('can be used for a switch at once', async () => {
    await sync('--yes')
    const { stdout } = await startCore(home, ['env', 'Account-3-Admin', '--format', 'json', '--no-login'])
    expect(JSON.parse(stdout).set).toMatchObject({
      AWS_PROFILE: 'Account-3-Admin',
      AWS_REGION: 'eu-west-2',
      ASSUME_ACCOUNT_ID: '100000000003',
    })
  })

  it('finds the session by its name, by a profile, and when there are several asks which', async () => {
    await start(
      generateAccounts(1, 1),
      `${session}[sso-session play]\nsso_region = x\nsso_start_url = https://y\n`,
    )
    expect(await sync('--yes')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('which session?'),
    })
    expect((await sync('work', '--yes')).status).toBe(0)
    expect((await sync('Account-1-Admin', '--dry-run')).stdout).toContain('nothing to do')
    expect((await sync('--profile', 'Account-1-Admin', '--dry-run')).stdout).toContain('nothing to do')
    expect(await sync('works')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('did you mean work'),
    })
  })

  it('needs a section to refer to', async () => {
    await start(
      [],
      '[profile legacy]\nsso_start_url = u\nsso_region = x\nsso_account_id = 1\nsso_role_name = r\n',
    )
    const { status, stderr } = await sync()
    expect([status, stderr]).toEqual([1, expect.stringContaining('assume configure')])
  })
})

describe('the options', () => {
  it('--template and --region make the profiles', async () => {
    await sync('--yes', '-t', '{session}/{account_name|slug}:{role|lower}', '-r', 'us-east-1')
    expect(config()).toContain(
      profile('work/account-3:admin', '100000000003', 'Admin', 'region = us-east-1\n'),
    )
  })

  it('--region none writes none, and the next one to name a region adds it', async () => {
    await sync('--yes', '--region', 'none')
    expect(config()).toContain(profile('Account-3-Admin', '100000000003', 'Admin', ''))
    expect((await sync()).stdout).toContain('nothing to do')
    expect((await sync('--yes', '-r', 'eu-west-1')).stdout).toContain('changed ~/.aws/config: 5 changed\n')
    expect(config()).toContain('assume_synced = work\nregion = eu-west-1\n')
  })

  it('--filter takes accounts, roles and names', async () => {
    const { stdout } = await sync('--dry-run', '--json', '--filter', '*3-*')
    expect(JSON.parse(stdout).added.map(({ name }: { name: string }) => name)).toEqual([
      'Account-3-Admin',
      'Account-3-ReadOnly',
    ])
    await sync('--yes', '--filter', 'readonly')
    expect(synced()).toEqual(['Account-1-ReadOnly', 'Account-2-ReadOnly', 'Account-3-ReadOnly'])
  })

  it('--dry-run shows the diff and changes nothing', async () => {
    const before = awsFiles()
    const { status, stdout, stderr } = await sync('--dry-run')
    expect([status, stdout.match(/^\+\[profile /gm)?.length]).toEqual([0, 5])
    expect(stderr).toContain('would be: 5 added')
    expect(awsFiles()).toEqual(before)
  })

  it('--json says what has been done, or would be', async () => {
    const entry = { accountId: '100000000003', accountName: 'Account 3' }
    const dry = JSON.parse((await sync('--dry-run', '--json')).stdout)
    expect(dry).toMatchObject({ session: 'work', written: false, changed: [], removed: [], stale: [] })
    expect(dry.added).toHaveLength(5)
    expect(dry.added[3]).toEqual({ name: 'Account-3-Admin', ...entry, roleName: 'Admin' })
    expect(dry.kept).toMatchObject([{ name: 'hand-made' }])
    expect(JSON.parse((await sync('--yes', '--json')).stdout)).toEqual({ ...dry, written: true })
    sandbox.directory.removeAccount('100000000003')
    const stale = JSON.parse((await sync('--json')).stdout)
    expect(stale).toMatchObject({
      written: false,
      added: [],
      removed: [],
      stale: [{ roleName: 'Admin' }, {}],
    })
    expect(JSON.parse((await sync('--json', '--yes', '--prune')).stdout)).toMatchObject({
      written: true,
      removed: stale.stale,
      stale: [],
    })
  })

  it('--prune removes the profiles of an account that is gone, and only those', async () => {
    await sync('--yes', '--filter', '*-1-*')
    const without = config()
    await sync('--yes', '--filter', '*-3-*')
    const before = config()
    sandbox.directory.removeAccount('100000000003')
    const { status, stdout, stderr } = await sync('--filter', '*-3-*')
    expect([status, stdout]).toEqual([0, expect.stringContaining('nothing to do')])
    expect(stderr).toContain('Account-3-Admin, Account-3-ReadOnly; to remove them: assume sync --prune work')
    expect(config()).toBe(before)
    expect((await sync('--filter', '*-3-*', '--prune', '--yes')).stdout).toContain(': 2 removed\n')
    expect(config()).toBe(without)
  })

  it.each([
    [['--template', '{accountname}'], 'no field "accountname"'],
    [['--region', 'EU'], 'there is no AWS region EU'],
    [['--tempalte', 'x'], 'tempalte'],
  ])('%j is refused before anything is asked of the service', async (args, message) => {
    const { status, stderr } = await sync(...args)
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)])
    expect(sandbox.requests.count('ListAccounts')).toBe(0)
  })
})

describe('what the service lists', () => {
  /** Puts entries into the first page of a list. */
  const add = (operation: 'ListAccounts' | 'ListAccountRoles', entries: readonly unknown[]) =>
    sandbox.fail(
      operation,
      {
        alter: (reply) => {
          const fields = Object.entries(JSON.parse(reply.body))
          const longer = fields.map(([name, value]) => [
            name,
            Array.isArray(value) ? [...entries, ...value] : value,
          ])
          return { ...reply, body: JSON.stringify(Object.fromEntries(longer)) }
        },
      },
      1,
    )
  const leftOut = (count: number) =>
    `assume: Identity Center lists what cannot be an account or a role, which is left out (${count}); no profile is removed for that\n`

  it('costs an entry that cannot be an account or a role, and nothing else', async () => {
    await start(generateAccounts(3, 2), session)
    add('ListAccounts', [{ accountId: '12345' }, { accountId: '11112222333\u0663' }, null, 'x'])
    add('ListAccountRoles', [{ roleName: 'a\n[profile evil]\ncredential_process = evil' }, { roleName: '' }])
    const { status, stdout, stderr } = await sync('--yes')
    expect([status, stderr]).toEqual([0, leftOut(6)])
    expect(stdout).toContain('6 added')
    expect(synced()).toHaveLength(6)
    expect(config()).not.toContain('evil')
  })

  it('removes no profile where an entry is odd: it might be the one of that profile', async () => {
    await start(generateAccounts(3, 2), session)
    await sync('--yes')
    sandbox.directory.removeAccount('100000000003')
    add('ListAccounts', [{ accountId: 100000000003 }])
    const before = config()
    expect(await sync('--yes', '--prune')).toMatchObject({ status: 0, stderr: leftOut(1) })
    expect(config()).toBe(before)
    expect((await sync('--yes', '--prune')).stdout).toContain('2 removed')
  })

  it('reaches the terminal without its control characters', async () => {
    await start(
      [{ ...(generateAccounts(1, 1)[0] as SandboxAccount), name: 'a\u001b[2J\u009bm\u202e\u200f' }],
      session,
    )
    const { stdout } = await sync('--yes', '--json')
    expect(stdout).toContain('"accountName": "a?[2J?m??"')
  })

  it('ends where a page is named again', async () => {
    const body = JSON.stringify({ accountList: [{ accountId: '100000000001' }], nextToken: 'again' })
    sandbox.fail('ListAccounts', { alter: (reply: Reply) => ({ ...reply, status: 200, body }) })
    const { status, stderr } = await sync('--yes')
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^assume: cannot list the accounts: the list of 127\.0\.0\.1:\d+ does not end\n/),
    ])
    expect(config()).toBe(own)
  })
})

describe('without a terminal', () => {
  it('shows what a yes would do, and exits 3', async () => {
    const before = awsFiles()
    const { status, stdout, stderr } = await startSync()
    expect([status, stdout.match(/^\+\[profile /gm)?.length]).toEqual([3, 5])
    expect(stderr).toContain(
      'there is no terminal to ask on; nothing was changed\n  assume sync --yes work\n',
    )
    expect(await sync('--json')).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('"written": false'),
    })
    expect(awsFiles()).toEqual(before)
  })

  it('without a session it exits 3 too', async () => {
    home.logInRaw('work', '{}')
    const { status, stderr } = await sync('--yes')
    expect([status, stderr]).toEqual([3, expect.stringContaining('assume login work')])
    expect(config()).toBe(own)
  })
})

describe('on a terminal', () => {
  const open = (...args: string[]) => {
    const terminal = TerminalScreen.spawn(join(repository, 'bin/assume'), ['sync', ...args], {
      env: { ...baseEnvironment(home), ...environment() },
      cwd: home.path,
      rows: 60,
      cols: 160,
    })
    onTestFinished(() => terminal.dispose())
    return terminal
  }

  it('shows the progress, the diff and the sum, and asks', async () => {
    const terminal = open()
    await terminal.waitFor('[Y/n]')
    expect(terminal.output.toString()).toMatch(/\[#{8}-{16}\] 1 of 3 accounts/)
    expect(terminal.screen().join('\n')).not.toContain('of 3 accounts')
    expect(terminal.screen().join('\n')).toMatch(
      /\+\[profile Account-3-Admin\][\s\S]*5 added\.\nMake these changes\? \[Y\/n\]/,
    )
    expect(config()).toBe(own)
    terminal.type('y\r')
    expect((await terminal.exit).status).toBe(0)
    expect(terminal.text()).toMatch(/changed ~\/\.aws\/config: 5 added$/)
    expect(synced()).toHaveLength(5)
  })

  it.each([
    ['n\r', 0],
    ['\u0003', 130],
    ['\u0004', 130],
  ])('%j changes nothing', async (answer, expected) => {
    const before = awsFiles()
    const terminal = open()
    await terminal.waitFor('[Y/n]')
    terminal.type(answer)
    expect((await terminal.exit).status).toBe(expected)
    expect(awsFiles()).toEqual(before)
  })

  it('Ctrl-C ends it while the service does not answer', async () => {
    const before = awsFiles()
    sandbox.fail('ListAccountRoles', 'hang')
    const terminal = open('--yes')
    await terminal.waitFor('0 of 3 accounts')
    await sandbox.requests.arrived('ListAccountRoles')
    terminal.type('\u0003')
    expect((await terminal.exit).signal).toBe(constants.signals.SIGINT)
    expect(terminal.text()).toMatch(/^(\^C)?\s*assume: cancelled$/)
    expect(awsFiles()).toEqual(before)
  })

  it('says above the progress what it waits for, once', async () => {
    sandbox.fail('ListAccountRoles', 'hang')
    const terminal = open('--yes')
    await terminal.waitFor('Ctrl-C cancels')
    const { host } = new URL(sandbox.url)
    await terminal.waitFor((text) =>
      /^assume: waiting for \S+, Ctrl-C cancels\n\[-{24}\] 0 of 3 accounts$/.test(text.trim()),
    )
    expect(terminal.text()).toContain(`waiting for ${host},`)
    terminal.type('\u0003')
    expect((await terminal.exit).signal).toBe(constants.signals.SIGINT)
  })

  it('a file that is saved during the question keeps what was saved', async () => {
    const terminal = open()
    await terminal.waitFor('[Y/n]')
    home.write('.aws/config', `${own}\n# saved\n`)
    terminal.type('y\r')
    expect((await terminal.exit).status).toBe(0)
    expect(config()).toContain(`${own}\n# saved\n`)
    expect(synced()).toHaveLength(5)
  })

  it('and where that makes another change of it, it is asked again', async () => {
    const terminal = open()
    await terminal.waitFor('[Y/n]')
    const saved = `${own}\n[profile Account-3-Admin]\nregion = eu-west-1\n`
    home.write('.aws/config', saved)
    terminal.type('y\r')
    await terminal.waitFor('was changed by somebody else just now')
    await terminal.waitFor((text) => text.split('[Y/n]').length === 3)
    expect(config()).toBe(saved)
    terminal.type('n\r')
    await terminal.exit
    expect(config()).toBe(saved)
  })
})

describe('what goes wrong', () => {
  it.each([
    ['a session that has been ended', 401, 'session is over', 'assume login work'],
    ['a service that is broken', 400, 'Invalid request', ''],
  ] as const)('%s: nothing is changed', async (_name, failure, message, hint) => {
    const before = awsFiles()
    sandbox.fail('ListAccountRoles', failure, { every: 2 })
    const { status, stdout, stderr } = await sync('--yes', '--prune')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(awsFiles()).toEqual(before)
  })

  it('an account whose roles are refused keeps its profiles, the others are done', async () => {
    await sync('--yes')
    sandbox.directory.removeAccount('100000000002')
    sandbox.fail('ListAccountRoles', 403, 1)
    const { status, stdout, stderr } = await sync('--yes', '--prune')
    expect([status, stdout]).toEqual([0, expect.stringContaining(': 2 removed\n')])
    expect(stderr).toMatch(/the roles of 10000000000[13] are not told/)
    expect(synced()).toEqual(['Account-1-ReadOnly', 'Account-3-Admin', 'Account-3-ReadOnly'])
  })

  it('a service that tells of no role at all makes nothing go', async () => {
    await sync('--yes')
    const before = awsFiles()
    for (const { id } of generateAccounts(3, 2)) sandbox.directory.removeAccount(id)
    const { status, stderr } = await sync('--yes', '--prune')
    expect([status, stderr]).toEqual([0, expect.stringContaining('tells of no role in work')])
    expect(awsFiles()).toEqual(before)
  })

  it('SIGKILL in the middle leaves the old file', async () => {
    const before = awsFiles()
    sandbox.fail('ListAccountRoles', 'hang', 1)
    const running = startSync('--yes')
    await sandbox.requests.arrived('ListAccountRoles')
    process.kill(running.pid as number, 'SIGKILL')
    expect((await running).status).toBe(137)
    expect(awsFiles()).toEqual(before)
  })

  it('SIGKILL during the write leaves the old file or the new one', async () => {
    home.write('.aws/config.assume-backup', '')
    let isKilled = false
    // A process can be done before it is known here that it writes.
    for (let attempt = 0; attempt < 20 && !isKilled; attempt += 1) {
      home.writeAws(own)
      const running = startSync('--yes')
      const watcher = watch(join(home.path, '.aws'), (_event, name) => {
        if (name?.endsWith('.tmp')) process.kill(running.pid as number, 'SIGKILL')
      })
      isKilled = (await running.signal) === 'SIGKILL'
      watcher.close()
      if (config() !== own) expect(synced()).toHaveLength(5)
    }
    expect(isKilled).toBe(true)
  })
})

describe('more accounts than a page holds, with 3 roles each', () => {
  it('are all written without a refusal by a service that takes 20 requests a second', async () => {
    let ahead = 0
    await start(generateAccounts(120, 3), session, { requestsPerSecond: 20, now: () => Date.now() + ahead })
    // The requests of the login are no longer of the same second.
    ahead = 1000
    sandbox.requests.clear()
    expect(await startSync('--yes')).toMatchObject({ status: 0, stderr: '' })
    expect(synced()).toHaveLength(360)
    const requests = sandbox.requests.all
    expect(requests.filter(({ status }) => status !== 200)).toEqual([])
    expect(countPerSecond(requests)).toBeLessThanOrEqual(20)
  })

  it('are all written at a pace that the service takes, in spite of refusals; then there is nothing to do', async () => {
    await start(generateAccounts(110, 3), session)
    sandbox.fail('ListAccounts', 429, 2)
    sandbox.fail('ListAccountRoles', 429, { every: 11 })
    const { status, stdout, stderr } = await startSync('--yes')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/changed ~\/\.aws\/config: 330 added\n$/)
    expect(new Set(synced()).size).toBe(330)
    expect(config().startsWith(session)).toBe(true)
    const refused = sandbox.requests.all.filter(({ failure }) => failure === 429)
    expect(refused.length).toBeGreaterThan(10)
    expect(countPerSecond(sandbox.requests.all)).toBeLessThanOrEqual(20)
    const { mtimeNs } = statSync(configPath(), { bigint: true })
    sandbox.mend()
    sandbox.requests.clear()
    expect(await startSync('--prune')).toEqual({
      status: 0,
      stdout: 'nothing to do: the roles of work have their profiles (330)\n',
      stderr: '',
    })
    expect(countPerSecond(sandbox.requests.all)).toBeLessThanOrEqual(20)
    expect(statSync(configPath(), { bigint: true }).mtimeNs).toBe(mtimeNs)
  }, 300_000)
})
