import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callCommand, type RunCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'

const keys = 'aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = fake\n'
const config = `[profile dev]\n${keys}region = eu-west-1\n[profile guarded]\n${keys}`
const sso = `sso_session = corp
sso_account_id = 111122223333
sso_role_name = Dev
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[profile \u00fcber]
${keys}`
const guard = '[plugin protect]\nenabled = yes\nhooks = guard\nprofiles = guarded\n'

/** A home without a profile index. */
function start(more = ''): Home {
  const home = createHome()
  home.writeAws(config + more, '[other]\n')
  home.write('.config/assume/config', guard)
  return home
}

const indexOf = (home: Home) => join(home.path, '.cache/assume/index')

/** Whether the next core finds the profile in the index, and so the next shell. */
async function isFound(home: Home, name = 'dev', run: RunCommand = callCommand): Promise<boolean> {
  const { stderr } = await run(home, ['env', name, '--shell', 'bash', '--verbose'])
  return stderr.includes(`profile ${name}: from the profile index`)
}

const session = [
  '--session',
  'corp',
  '--start-url',
  'https://corp.awsapps.com/start',
  '--sso-region',
  'eu-west-1',
]
const role = ['--account', '111122223333', '--role-name', 'Dev', '--region', 'eu-west-1', '--output', 'json']

describe('the profile index is up to date after', () => {
  it('assume list, and is found by the next core', async () => {
    const home = start()
    expect(runCore(home, ['list'])).toMatchObject({ status: 0 })
    const { ino } = statSync(indexOf(home))
    expect(await isFound(home, 'dev', runCore)).toBe(true)
    expect(statSync(indexOf(home)).ino).toBe(ino)
  })

  it.each([
    [['status']],
    [['env', 'dev', '--shell', 'bash']],
    [['dev', '--dry-run']],
    [['env', 'dev', '--export', '--shell', 'bash']],
    [['credential-process', 'dev']],
    [['credentials-file', 'dev', '--as', 'kept']],
    [['settings', 'set', 'assume_login', 'pkce']],
    [['plugin', 'enable', 'vars']],
    [['plugin', 'disable', 'protect']],
    [['configure', '--yes', '--profile', 'new', ...session, ...role]],
  ])('assume %j', async (words) => {
    const home = start()
    expect(await callCommand(home, words)).toMatchObject({ status: 0 })
    const { ino } = statSync(indexOf(home))
    const name = words[0] === 'plugin' && words[1] === 'enable' ? undefined : 'dev'
    if (name !== undefined) expect(await isFound(home)).toBe(true)
    else await callCommand(home, ['list'])
    expect(statSync(indexOf(home)).ino).toBe(ino)
  })

  it.each([
    ['a switch without a function', ['dev'], 2],
    ['a guard that nobody can pass', ['env', 'guarded', '--shell', 'bash'], 3],
    ['keys that are not there', ['credential-process', 'other'], 1],
  ])('a failure: %s', async (_what, words, status) => {
    const home = start()
    expect(await callCommand(home, words)).toMatchObject({ status, stdout: '' })
    expect(await isFound(home)).toBe(true)
  })

  it('a failure of the executable, which is told after that', async () => {
    const home = start()
    expect(runCore(home, ['env', 'nobody', '--shell', 'bash'])).toMatchObject({ status: 2, stdout: '' })
    expect(await isFound(home, 'dev', runCore)).toBe(true)
  })

  it('keys have been taken out of the credentials file', async () => {
    const home = start()
    await callCommand(home, ['credentials-file', 'dev', '--as', 'kept'])
    const { ino } = statSync(indexOf(home))
    expect((await callCommand(home, ['credentials-file', '--as', 'kept', '--remove'])).status).toBe(0)
    expect(statSync(indexOf(home)).ino).not.toBe(ino)
    expect(await isFound(home)).toBe(true)
  })

  it('an edit that the command has made itself, with the profile that it has written', async () => {
    const home = start()
    expect(await isFound(home)).toBe(false)
    expect(await isFound(home)).toBe(true)
    expect(
      (await callCommand(home, ['configure', '--yes', '--profile', 'new', ...session, ...role])).status,
    ).toBe(0)
    home.logIn('corp')
    expect((await callCommand(home, ['list'])).status).toBe(0)
    expect(await isFound(home, 'new')).toBe(true)
  })

  it('is not what settings that are only read are for', async () => {
    const home = start()
    for (const words of [['settings'], ['plugin'], ['list', '--help']]) await callCommand(home, words)
    expect(statSync(indexOf(home), { throwIfNoEntry: false })).toBeUndefined()
  })
})

describe('a profile index that has lost a part is built anew', () => {
  const partsOf = (home: Home) => {
    const cache = join(home.path, '.cache/assume')
    const folder = join(cache, readdirSync(cache).find((name) => name.startsWith('index-')) as string)
    return readdirSync(folder).map((name) => ({ name, path: join(folder, name) }))
  }
  const isEmpty = (path: string) => statSync(path).size === 0
  const reason = 'a part of the profile index is gone, or was never written'

  describe.each<[string, (name: string, path: string) => boolean]>([
    ['its rows', (name) => name.startsWith('rows-')],
    ['the rows of other names', (name) => name === 'rows-other'],
    ['what sources are newer than', (name) => name.endsWith('-older')],
    ['what one source is older than', (name) => name === '0-newer'],
    ['the list of sessions', (name) => name === 'sessions'],
    ['the names of sessions', (name) => name === 'session-names'],
    ['whatever is empty', (_name, path) => isEmpty(path)],
    ['everything', () => true],
  ])('%s', (what, isLost) => {
    async function lose(): Promise<Home> {
      const home = createHome()
      home.writeAws(`${config}[profile sso]\n${sso}`)
      home.write('.config/assume/config', guard)
      home.logIn('corp')
      await callCommand(home, ['list'])
      const parts = partsOf(home)
      const lost = parts.filter(({ name, path }) => isLost(name, path))
      expect(lost).not.toEqual([])
      for (const { path } of lost) rmSync(path)
      return home
    }

    it.each([[['list']], [['status']]])('by assume %j', async (words) => {
      const home = await lose()
      const built = 'the profile index is built anew'
      expect((await callCommand(home, [...words, '--verbose'])).stderr).toContain(built)
      expect((await callCommand(home, [...words, '--verbose'])).stderr).not.toContain(built)
      for (const name of ['dev', 'sso']) expect(await isFound(home, name)).toBe(true)
    })

    it('by a switch that has missed it', async () => {
      const home = await lose()
      const names = ['dev', 'sso', '\u00fcber']
      const said: string[] = []
      for (const name of names)
        said.push((await callCommand(home, ['env', name, '--shell', 'bash', '--verbose'])).stderr)
      const isMissed = what !== 'the names of sessions'
      expect(said.filter((text) => text.includes(`to the core: ${reason}`))).toHaveLength(isMissed ? 1 : 0)
      for (const name of names) expect(await isFound(home, name)).toBe(true)
    })
  })
})

it('is the one that shells look for after a switch that has set XDG_CACHE_HOME', async () => {
  const home = start()
  home.writeAws(config)
  const index = join(home.path, 'other/assume/index')
  const env = { XDG_CACHE_HOME: join(home.path, 'other'), ASSUME_VARS: 'AWS_PROFILE XDG_CACHE_HOME' }
  for (const words of [['env', 'dev', '--shell', 'bash'], ['list'], ['credential-process', 'dev']]) {
    rmSync(join(home.path, 'other'), { recursive: true, force: true })
    expect((await callCommand(home, words, { env })).status).toBe(0)
    const { ino } = statSync(index)
    const { stderr } = await callCommand(home, ['env', 'dev', '--shell', 'bash', '--verbose'], { env })
    expect(stderr).toContain('profile dev: from the profile index')
    expect(statSync(index).ino).toBe(ino)
  }
  expect(statSync(indexOf(home), { throwIfNoEntry: false })).toBeUndefined()
})

describe('the command of exec finds it done', () => {
  it.each([
    ['in place of the core', join(repository, 'bin/assume'), []],
    ['below it', process.execPath, [join(repository, 'bin/assume.cjs')]],
  ])('%s', (_how, program, words) => {
    const home = start()
    const script = `cat "${indexOf(home)}"; exit 7`
    const all = [...words, 'exec', 'dev', '--', 'sh', '-c', script]
    const result = spawnSync(program, all, { env: baseEnvironment(home), encoding: 'utf8' })
    expect(result).toMatchObject({ status: 7, stderr: '', stdout: expect.stringContaining('\ndev\t') })
  })
})

describe('what of the files is not understood', () => {
  const broken = 'no equals sign\nnor here\n'
  const warning = /^assume: warning: ~\/\.aws\/config: 1 line is not understood; assume doctor config$/gm
  const warningsOf = async (home: Home, words: readonly string[]) =>
    (await callCommand(home, words)).stderr.match(warning)?.length ?? 0

  it.each([
    [['settings', 'set', 'assume_login', 'pkce']],
    [['env', 'dev', '--shell', 'bash']],
    [['credential-process', 'dev']],
    [['env', 'nobody', '--shell', 'bash']],
    [['list']],
    [['status']],
  ])('is said once, by the command that builds the index: assume %j', async (words) => {
    const home = start(broken)
    const first = await warningsOf(home, words)
    expect(first).toBe(1)
    expect(await warningsOf(home, ['env', 'dev', '--shell', 'bash'])).toBe(0)
    expect(await warningsOf(home, words)).toBe(0)
  })

  it('is named line by line by assume list --json, each time, and by assume doctor', async () => {
    const home = start(broken)
    for (const words of [
      ['list', '--json'],
      ['list', '--json'],
      ['doctor', 'config'],
    ]) {
      const { stdout, stderr } = await callCommand(home, words)
      expect(stdout + stderr, words.join(' ')).toMatch(/~\/\.aws\/config:\d+: no `=`/)
    }
  })

  it('is said each time where there is no index', async () => {
    const home = start(broken)
    home.write('.cache/assume', 'no folder')
    const words = ['env', 'dev', '--shell', 'bash']
    expect(await warningsOf(home, words)).toBe(await warningsOf(home, words))
    expect(await warningsOf(home, words)).toBeGreaterThan(0)
    expect(readFileSync(join(home.path, '.cache/assume'), 'utf8')).toBe('no folder')
  })
})
