import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { ssoRoleFileName } from '../../src/aws/cache-file-name.ts'
import { run as runStatus } from '../../src/commands/status.ts'
import type { Files } from '../../src/context.ts'
import { loadProfiles } from '../../src/profiles/profiles.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { quoteAnywhere } from '../../src/text/words.ts'
import { callCommand, type RunCommand } from '../support/command.ts'
import { createContext, endCommand } from '../support/context.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { copyCheckout } from '../support/install-home.ts'
import { give, isRoot, otherGroup, otherUser, runAs } from '../support/other-user.ts'
import { updateIndex } from '../support/profile-index.ts'
import { isInstalled } from '../support/shell.ts'

const session = { name: 'corp', startUrl: 'https://corp.awsapps.com/start' }
const config = `[sso-session corp]
sso_start_url = ${session.startUrl}
sso_region = eu-west-1
[profile dev]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = Dev
region = eu-west-1
[profile base]
credential_process = /bin/true
region = eu-central-1
`
const roleFile = `.aws/cli/cache/${ssoRoleFileName({ session, accountId: '111111111111', roleName: 'Dev' })}`

let home: Home
beforeEach(() => {
  home = createHome()
  home.writeAws(config)
})

// What has just been changed is not trusted.
const minuteAgo = Date.now() / 1000 - 60
const at = (name: string) => join(home.path, name)
const ownerOf = (name: string) => {
  const { uid, gid } = lstatSync(at(name))
  return [uid, gid]
}
const all = (folder = '') => readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
const tokenFile = () => `.aws/sso/cache/${readdirSync(at('.aws/sso/cache'))[0]}`
const indexOf = () => readdirSync(at('.cache/assume')).find((name) => name.startsWith('index-'))

/** Writes credentials of the role as the AWS CLI keeps them. */
function keepRole(accessKeyId = 'ASIAKEPT'): void {
  const Expiration = new Date(Date.now() + 3600_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const keys = { AccessKeyId: accessKeyId, SecretAccessKey: 'x', SessionToken: 'x', Expiration }
  home.write(roleFile, JSON.stringify({ ProviderType: 'sso', Credentials: keys }))
}

const sessionState = async (run: RunCommand = callCommand) => {
  const { stdout, stderr } = await run(home, ['list', '--json'])
  const dev = (JSON.parse(stdout) as { name: string; session?: string }[]).find(({ name }) => name === 'dev')
  return { session: dev?.session, stderr }
}
const warning = (path: string, reason: string, command: string, what = '') =>
  `assume: warning: ${what}${path} is not used: ${reason}\n  ${command} ${quoteAnywhere(path)}\n`

describe('what others can write', () => {
  it.each<[string, () => string, string, RunCommand]>([
    ['the token', tokenFile, '', runCore],
    ['its folder', () => '.aws/sso/cache', 'what is in ', callCommand],
    ['the folder of AWS', () => '.aws', 'what is in ', callCommand],
  ])('is not used: %s', async (_title, find, what, run) => {
    home.logIn('corp')
    expect(await sessionState(run)).toEqual({ session: 'valid', stderr: '' })
    const path = at(find())
    chmodSync(path, statSync(path).mode | 0o002)
    expect(await sessionState(run)).toEqual({
      session: 'none',
      stderr: expect.stringContaining(warning(path, 'others can write to it', 'chmod go-w', what)),
    })
    chmodSync(path, statSync(path).mode & ~0o022)
    expect(await sessionState(run)).toEqual({ session: 'valid', stderr: '' })
  })

  it('is taken out of the list by which shells know sessions, and comes back with its modes: a token', async () => {
    home.logIn('corp')
    await callCommand(home, ['list'])
    const listed = () =>
      readFileSync(at(`.cache/assume/${indexOf()}/sessions`), 'utf8')
        .trim()
        .split('\u001f')[1]
    const before = listed()
    expect(before).toMatch(/^\d{10}$/)
    for (const name of ['.aws/sso/cache', tokenFile()]) {
      const mode = statSync(at(name)).mode
      chmodSync(at(name), mode | 0o002)
      await callCommand(home, ['list'])
      expect(listed()).toBe('0')
      chmodSync(at(name), mode)
      await callCommand(home, ['list'])
      expect(listed()).toBe(before)
    }
  })

  it('is replaced by a new one: the folder of a generation', async () => {
    await callCommand(home, ['list'])
    const before = indexOf()
    chmodSync(at(`.cache/assume/${before}`), 0o702)
    expect(await callCommand(home, ['list'])).toMatchObject({ status: 0 })
    expect(indexOf()).not.toBe(before)
    expect(statSync(at(`.cache/assume/${indexOf()}`)).mode & 0o777).toBe(0o700)
    expect(await callCommand(home, ['list'])).toMatchObject({ status: 0, stderr: '' })
  })

  it('is not used, but replaced, where it is a link in the place of a file', async () => {
    home.logIn('corp')
    keepRole()
    nodeFiles.rename(at(tokenFile()), at('token'))
    symlinkSync(at('token'), at(`.aws/sso/cache/${'0'.repeat(40)}.json`))
    const name = createName()
    nodeFiles.rename(at(`.aws/sso/cache/${'0'.repeat(40)}.json`), at(name))
    expect(await sessionState()).toMatchObject({
      session: 'none',
      stderr: expect.stringContaining(`${at(name)} is not used: it is a link\n`),
    })
    await callCommand(home, ['list'])
    nodeFiles.rename(at('.cache/assume/index'), at('index'))
    symlinkSync(at('index'), at('.cache/assume/index'))
    await callCommand(home, ['list'])
    expect(lstatSync(at('.cache/assume/index')).isFile()).toBe(true)
  })

  it('is fetched again and closed: a role', async () => {
    keepRole()
    expect(await callCommand(home, ['credential-process', 'dev'])).toMatchObject({ status: 0, stderr: '' })
    chmodSync(at(roleFile), 0o622)
    const { status, stdout, stderr } = await callCommand(home, ['credential-process', 'dev'])
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toContain(warning(at(roleFile), 'others can write to it', 'chmod go-w'))
  })

  it('makes no rows, and no notes of kept keys: sources, and the cache itself', async () => {
    keepRole()
    home.write('.config/assume/plugins/x', '')
    utimesSync(at('.config/assume/plugins'), minuteAgo, minuteAgo)
    for (const name of ['.aws/config', '.aws', '.config/assume/plugins', '.cache/assume']) {
      await callCommand(home, ['list'])
      expect(indexOf()).toBeDefined()
      await callCommand(home, ['credential-process', 'dev'])
      expect(all('.cache/assume').some((each) => each.includes('of-dev'))).toBe(true)
      chmodSync(at(name), statSync(at(name)).mode | 0o002)
      const { stderr } = await callCommand(home, ['status', '--verbose'])
      expect([name, indexOf()]).toEqual([name, undefined])
      expect(stderr).toContain(
        `shells leave every switch to the core: others can write to ~/${name}, which ends with: chmod go-w ${quoteAnywhere(at(name))}\n`,
      )
      await callCommand(home, ['credential-process', 'dev'])
      expect(all('.cache/assume').some((each) => each.includes('of-dev'))).toBe(false)
      chmodSync(at(name), statSync(at(name)).mode & ~0o022)
    }
    await callCommand(home, ['list'])
    expect(indexOf()).toBeDefined()
  })

  it('refuses a login whose token nobody would believe, before anybody is asked', async () => {
    mkdirSync(at('.aws/sso/cache'), { recursive: true, mode: 0o777 })
    chmodSync(at('.aws/sso/cache'), 0o777)
    const folder = at('.aws/sso/cache')
    expect(await callCommand(home, ['login', 'corp', '--device-code'])).toEqual({
      status: 1,
      stdout: '',
      stderr: `assume: ${folder} cannot be relied on: others can write to it\n  chmod go-w ${quoteAnywhere(folder)}\n`,
    })
  })

  it('keeps no lock', async () => {
    mkdirSync(at('.local/state/assume/locks'), { recursive: true })
    chmodSync(at('.local/state/assume/locks'), 0o777)
    const { status, stderr } = await callCommand(home, ['settings', 'set', 'assume_region', 'off'])
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/locks cannot be relied on: others can write to it\n {2}chmod go-w /),
    })
  })
})

describe('settings', () => {
  beforeEach(() => {
    home.write('.config/assume/config', 'assume_region = off\n')
  })

  it.each(['.config/assume/config', '.config/assume', '.config'])(
    'are refused where others can write: %s',
    async (name) => {
      chmodSync(at(name), statSync(at(name)).mode | 0o002)
      for (const words of [
        ['list'],
        ['env', 'base', '--format', 'json'],
        ['settings', 'list'],
        ['settings', 'set', 'assume_mode', 'export'],
        ['plugin', 'list'],
      ])
        expect(await callCommand(home, words)).toEqual({
          status: 1,
          stdout: '',
          stderr: `assume: the settings in ${at('.config/assume/config')} are refused: others can write to ${
            name.endsWith('config/assume/config') ? 'it' : at(name)
          }\n  chmod go-w ${quoteAnywhere(at(name))}\n`,
        })
    },
  )

  it('are used from a link into a store', () => {
    nodeFiles.rename(at('.config/assume/config'), at('stored'))
    symlinkSync(at('stored'), at('.config/assume/config'))
    expect(runCore(home, ['settings', 'get', 'assume_region'])).toMatchObject({ stdout: 'off\n', stderr: '' })
    chmodSync(at('stored'), 0o666)
    expect(runCore(home, ['settings', 'get', 'assume_region'])).toMatchObject({ status: 1 })
  })

  describe.skipIf(!isRoot)('of other users (only where the tests can give files away)', () => {
    it('are refused', async () => {
      chownSync(at('.config/assume/config'), otherUser, 0)
      expect(await callCommand(home, ['list'])).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/refused: it belongs to another user \(54321\)\n {2}chown 0 /),
      })
    })

    it('are used with a warning where a group that is not private can write, and there are no rows', async () => {
      const path = at('.config/assume/config')
      chownSync(path, 0, otherGroup)
      chmodSync(path, 0o664)
      const { status, stderr } = await callCommand(home, ['env', 'base', '--format', 'json'])
      expect({ status, stderr }).toEqual({
        status: 0,
        stderr: expect.stringContaining(`warning: group ${otherGroup} can write to ${path}`),
      })
      expect(stderr).toContain(`\n  chmod g-w ${quoteAnywhere(path)}\n`)
      expect(indexOf()).toBeUndefined()
      chownSync(path, 0, 0)
      expect(await callCommand(home, ['env', 'base', '--format', 'json'])).toMatchObject({
        status: 0,
        stderr: '',
      })
    })
  })
})

describe('an index that names other sources', () => {
  it.each([
    [
      'another one',
      (text: string) => text.replace('/.aws/credentials\u001f-', '/elsewhere/credentials\u001f-'),
    ],
    ['none', (text: string) => text.replace(/\u001f4\n[\s\S]*/, '\u001f0\n')],
  ])('is not believed, whatever they say: %s', async (_title, forge) => {
    await callCommand(home, ['list'])
    const text = readFileSync(at('.cache/assume/index'), 'utf8')
    expect(forge(text)).not.toBe(text)
    home.write('.cache/assume/index', forge(text))
    expect(await updateIndex(createContext(home))).toBe(true)
    expect(await updateIndex(createContext(home))).toBe(false)
  })
})

describe('a note of kept keys', () => {
  it('leads to no other file than those of the caches', () => {
    keepRole()
    runCore(home, ['list'])
    runCore(home, ['credential-process', 'dev'])
    const note = '.cache/assume/keys/of-dev'
    const text = readFileSync(at(note), 'utf8')
    expect(text).toContain(`\ncli ${basename(roleFile)}\n`)
    const planted = String(readFileSync(at(roleFile))).replace('ASIAKEPT', 'ASIAPLANTED')
    home.write('.aws/cli/planted.json', planted)
    home.write('.aws/cli/cache/planted/x.json', planted)
    for (const name of ['../planted.json', at('.aws/cli/planted.json'), 'planted/x.json']) {
      home.write(note, text.replace(basename(roleFile), name))
      expect(runCore(home, ['credential-process', 'dev']).stdout).toContain('ASIAKEPT')
      expect(readFileSync(at(note), 'utf8')).toBe(text)
    }
  })
})

describe('a disk that keeps no modes or owners, simulated at the port', () => {
  /** Everything shows the same mode, as on a drive of Windows. */
  const flatten = <Stat extends { mode: number }>(stat: Stat): Stat => ({ ...stat, mode: 0o777 })
  const flat: Partial<Files> = {
    stat: (path) => mapped(nodeFiles.stat(path)),
    statEntry: (path) => mapped(nodeFiles.statEntry(path)),
    readEntry: (path) => ({ ...nodeFiles.readEntry(path), stat: flatten(nodeFiles.readEntry(path).stat) }),
    probe: (path) => flatten(nodeFiles.probe(path)),
  }
  const mapped = <Stat extends { mode: number }>(stat: Stat | undefined) => stat && flatten(stat)

  it("has AWS's files and the settings used as they are, no rows, and says so", async () => {
    home.logIn('corp')
    home.write('.config/assume/config', 'assume_region = off\n')
    const screen: string[] = []
    const context = createContext(home, { files: flat, screen, isVerbose: true })
    const profiles = loadProfiles(context)
    expect(profiles.settings.get('assume_region')).toBe('off')
    expect(existsSync(at('.cache/assume/index'))).toBe(false)
    const { output } = await runStatus(
      { positionals: [], flags: { verbose: true } },
      {
        ...context,
        env: { ...context.env, AWS_PROFILE: 'dev' },
      },
    )
    await endCommand(context)
    expect(output).toContain('corp: valid')
    expect(screen.join('')).toContain(
      `shells leave every switch to the core: ${home.path} is on a disk that keeps no modes or owners of files\n`,
    )
    expect(screen.join('')).not.toContain('warning')
    expect(all().filter((name) => name.includes('.tmp'))).toEqual([])
  })
})

describe('a disk that permits no chmod, as drives of Windows do, simulated at the system call', () => {
  it.skipIf(!isInstalled('strace'))('is written to all the same', () => {
    const program = [join(repository, 'bin/assume'), 'settings', 'set', 'assume_region', 'off']
    const faults = ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=fchmod', '-e', 'inject=fchmod:error=EPERM']
    const { status, stderr } = spawnSync('strace', [...faults, ...program], {
      env: { HOME: home.path, PATH: process.env['PATH'] },
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(readFileSync(at('.config/assume/config'), 'utf8')).toBe('assume_region = off\n')
  })
})

describe.skipIf(!isRoot)('files of other users (only where the tests can give files away)', () => {
  it.each([
    ['the token', tokenFile, ''],
    ['its folder', () => '.aws/sso', 'what is in '],
  ])('are not used: %s', async (_title, find, what) => {
    home.logIn('corp')
    const path = at(find())
    chownSync(path, otherUser, otherUser)
    expect(await sessionState()).toEqual({
      session: 'none',
      stderr: expect.stringContaining(
        warning(path, `it belongs to another user (${otherUser})`, 'chown 0', what),
      ),
    })
  })

  it('are replaced where they are an index, which gives no rows', async () => {
    await callCommand(home, ['list'])
    give(at('.cache/assume/index'), otherUser)
    expect((await callCommand(home, ['list'])).stderr).toContain('belongs to another user')
    expect(ownerOf('.cache/assume/index')).toEqual([0, 0])
    expect((await callCommand(home, ['list'])).stderr).toBe('')
  })
})

describe.skipIf(!isRoot)('root in the home of another user (only as root)', () => {
  beforeEach(() => {
    home.logIn('corp')
    keepRole()
    home.write('.config/assume/config', 'assume_region = off\n')
    give(home.path, otherUser)
  })

  /** Of a link it is no matter. */
  const expectNothingOfRoot = () => {
    const files = all().filter((name) => !lstatSync(at(name)).isSymbolicLink())
    expect(files.filter((name) => ownerOf(name)[0] !== otherUser)).toEqual([])
  }

  it('keeps the owner and the group of what there is, and gives the user what is new', () => {
    chownSync(at('.aws/config'), otherUser, otherGroup)
    const answers = { session: 'corp', account: '222222222222', 'role-name': 'R', region: 'eu-west-1' }
    const flags = Object.entries({ ...answers, output: 'json', profile: 'new' }).flatMap(([flag, value]) => [
      `--${flag}`,
      value,
    ])
    runCore(home, ['list'])
    expect(runCore(home, ['credential-process', 'dev'])).toMatchObject({ status: 0, stderr: '' })
    expect(runCore(home, ['credential-process', 'dev'])).toMatchObject({ status: 0, stderr: '' })
    expect(all('.cache/assume').some((name) => name.includes('of-dev'))).toBe(true)
    expectNothingOfRoot()
    expect(runCore(home, ['configure', ...flags])).toMatchObject({ status: 0 })
    expect(runCore(home, ['settings', 'set', 'assume_region', 'off'])).toMatchObject({ status: 0 })
    expect(readFileSync(at('.aws/config'), 'utf8')).toContain('[profile new]')
    expect(ownerOf('.aws/config')).toEqual([otherUser, otherGroup])
    expect(ownerOf('.aws/config.assume-backup')).toEqual([otherUser, otherGroup])
    expectNothingOfRoot()
  })

  describe('where a link of the user leads to a file of root', () => {
    const secret = () => home.write('root/config', `secret of root\n${config}`)
    const answers =
      'configure --session corp --account 222222222222 --role-name R --region none --output none --profile new --yes'

    const plant = (mode: number) => {
      chownSync(home.write('root/x', ''), 0, 0)
      chownSync(at('root'), 0, 0)
      const path = secret()
      chmodSync(path, mode)
      rmSync(at('.aws/config'))
      symlinkSync(path, at('.aws/config'))
      lchownSync(at('.aws/config'), otherUser, otherUser)
      return path
    }

    it('reads nothing that the user could not read', async () => {
      plant(0o600)
      for (const words of [['list'], ['credential-process', 'dev'], answers.split(' ')])
        expect(await callCommand(home, words)).toMatchObject({
          status: 1,
          stderr: expect.stringContaining(`cannot read ${at('.aws/config')}: permission denied`),
        })
      expect(all('.aws')).not.toContain('config.assume-backup')
      expect(existsSync(at('.cache/assume'))).toBe(false)
    })

    it('writes nothing there, and reads what everybody can', async () => {
      const path = plant(0o644)
      const before = readFileSync(path, 'utf8')
      expect(await callCommand(home, ['list', '--json'])).toMatchObject({ status: 0 })
      expect(await callCommand(home, answers.split(' '))).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('the system does not permit it'),
      })
      expect(readFileSync(path, 'utf8')).toBe(before)
    })

    it("follows root's own links", async () => {
      plant(0o600)
      lchownSync(at('.aws/config'), 0, 0)
      expect(await callCommand(home, answers.split(' '))).toMatchObject({ status: 0 })
    })

    it("makes a backup of root's own file that is root's", async () => {
      chownSync(at('.aws/config'), 0, 0)
      expect(await callCommand(home, answers.split(' '))).toMatchObject({ status: 0 })
      expect(ownerOf('.aws/config.assume-backup')).toEqual([0, 0])
    })
  })

  it('believes what the user has, as what root has', async () => {
    expect(await sessionState()).toEqual({ session: 'valid', stderr: '' })
    // The group of the user's own number is the private one.
    for (const name of ['.aws', '.aws/sso', '.aws/sso/cache']) chmodSync(at(name), 0o775)
    expect(await sessionState()).toEqual({ session: 'valid', stderr: '' })
    chownSync(at(tokenFile()), 0, 0)
    expect(await sessionState()).toEqual({ session: 'valid', stderr: '' })
    chownSync(at(tokenFile()), otherUser + 1, otherUser)
    expect(await sessionState()).toMatchObject({ session: 'none' })
  })

  it('takes the owner of the folder of AWS for the user, as where a container mounts that', async () => {
    chownSync(home.path, 0, 0)
    expect(await sessionState()).toEqual({ session: 'valid', stderr: '' })
    rmSync(at('.cache'), { recursive: true, force: true })
    chownSync(at('.config'), 0, 0)
    await callCommand(home, ['list'])
    expect(ownerOf('.cache/assume')).toEqual([0, 0])
  })
})

describe.skipIf(!isRoot)('another user (only where the tests can be one)', () => {
  const checkout = copyCheckout()
  chmodSync(checkout, 0o755)
  const as = (words: readonly string[], options = {}) => runAs(otherUser, checkout, home, words, options)

  it('is not robbed of a file: what would not keep that owner and that group is not written', () => {
    give(home.path, otherUser)
    for (const [userId, groupId] of [
      [otherUser, otherGroup],
      [0, 0],
    ] as const) {
      chownSync(at('.aws/config'), userId, groupId)
      chmodSync(at('.aws/config'), 0o644)
      const answers = { session: 'corp', account: '222222222222', 'role-name': 'R', region: 'eu-west-1' }
      const flags = Object.entries({ ...answers, output: 'json', profile: 'new' }).flat()
      const words = flags.map((word, index) => (index % 2 === 0 ? `--${word}` : word))
      expect(as(['configure', ...words])).toEqual({
        status: 1,
        stdout: '',
        stderr: `assume: cannot write ${at('.aws/config')}: it would not keep its owner and group, which are not yours\n  ls -l ${quoteAnywhere(at('.aws/config'))}\n`,
      })
      expect(readFileSync(at('.aws/config'), 'utf8')).toBe(config)
      expect(ownerOf('.aws/config')).toEqual([userId, groupId])
      expect(all('.aws').filter((name) => name.includes('assume'))).toEqual([])
    }
  })

  it('with the umask 002 and a private group gets along with what the AWS CLI makes', () => {
    home.logIn('corp')
    keepRole()
    give(home.path, otherUser)
    for (const name of all().filter((name) => statSync(at(name)).isDirectory())) chmodSync(at(name), 0o775)
    chmodSync(at('.aws/config'), 0o664)
    expect(as(['list', '--json'], { umask: 0o002 })).toMatchObject({ status: 0, stderr: '' })
    expect(as(['credential-process', 'dev'], { umask: 0o002 })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('ASIAKEPT'),
      stderr: '',
    })
    expect(indexOf()).toBeDefined()
  })

  it('with a group that others are in does not use what that can write', () => {
    home.logIn('corp')
    give(home.path, otherUser, otherGroup)
    chmodSync(at('.aws/sso/cache'), 0o775)
    const { stderr } = as(['list', '--json'], { groupId: otherGroup })
    const path = at('.aws/sso/cache')
    expect(stderr).toContain(warning(path, `group ${otherGroup} can write to it`, 'chmod g-w', 'what is in '))
  })
})

/** The name of the token file of the session. */
function createName(): string {
  const scratch = createHome()
  scratch.logIn('corp')
  return `.aws/sso/cache/${readdirSync(join(scratch.path, '.aws/sso/cache'))[0]}`
}
