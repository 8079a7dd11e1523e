import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { ssoRoleFileName } from '../../src/aws/cache-file-name.ts'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, fixtures, type Home, repository } from '../support/home.ts'
import { makeIndex } from '../support/profile-index.ts'
import { countStarted } from '../support/session.ts'
import { attempt, awsOf, describeShells, dumpTo, readDump, runScript, type Shell } from '../support/shell.ts'
import { hostedShells as shells } from '../support/shells/index.ts'

/** Two states of a user's files that differ in account, region and settings but not in size. */
const states = { old: ['111111111111', 'eu-west-1'], new: ['222222222222', 'us-west-2'] } as const
type State = keyof typeof states

const configOf = (state: State) => `[profile base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = fake
[profile one]
role_arn = arn:aws:iam::${states[state][0]}:role/Dev
source_profile = base
region = ${states[state][1]}
`
const seen = (state: State) => ({ ASSUME_ACCOUNT_ID: states[state][0], AWS_REGION: states[state][1] })

/** Writes a file that has this modification time. */
function stamp(home: Home, name: string, text: string, mtime: number): string {
  const path = home.write(name, text)
  utimesSync(path, mtime, mtime)
  return path
}

/** Puts a link in the place of whatever is there. */
function link(home: Home, name: string, target: string): void {
  const path = join(home.path, name)
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { recursive: true, force: true })
  symlinkSync(target, path)
}

/** How the config file is reached: each makes it that of a state. */
const layouts: Record<string, (home: Home, state: State, mtime: number) => void> = {
  'the config file': (home, state, mtime) =>
    link(home, '.aws/config', home.store(`store/${state}/config`, configOf(state), mtime)),
  'its folder': (home, state, mtime) =>
    link(home, '.aws', dirname(home.store(`store/${state}/config`, configOf(state), mtime))),
  'a link in between': (home, state, mtime) => {
    link(home, 'generation', dirname(home.store(`store/${state}/config`, configOf(state), mtime)))
    link(home, '.profile', 'generation')
    link(home, '.aws/config', '../.profile/config')
  },
}

/** The variables after a switch; undefined when it failed. */
function switchTo(shell: Shell, home: Home, name: string, before: string[] = []) {
  const lines = [...before, `assume ${name}`, shell.expectStatus(0), dumpTo(shell, home, 'at')]
  return runScript(shell, home, lines).status === 0 ? awsOf(readDump(home, 'at')) : undefined
}

const alone = mkdtempSync(join(tmpdir(), 'alone-'))
cpSync(join(repository, 'shell'), join(alone, 'shell'), { recursive: true })
afterAll(() => rmSync(alone, { recursive: true }))

/** A statement that loads assume anew from where no core is, so that whatever still switches is the shell itself. */
function loadAlone(shell: Shell): string {
  return shell.load.replaceAll(join(repository, 'shell'), join(alone, 'shell'))
}

/** The variables after a switch of the shell by itself. */
function switchAlone(shell: Shell, home: Home, name: string) {
  return switchTo(shell, home, name, [loadAlone(shell)])
}

/**
 * The variables after three switches in one shell, each with assume loaded anew: by itself, with the core, by itself.
 * Undefined for one that failed.
 */
function switchThrice(shell: Shell, home: Home, name: string) {
  const lines = [loadAlone(shell), shell.load, loadAlone(shell)].flatMap((load, index) => [
    load,
    attempt(shell, `assume ${name}`),
    dumpTo(shell, home, `at-${index}`),
    'assume --unset',
  ])
  runScript(shell, home, lines)
  return [0, 1, 2].map((index) => {
    const variables = awsOf(readDump(home, `at-${index}`))
    return Object.keys(variables).length > 0 ? variables : undefined
  })
}

describeShells('after a link was changed', shells, (shell) => {
  it('for the config file, the switch is the new one, by the core and then by the shell, and so it is after one back', async () => {
    const home = createHome()
    const relink = (state: State) => layouts['the config file']?.(home, state, 1)
    relink('new')
    relink('old')
    await makeIndex(home)
    expect(switchAlone(shell, home, 'one')).toMatchObject(seen('old'))
    for (const state of ['new', 'old'] as const) {
      relink(state)
      const [before, byCore, after] = switchThrice(shell, home, 'one')
      expect(before).toBeUndefined()
      expect([byCore, after]).toMatchObject([seen(state), seen(state)])
    }
  })

  it.each([
    ['its folder', 1],
    ['a link in between', 1],
    ['the config file', 0],
    ['the config file', 1_700_000_000],
  ] as const)(
    'for %s, with the time %s in all stores, no index of before is taken',
    async (layout, mtime) => {
      const home = createHome()
      for (const state of ['new', 'old'] as const) layouts[layout]?.(home, state, mtime)
      await makeIndex(home)
      expect(switchAlone(shell, home, 'one')).toMatchObject(seen('old'))
      layouts[layout]?.(home, 'new', mtime)
      expect(switchAlone(shell, home, 'one')).toBeUndefined()
      await makeIndex(home)
      expect(switchAlone(shell, home, 'one')).toMatchObject(seen('new'))
    },
  )

  it('for the settings, the switch goes by the new ones', async () => {
    const home = createHome()
    home.writeAws(configOf('old'))
    const relink = (value: string) =>
      link(home, '.config/assume/config', home.store(`store/${value}`, `assume_region = ${value}\n`))
    relink('off')
    await makeIndex(home)
    expect(switchAlone(shell, home, 'one')).not.toHaveProperty('AWS_REGION')
    relink('on ')
    expect(switchTo(shell, home, 'one')).toHaveProperty('AWS_REGION')
    relink('off')
    expect(switchTo(shell, home, 'one')).not.toHaveProperty('AWS_REGION')
    expect(switchAlone(shell, home, 'one')).not.toHaveProperty('AWS_REGION')
  })

  it('protect is in force when the new settings have it', async () => {
    const home = createHome()
    home.writeAws(configOf('old'))
    link(home, '.config/assume/config', home.store('store/without', 'assume_region = on\n'))
    await makeIndex(home)
    expect(switchAlone(shell, home, 'one')).toMatchObject(seen('old'))
    link(home, '.config/assume/config', home.store('store/with', '[plugin protect]\nenabled = yes\n'))
    const { status, stderr } = runScript(shell, home, [
      'assume one',
      shell.expectStatus(3),
      dumpTo(shell, home, 'at'),
    ])
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('protected') })
    expect(awsOf(readDump(home, 'at'))).toEqual({})
  })

  it('TAB offers the new names', async () => {
    const home = createHome()
    const relink = (name: string) =>
      link(home, '.aws/config', home.store(`store/${name}`, `[profile ${name}]\nregion = eu-west-1\n`))
    const offered = () =>
      runScript(shell, home, [shell.complete('assume p')])
        .stdout.trim()
        .split(/\s+/)
    relink('pa')
    await makeIndex(home)
    expect(offered()).toContain('pa')
    relink('pb')
    expect(offered()).toContain('pb')
    expect(offered()).not.toContain('pa')
  })

  it('any command that reads the profiles brings the index up to date', async () => {
    const home = createHome()
    layouts['the config file']?.(home, 'old', 1)
    await makeIndex(home)
    layouts['the config file']?.(home, 'new', 1)
    expect(await callCommand(home, ['list'])).toMatchObject({ status: 0 })
    expect(switchAlone(shell, home, 'one')).toMatchObject(seen('new'))
  })
})

// No shell has a part in that: their functions start the core for it as they find it.
it('credential-process gives the keys of the new account after a link was changed', async () => {
  const home = createHome()
  const session = { name: 'corp', startUrl: 'https://corp.awsapps.com/start' }
  const relink = (state: State) => {
    const [accountId] = states[state]
    const text = `[sso-session corp]\nsso_start_url = ${session.startUrl}\nsso_region = eu-west-1
[profile dev]\nsso_session = corp\nsso_account_id = ${accountId}\nsso_role_name = Dev\n`
    link(home, '.aws/config', home.store(`store/${state}`, text))
    const time = new Date(Date.now() + 3600_000).toISOString().replace(/\.\d+Z$/, 'Z')
    const keys = {
      AccessKeyId: `ASIA${state}`,
      SecretAccessKey: 'x',
      SessionToken: 'x',
      Expiration: time,
    }
    const name = ssoRoleFileName({ session, accountId, roleName: 'Dev' })
    home.write(`.aws/cli/cache/${name}`, JSON.stringify({ ProviderType: 'sso', Credentials: keys }))
  }
  const provide = () => {
    const { stdout } = runCore(home, ['credential-process', 'dev'])
    return (JSON.parse(stdout) as { AccessKeyId: string }).AccessKeyId
  }
  relink('old')
  await makeIndex(home)
  expect([provide(), provide()]).toEqual(['ASIAold', 'ASIAold'])
  relink('new')
  expect([provide(), provide()]).toEqual(['ASIAnew', 'ASIAnew'])
  relink('old')
  expect([provide(), provide()]).toEqual(['ASIAold', 'ASIAold'])
})

describeShells('files behind links', shells, (shell) => {
  it('are switched by without a process', async () => {
    const home = createHome()
    layouts['a link in between']?.(home, 'old', 1)
    link(home, '.config/assume/config', home.store('store/settings', 'assume_region = on\n'))
    link(home, '.config/assume/plugins', dirname(home.store('store/plugins/readme', '')))
    utimesSync(join(home.path, 'store/plugins'), 1, 1)
    chmodSync(join(home.path, 'store/plugins'), 0o555)
    onTestFinished(() => chmodSync(join(home.path, 'store/plugins'), 0o755))
    await makeIndex(home)
    const nothing = countStarted(shell, home, [shell.load])
    expect(countStarted(shell, home, [shell.load, 'assume one', 'assume base', 'assume -'])).toBe(nothing)
  })

  it('are left to the core when the guard is gone', async () => {
    const home = createHome()
    layouts['the config file']?.(home, 'old', 1)
    await makeIndex(home)
    const cache = join(home.path, '.cache/assume')
    const generation = readdirSync(cache).find((name) => name.startsWith('index-')) as string
    rmSync(join(cache, generation, '0-target'))
    // PowerShell follows the links itself and compares the path that they lead to.
    expect(switchAlone(shell, home, 'one') !== undefined).toBe(shell.name === 'pwsh')
    expect(switchTo(shell, home, 'one')).toMatchObject(seen('old'))
  })
})

describeShells('a file with a time that says nothing, and no link', shells, (shell) => {
  it.each([0, 1])('is left to the core: %s', async (mtime) => {
    const home = createHome()
    stamp(home, '.aws/config', configOf('old'), mtime)
    await makeIndex(home)
    expect(switchAlone(shell, home, 'one')).toBeUndefined()
  })

  it('is left to the core, until the time says something', async () => {
    const home = createHome()
    stamp(home, '.aws/config', configOf('old'), 1)
    const thrice = switchThrice(shell, home, 'one')
    expect(thrice).toMatchObject([undefined, seen('old'), undefined])
    stamp(home, '.aws/config', configOf('new'), 1)
    expect(switchTo(shell, home, 'one')).toMatchObject(seen('new'))
    home.writeAws(configOf('new'))
    expect(switchThrice(shell, home, 'one').slice(1)).toMatchObject([seen('new'), seen('new')])
  })

  it('is no better off when it is spelled as if there were a link', async () => {
    const home = createHome()
    const path = stamp(home, '.aws/config', configOf('old'), 1).replace('/.aws/', '//.aws/./')
    await makeIndex(home, { AWS_CONFIG_FILE: path })
    const spelled = shell.setExported('AWS_CONFIG_FILE', path)
    expect(switchTo(shell, home, 'one', [spelled, loadAlone(shell)])).toBeUndefined()
    stamp(home, '.aws/config', configOf('new'), 1)
    expect(switchTo(shell, home, 'one', [spelled])).toMatchObject(seen('new'))
  })
})

describeShells(
  'a file behind a link whose time says nothing, and which can be written to',
  shells,
  (shell) => {
    it('is left to the core, which sees what takes its place', async () => {
      const home = createHome()
      const write = (state: State) => stamp(home, 'dotfiles/config', configOf(state), 1)
      link(home, '.aws/config', write('old'))
      await makeIndex(home)
      expect(switchThrice(shell, home, 'one')).toMatchObject([undefined, seen('old'), undefined])
      write('new')
      expect(switchTo(shell, home, 'one')).toMatchObject(seen('new'))
    })
  },
)

describeShells('a file that took the place of one of the same time and size', shells, (shell) => {
  const replacements: Record<string, (home: Home, path: string) => void> = {
    'another file': (home, path) => renameSync(stamp(home, 'other', configOf('new'), 1_700_000_000), path),
    'the same file, written over': (_home, path) => {
      writeFileSync(path, configOf('new'))
      utimesSync(path, 1_700_000_000, 1_700_000_000)
    },
  }
  it.each(Object.keys(replacements))('%s, is seen by the core, and then by the shell', async (kind) => {
    const home = createHome()
    const path = stamp(home, '.aws/config', configOf('old'), 1_700_000_000)
    await makeIndex(home)
    expect(switchAlone(shell, home, 'one')).toMatchObject(seen('old'))
    replacements[kind]?.(home, path)
    const { stdout } = await callCommand(home, ['env', 'one', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({ set: { AWS_REGION: 'us-west-2' } })
    expect(switchAlone(shell, home, 'one')).toMatchObject(seen('new'))
  })
})

describeShells('a link that took the place of what was none, to a file of the same time', shells, (shell) => {
  it.each(['the home folder', 'a link to the home folder'])(
    'is seen by the shell, below %s',
    async (kind) => {
      const real = createHome()
      const home =
        kind === 'the home folder' ? real : Object.assign(createHome(), { path: join(real.path, 'home') })
      if (home !== real) {
        mkdirSync(join(real.path, 'real'))
        symlinkSync('real', home.path)
      }
      stamp(home, '.aws/config', configOf('old'), 1_700_000_000)
      await makeIndex(home)
      expect(switchAlone(shell, home, 'one')).toMatchObject(seen('old'))
      link(home, '.aws/config', stamp(home, 'elsewhere/config', configOf('new'), 1_700_000_000))
      expect(switchThrice(shell, home, 'one')).toMatchObject([undefined, seen('new'), seen('new')])
    },
  )
})

/** Loads the functions of the version before, as a shell has that was started before an upgrade. */
function loadFormer(shell: Shell, home: Home): string {
  const former = join(home.path, 'former')
  cpSync(join(fixtures, 'contract-1'), join(former, 'shell'), { recursive: true })
  for (const folder of ['bin', 'dist']) symlinkSync(join(repository, folder), join(former, folder))
  return shell.load.replaceAll(join(repository, 'shell'), join(former, 'shell'))
}

/** The same of the version just before this one, which differs in its numbers. */
function loadLatest(shell: Shell, home: Home): string {
  const load = loadFormer(shell, home)
  const folder = join(home.path, 'former/shell')
  rmSync(folder, { recursive: true })
  cpSync(join(repository, 'shell'), folder, { recursive: true })
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!statSync(path).isFile()) continue
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text.replace(/(ASSUME_CONTRACT\W+)4/, '$13').replace('assume-index 6', 'assume-index 5'),
    )
  }
  return load
}

describeShells('functions of an earlier version', shells, (shell) => {
  const former = (home: Home, lines: string[], env = {}) =>
    runScript({ ...shell, load: loadFormer(shell, home) }, home, lines, { env })

  it('go on by the core, and say once that a new shell is due', async () => {
    const home = createHome()
    home.writeAws(configOf('old'))
    await makeIndex(home)
    const { status, stderr } = former(home, [
      'assume one',
      shell.expectStatus(0),
      dumpTo(shell, home, 'one'),
      'assume base',
      shell.expectStatus(0),
      dumpTo(shell, home, 'base'),
      'assume -',
      shell.expectStatus(0),
      'assume --unset',
      shell.expectStatus(0),
      dumpTo(shell, home, 'after'),
    ])
    expect(status).toBe(0)
    expect(stderr.match(/open a new shell/g)).toHaveLength(1)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(awsOf(readDump(home, 'one'))).toMatchObject({ AWS_PROFILE: 'one', ...seen('old') })
    expect(awsOf(readDump(home, 'base'))).toMatchObject({ AWS_PROFILE: 'base' })
    expect(awsOf(readDump(home, 'base'))).not.toHaveProperty('ASSUME_ACCOUNT_ID')
    expect(awsOf(readDump(home, 'after'))).toEqual({})
  })

  it('never switch by an index of today, nor today by theirs, and leave no mark in a shell that they have started', async () => {
    const home = createHome()
    home.writeAws(configOf('old'))
    await makeIndex(home)
    const lines = ['assume one', shell.expectStatus(0), dumpTo(shell, home, 'at')]
    expect(former(home, lines)).toMatchObject({ status: 0, stderr: expect.stringContaining('new shell') })
    const base = ['assume base', shell.expectStatus(0), dumpTo(shell, home, 'base')]
    const inherited = { env: awsOf(readDump(home, 'at')) }
    expect(runScript(shell, home, base, inherited)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(Object.keys(awsOf(readDump(home, 'base')))).toEqual([
      'ASSUME_PROFILE',
      'ASSUME_VARS',
      'AWS_PROFILE',
    ])
    const index = join(home.path, '.cache/assume/index')
    const text = readFileSync(index, 'utf8')
    expect(text).toMatch(/^assume-index 6/)
    home.write('.cache/assume/index', text.replace('assume-index 6', 'assume-index 2'))
    expect(switchAlone(shell, home, 'one')).toBeUndefined()
    expect(switchTo(shell, home, 'one')).toMatchObject(seen('old'))
  })

  it('of the version just before do the same', async () => {
    const home = createHome()
    home.writeAws(configOf('old'))
    await makeIndex(home)
    const lines = ['assume one', shell.expectStatus(0), dumpTo(shell, home, 'one')]
    const { status, stderr } = runScript({ ...shell, load: loadLatest(shell, home) }, home, lines)
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('new shell') })
    expect(awsOf(readDump(home, 'one'))).toMatchObject({ AWS_PROFILE: 'one', ...seen('old') })
  })
})
