import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatRecords } from '../../src/directories/record.ts'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { startCore } from '../support/core-process.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { give, isRoot, otherUser } from '../support/other-user.ts'
import { baseEnvironment } from '../support/shell.ts'

const config = `[sso-session s]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1

[profile dev]
sso_session = s
sso_account_id = 123456789012
sso_role_name = Admin
region = eu-west-1

[profile china]
role_arn = arn:aws-cn:iam::123456789012:role/r
source_profile = keys

[profile mfa]
role_arn = arn:aws:iam::123456789012:role/r
source_profile = keys
mfa_serial = arn:aws:iam::123456789012:mfa/u

[profile keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = x

[profile as-keys]
sso_session = s
sso_account_id = 123456789012
sso_role_name = Admin
assume_mode = export

[profile prod]
sso_session = s
sso_account_id = 123456789012
sso_role_name = Admin

[profile list]
sso_session = s
sso_account_id = 123456789012
sso_role_name = Admin

[profile #odd]
region = eu-west-1
`

/** A home with a project in it. */
class Place {
  readonly home: Home = createHome()
  readonly project = join(this.home.path, 'p')
  readonly file = join(this.project, '.aws-profile')

  constructor() {
    this.home.write('.aws/config', config)
    this.home.logIn('s')
    mkdirSync(join(this.project, 'below'), { recursive: true })
  }

  says(text: string | Uint8Array, directory = 'p', name = '.aws-profile'): void {
    this.home.write(join(directory, name), text)
  }

  call(
    words: readonly string[],
    options: { cwd?: string; answers?: string[]; screen?: string[]; env?: Record<string, string> } = {},
  ) {
    return callCommand(this.home, ['here', ...words], { cwd: this.project, ...options })
  }

  async show(cwd = this.project, env: Record<string, string> = {}) {
    const { stdout, status } = await this.call(['--json'], { cwd, env })
    expect(status).toBe(0)
    return JSON.parse(stdout)
  }

  get records(): string {
    return join(this.home.path, '.local/state/assume/directories')
  }

  get own(): string {
    return join(this.records, String(this.project.length))
  }
}

describe('assume here', () => {
  it('sets, shows, denies and forgets', () => {
    const home = createHome()
    home.write('.aws/config', config)
    const none = runCore(home, ['here'])
    expect(none).toMatchObject({ status: 0, stderr: '' })
    expect(none.stdout).toBe(
      [
        'file     none in ~',
        'shell    does not go by directories',
        '',
        'to give this directory a profile:',
        '  assume here PROFILE',
        '',
        'for shells to go by directories:',
        '  assume setup --directories',
        '',
      ].join('\n'),
    )
    expect(runCore(home, ['here', 'dev', '--region', 'use1'])).toEqual({
      status: 0,
      stdout: 'created ~/.aws-profile\n~/.aws-profile: allowed (dev, region us-east-1)\n',
      stderr: '',
    })
    const file = join(home.path, '.aws-profile')
    expect(readFileSync(file, 'utf8')).toBe('dev\nus-east-1\n')
    expect(lstatSync(file).mode & 0o777).toBe(0o644 & ~process.umask())
    const records = join(home.path, '.local/state/assume/directories')
    const path = join(records, String(home.path.length))
    expect(readFileSync(path, 'utf8')).toBe(
      `assume-directories 1\nallow\x1f${home.path}\x1fdev\x1fus-east-1\x1fdev\x1eus-east-1\x1e\n`,
    )
    expect([lstatSync(records).mode & 0o777, lstatSync(path).mode & 0o777]).toEqual([0o700, 0o600])
    expect(runCore(home, ['here'], { env: { ASSUME_LOADED: '4 interactive directories' } }).stdout).toBe(
      [
        'file     ~/.aws-profile',
        'says     dev, region us-east-1',
        'in force yes: it is allowed as it is',
        'shell    goes by directories',
        '',
      ].join('\n'),
    )
    expect(runCore(home, ['here', '--deny']).stdout).toBe('~: denied\n')
    expect(readFileSync(path, 'utf8')).toBe(`assume-directories 1\ndeny\x1f${home.path}\n`)
    expect(runCore(home, ['here', '--forget']).stdout).toBe('~: forgotten\n')
    expect(existsSync(path)).toBe(false)
  })

  it.each([
    ['dev\n', 'unrecorded', 'it has not been allowed', 'assume here --allow'],
    ['', 'grammar', 'it names no profile', 'assume here PROFILE'],
    ['dev\neu-west-1\nx\n', 'grammar', 'line 3 is one too many', 'assume here PROFILE'],
    ['x'.repeat(1001), 'too-large', 'more than 1000 bytes', 'rm '],
    ['dev\0', 'no-text', 'line 1 has a control character', 'rm '],
    ['dve\n', 'unknown-profile', 'did you mean dev?', 'assume list'],
    ['dev\nuse1\n', 'unknown-region', 'there is no AWS region use1', 'assume here dev --region us-east-1'],
    ['dev\nus-east\n', 'unknown-region', 'did you mean us-east-1', 'assume here dev --region us-east-1'],
    ['dev\naws-global\n', 'unknown-region', 'there is no AWS region', 'assume here dev --region us-east-1'],
    [
      'dev\ncn-north-1\n',
      'other-partition',
      'of partition aws-cn, and profile dev of aws',
      'assume here dev',
    ],
    [
      'china\nus-east-1\n',
      'other-partition',
      'of partition aws, and profile china of aws-cn',
      'assume here china',
    ],
    ['none\neu-west-1\n', 'region-of-none', 'none means no profile', 'assume here none'],
  ])('says of %j that it is not in force: %s', async (text, reason, detail, command) => {
    const place = new Place()
    place.says(text)
    const shown = await place.show()
    expect(shown).toMatchObject({ inForce: false, reason, detail: expect.stringContaining(detail) })
    const { stdout, status } = await place.call([])
    expect(status).toBe(0)
    expect(stdout).toContain(`in force no: ${shown.detail}\n`)
    expect(stdout).toContain(`\n  ${command}`)
    const allowed = await place.call(['--allow'])
    if (reason === 'unrecorded') expect(allowed.status).toBe(0)
    else {
      expect(allowed.status).toBe(reason === 'unknown-profile' ? 2 : 1)
      expect(allowed.stderr).toContain(`${place.file}`)
      expect(allowed.stderr).toContain(detail)
      expect(allowed.stderr).toContain(`\n  ${command}`)
      expect(existsSync(place.records)).toBe(false)
    }
  })

  it('reads no more of a file than it can have', async () => {
    const place = new Place()
    place.says(new Uint8Array(1 << 20))
    expect(await place.show()).toMatchObject({ inForce: false, reason: 'too-large' })
  })

  it('knows a link, a directory, and what belongs to somebody else', async () => {
    const place = new Place()
    place.says('dev\n', 'other')
    symlinkSync('../other/.aws-profile', place.file)
    expect(await place.show()).toMatchObject({ inForce: false, reason: 'link' })
    rmSync(place.file)
    symlinkSync('nowhere', place.file)
    place.says('prod\n', 'p', '.awsprofile')
    expect(await place.show()).toMatchObject({ inForce: false, reason: 'link', file: place.file })
    for (const words of [['--allow'], ['dev'], ['dev', '--yes']]) {
      const { status, stderr } = await place.call(words)
      expect([status, stderr]).toEqual([1, expect.stringContaining('is not taken: it is a link\n  ls -l ')])
    }
    rmSync(place.file)
    mkdirSync(place.file)
    expect(await place.show()).toMatchObject({ reason: 'no-file', detail: 'it is a directory' })
    expect((await place.call(['--allow'])).status).toBe(1)
    expect((await place.call(['dev'])).status).toBe(1)
    rmSync(place.file, { recursive: true })
    if (!isRoot) return
    place.says('dev\n')
    give(place.file, otherUser)
    expect(await place.show()).toMatchObject({ reason: 'not-own' })
    const { stderr } = await place.call(['--allow'])
    expect(stderr).toContain(`it belongs to another user (${otherUser})`)
    expect((await place.call(['dev', '--yes'])).status).toBe(1)
    expect(readFileSync(place.file, 'utf8')).toBe('dev\n')
  })

  it('takes the nearest file, and .aws-profile before .awsprofile', async () => {
    const place = new Place()
    const below = join(place.project, 'below')
    place.says('dev', '.')
    expect(await place.show(below)).toMatchObject({
      file: join(place.home.path, '.aws-profile'),
      name: 'dev',
    })
    place.says('prod', 'p', '.awsprofile')
    expect(await place.show(below)).toMatchObject({ file: join(place.project, '.awsprofile'), name: 'prod' })
    place.says('none')
    expect(await place.show(below)).toMatchObject({
      file: place.file,
      none: true,
      fileDirectory: place.project,
    })
    expect(await place.show(below)).not.toHaveProperty('name')
  })

  it('looks at nothing above the home folder, and up to the root outside of it', async () => {
    const place = new Place()
    place.says('dev')
    const home = join(place.project, 'below')
    const inner = join(home, 'x')
    mkdirSync(inner)
    expect(
      await place.show(inner, { HOME: home, AWS_CONFIG_FILE: join(place.home.path, '.aws/config') }),
    ).not.toHaveProperty('file')
    expect(await place.show(inner, { HOME: join(place.home.path, 'elsewhere') })).toHaveProperty('file')
    // The beginning of a name is no directory above.
    expect(await place.show(inner, { HOME: home.slice(0, -1) })).toHaveProperty('file')
  })

  it('goes by the path that the shell shows', async () => {
    const place = new Place()
    const link = join(place.home.path, 'link')
    symlinkSync('p', link)
    place.says('dev')
    const env = { PWD: join(link, 'below') }
    expect(await place.show(join(place.project, 'below'), env)).toMatchObject({ fileDirectory: link })
    await place.call(['--allow'], { cwd: join(place.project, 'below'), env })
    expect(await place.show(join(place.project, 'below'), env)).toMatchObject({ reason: 'allowed' })
    expect(await place.show(place.project)).toMatchObject({ reason: 'unrecorded' })
    for (const PWD of ['relative', join(link, '../p'), place.home.path, join(place.home.path, 'none')])
      expect(await place.show(place.project, { PWD })).toMatchObject({
        directory: realpathSync(place.project),
      })
  })

  it('says so where the current directory is gone', () => {
    const place = new Place()
    const gone = join(place.home.path, 'gone')
    mkdirSync(gone)
    const script = `cd ${gone} && rmdir ${gone} && exec ${repository}/bin/assume here`
    const { status, stderr } = spawnSync('sh', ['-c', script], {
      env: baseEnvironment(place.home),
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^assume: the current directory is gone\n {2}cd\n$/m),
    ])
  })

  it('is in force while the file says what was allowed, and tells what has changed', async () => {
    const place = new Place()
    place.says('# team\ndev\n')
    await place.call(['--allow'])
    expect(await place.show()).toMatchObject({
      inForce: true,
      reason: 'allowed',
      name: 'dev',
      record: 'allow',
    })
    place.says('# Team\ndev\n')
    expect(await place.show()).toMatchObject({
      inForce: false,
      reason: 'changed',
      detail: 'it has changed since it was allowed, but not in what it asks for',
    })
    place.says('prod\n')
    expect(await place.show()).toMatchObject({
      detail: 'it has changed since it was allowed, when it said: dev',
      allowed: { name: 'dev' },
    })
    place.says('# team\ndev\n')
    expect(await place.show()).toMatchObject({ reason: 'allowed' })
    place.home.write('.aws/config', config.replace('[profile dev]', '[profile gone]'))
    expect(await place.show()).toMatchObject({ inForce: false, reason: 'unknown-profile' })
  })

  it('denies what is there, or what may come', async () => {
    const place = new Place()
    const below = join(place.project, 'below')
    expect((await place.call(['--deny'], { cwd: below })).stdout).toBe('~/p/below: denied\n')
    place.says('prod')
    expect((await place.call(['--deny'])).stdout).toBe('~/p: denied\n')
    place.says('changed since')
    expect(await place.show()).toMatchObject({ inForce: false, reason: 'denied', record: 'deny' })
    expect((await place.call([])).stdout).toContain('assume here --forget')
    expect((await place.call(['--forget'])).stdout).toBe('~/p: forgotten\n')
    expect((await place.call(['--forget'])).stdout).toBe('~/p: nothing was recorded\n')
    expect((await place.call(['--allow'], { cwd: place.home.path })).stderr).toContain('assume here PROFILE')
  })

  it('keeps the records of other directories of the same length', async () => {
    const place = new Place()
    const twin = join(place.home.path, 'q')
    mkdirSync(twin)
    await place.call(['dev'])
    await place.call(['none'], { cwd: twin })
    await place.call(['--deny'])
    expect(readFileSync(place.own, 'utf8')).toContain(`\nallow\x1f${twin}\x1fnone\x1f\x1fnone\x1e\n`)
    expect(readFileSync(place.own, 'utf8')).toContain(`\ndeny\x1f${place.project}\n`)
    const umlaut = join(place.home.path, 'ü')
    mkdirSync(umlaut)
    await place.call(['dev'], { cwd: umlaut })
    expect(readdirSync(place.records).sort()).toEqual([String(twin.length), 'other'])
  })

  it('loses no record to others who write at the same time', async () => {
    const place = new Place()
    const names = ['a', 'b', 'c', 'd', 'e']
    for (const name of names) place.says('dev', name)
    const cores = names.map((name) =>
      startCore(place.home, ['here', '--deny', '--tree', join(place.home.path, name)]),
    )
    for (const { status } of await Promise.all(cores)) expect(status).toBe(0)
    const lines = readFileSync(join(place.records, 'trees'), 'utf8').split('\n').slice(1, -1).sort()
    expect(lines).toEqual(names.map((name) => `deny\x1f${join(place.home.path, name)}`))
  })
})

describe('on a terminal assume here', () => {
  it('asks whether to allow what is not recorded, and takes no for an answer', async () => {
    const place = new Place()
    place.says('dev\n')
    const screen: string[] = []
    const no = await place.call([], { answers: ['n'], screen })
    expect(no).toMatchObject({ status: 0, stdout: '', stderr: '' })
    expect(screen.join('')).toContain('in force no: it has not been allowed')
    expect(screen.join('')).toContain('Allow it? [Y/n] ')
    expect(existsSync(place.records)).toBe(false)
    expect((await place.call([], { answers: ['y'] })).stdout).toBe('~/p/.aws-profile: allowed (dev)\n')
    expect((await place.call([], { answers: [] })).stdout).toContain('in force yes')
  })

  it('shows what has changed, and records what it has shown', async () => {
    const place = new Place()
    place.says('dev\n')
    await place.call(['--allow'])
    place.says('prod\n')
    const screen: string[] = []
    await place.call([], { answers: ['y'], screen, env: { NO_COLOR: '1' } })
    expect(screen.join('')).toContain('-dev\n+prod\n')
    expect(readFileSync(place.own, 'utf8')).toContain('\x1fprod\x1f\x1fprod\x1e\n')
  })

  it('asks nothing where it is denied, or can never be in force', async () => {
    const place = new Place()
    place.says('nobody has this\n')
    expect((await place.call([], { answers: [] })).stdout).toContain('in force no: there is no profile')
    await place.call(['--deny'])
    expect((await place.call([], { answers: [] })).stdout).toContain('in force no: it is denied')
  })
})

describe('assume here PROFILE', () => {
  it('changes a file that says something else when it is told to, and keeps its comments', async () => {
    const place = new Place()
    place.says('# ours\nprod\n')
    chmodSync(place.file, 0o640)
    const refused = await place.call(['dev'])
    expect(refused.status).toBe(3)
    expect(refused.stderr).toContain('assume here dev --yes')
    expect(refused.stdout).toContain('-prod\n+dev\n')
    expect((await place.call(['dev'], { answers: ['n'] })).stdout).toBe('nothing was changed\n')
    expect([readFileSync(place.file, 'utf8'), existsSync(place.records)]).toEqual(['# ours\nprod\n', false])
    expect((await place.call(['dev'], { answers: ['y'] })).stdout).toBe(
      'changed ~/p/.aws-profile\n~/p/.aws-profile: allowed (dev)\n',
    )
    expect(readFileSync(place.file, 'utf8')).toBe('# ours\ndev\n')
    expect(lstatSync(place.file).mode & 0o777).toBe(0o640)
    expect((await place.call(['--yes', 'none'])).status).toBe(0)
    expect((await place.call(['none'])).stdout).toBe('~/p/.aws-profile: allowed (no profile)\n')
    expect(await place.show()).toMatchObject({ inForce: true, none: true })
  })

  it('asks nothing for a new file', async () => {
    const place = new Place()
    expect((await place.call(['--profile=list'], { answers: [] })).status).toBe(0)
    expect(readFileSync(place.file, 'utf8')).toBe('list\n')
  })

  it.each([
    [['dve'], 2, 'did you mean dev?'],
    [['dev', '-r', 'us-east'], 2, 'there is no AWS region us-east'],
    [['dev', '-r', 'cn-north-1'], 1, 'of partition aws-cn'],
    [['none', '-r', 'eu-west-1'], 1, 'none means no profile'],
    [['#odd'], 1, 'no file can name profile #odd'],
    [['dev', '--allow'], 2, 'PROFILE and --allow do not go together'],
    [['dev', '--json'], 2, 'PROFILE and --json do not go together'],
    [['dev', '-p', 'dev'], 2, 'the profile is named twice'],
    [['-r', 'eu-west-1'], 2, '--region needs a PROFILE'],
    [['--yes'], 2, '--yes needs a PROFILE'],
    [['--allow', '--deny'], 2, '--allow and --deny do not go together'],
    [['--forget', '--json'], 2, '--json and --forget do not go together'],
    [['--tree', '.'], 2, '--tree needs --allow, --deny or --forget'],
    [['--profiles', 'x', '--allow'], 2, '--profiles needs --tree DIR'],
    [['--allow', '--tree', '.'], 2, '--allow --tree needs --profiles'],
    [['--deny', '--tree', '.', '--profiles', 'x'], 2, '--deny takes no --profiles'],
    [['--deny', '--tree', '/'], 2, 'a tree has to be a directory below /'],
    [['--deny', '--tree', '/tmp/../..'], 2, 'a tree has to be a directory below /'],
    [['--deny', '--tree', 'nowhere'], 1, 'there is no directory'],
    [['--deny', '--tree', '../.aws/config'], 1, 'there is no directory'],
    [['--allow', '--tree', '.', '--profiles', 'a,,b'], 2, 'not ""'],
    [['--allow', '--tree', '.', '--profiles', 'a,b?'], 2, 'not b?'],
  ])('%j is exit %i', async (words, status, message) => {
    const place = new Place()
    const result = await place.call(words)
    expect([result.status, result.stderr]).toEqual([status, expect.stringContaining(message)])
    expect([existsSync(place.file), existsSync(place.records)]).toEqual([false, false])
  })

  it('records nothing for a path that shells could not read', async () => {
    const place = new Place()
    const odd = join(place.home.path, 'a\nb')
    mkdirSync(odd)
    for (const words of [['dev'], ['--deny'], ['--deny', '--tree', '.']]) {
      const { status, stderr } = await place.call(words, { cwd: odd })
      expect([status, stderr]).toEqual([1, expect.stringContaining('nothing can be recorded for')])
      expect(stderr).not.toContain('a\nb')
    }
    expect(existsSync(join(odd, '.aws-profile'))).toBe(false)
  })

  it.each([
    ['mfa', 'it needs an MFA code', 'assume mfa'],
    ['as-keys', 'a switch to it exports keys', 'assume as-keys'],
    ['prod', 'a plugin guards it', 'assume prod'],
  ])('warns that the directory does not switch to %s: %s', async (name, reason, command) => {
    const place = new Place()
    place.home.write(
      '.config/assume/config',
      '[plugin protect]\nenabled = yes\nhooks = guard\nprofiles = prod\n',
    )
    const { status, stderr } = await place.call([name])
    expect([status, stderr]).toEqual([
      0,
      `assume: warning: the directory does not switch to ${name} by itself: ${reason}\n  ${command}\n`,
    ])
    expect(await place.show()).toMatchObject({ inForce: true, hindrance: reason })
    expect((await place.call([])).stdout).toContain(`by itself: ${reason}:\n  ${command}\n`)
  })

  it('names a profile that is called like a command by its option', async () => {
    const place = new Place()
    place.home.write('.config/assume/config', '[plugin protect]\nenabled = yes\nhooks = guard\n')
    expect((await place.call(['list', '--region', 'use1'])).stderr).toContain(
      '\n  assume --profile list --region us-east-1\n',
    )
  })
})

describe('a tree', () => {
  it('allows files below it by the names of their profiles', async () => {
    const place = new Place()
    place.says('dev')
    const { stdout } = await place.call(['--allow', '--tree', '../p', '--profiles', 'd*, none'])
    expect(stdout).toBe(
      '~/p and below: files that name a profile like d*,none, and no region\nsuch as dev, none\n',
    )
    expect(readFileSync(join(place.records, 'trees'), 'utf8')).toBe(
      `assume-directories 1\nallow\x1f${place.project}\x1fd*,none\n`,
    )
    expect(await place.show()).toMatchObject({
      inForce: true,
      reason: 'tree',
      tree: { profiles: ['d*', 'none'] },
    })
    place.says('none', 'p/below')
    const below = join(place.project, 'below')
    expect(await place.show(below)).toMatchObject({ inForce: true, reason: 'tree' })
    place.says('dev\neu-west-1', 'p/below')
    expect(await place.show(below)).toMatchObject({ inForce: false, reason: 'tree-region' })
    place.says('prod', 'p/below')
    expect(await place.show(below)).toMatchObject({
      inForce: false,
      reason: 'tree-pattern',
      detail: 'tree ~/p allows d*,none, which prod does not match',
    })
    await place.call(['--deny', '--tree', 'below'])
    expect(await place.show(below)).toMatchObject({ reason: 'tree-denied' })
    await place.call(['--allow'], { cwd: below })
    expect(await place.show(below)).toMatchObject({ inForce: true, reason: 'allowed' })
    const gone = join(place.project, 'gone')
    mkdirSync(gone)
    await place.call(['--deny', '--tree', gone])
    rmSync(gone, { recursive: true })
    expect((await place.call(['--forget', '--tree', './gone/'])).stdout).toBe(
      '~/p/gone and below: forgotten\n',
    )
  })

  it('does not go before what is recorded of a directory', async () => {
    const place = new Place()
    place.says('dev')
    await place.call(['--allow'])
    await place.call(['--allow', '--tree', '~', '--profiles', '*'])
    place.says('prod')
    expect(await place.show()).toMatchObject({ inForce: false, reason: 'changed' })
    await place.call(['--forget'])
    expect(await place.show()).toMatchObject({ inForce: true, reason: 'tree' })
  })
})

describe('records that count for nothing', () => {
  const good = formatRecords([])

  it.each([
    ['assume-directories 2\n', 'is of another version of assume, or damaged'],
    [`${good}rubbish\n`, 'is damaged in line 2'],
    [`${good}deny\x1f/x`, 'is damaged in line 2'],
  ])('%j are named, and stay', async (text, message) => {
    const place = new Place()
    place.says('dev')
    mkdirSync(place.records, { recursive: true, mode: 0o700 })
    writeFileSync(place.own, text, { mode: 0o600 })
    expect(await place.show()).toMatchObject({
      reason: 'unrecorded',
      problems: [expect.stringContaining(message)],
    })
    expect((await place.call([])).stderr).toContain(
      `warning: ${place.own} ${message}\n  mv ${place.own} ${place.own}.old\n`,
    )
    for (const words of [['--allow'], ['--deny'], ['--forget']]) {
      const { status, stderr } = await place.call(words)
      expect([status, stderr]).toEqual([1, expect.stringContaining(`${place.own} ${message}\n  mv `)])
    }
    expect(readFileSync(place.own, 'utf8')).toBe(text)
  })

  it('are those of a folder that leads nowhere', async () => {
    const place = new Place()
    place.says('dev')
    mkdirSync(join(place.records, '..'), { recursive: true, mode: 0o700 })
    symlinkSync('directories', place.records)
    expect(await place.show()).toMatchObject({ problems: [expect.any(String), expect.any(String)] })
    const { status, stderr } = await place.call(['--allow'])
    expect([status, stderr]).toEqual([1, expect.stringContaining(place.records)])
  })

  it('are links, directories, and those of others', async () => {
    const place = new Place()
    place.says('dev')
    await place.call(['--allow'])
    const text = readFileSync(place.own, 'utf8')
    renameSync(place.own, `${place.own}.real`)
    symlinkSync(`${place.own}.real`, place.own)
    expect(await place.show()).toMatchObject({
      reason: 'unrecorded',
      problems: [expect.stringContaining('a link')],
    })
    expect((await place.call(['--deny'])).status).toBe(1)
    expect(readFileSync(`${place.own}.real`, 'utf8')).toBe(text)
    rmSync(place.own)
    mkdirSync(place.own)
    expect((await place.call(['--allow'])).status).toBe(1)
    rmSync(place.own, { recursive: true })
    if (!isRoot) return
    renameSync(`${place.own}.real`, place.own)
    give(place.own, otherUser)
    expect(await place.show()).toMatchObject({
      problems: [expect.stringContaining('belongs to another user')],
    })
    expect((await place.call(['--deny'])).status).toBe(1)
    expect(readFileSync(place.own, 'utf8')).toBe(text)
  })
})

describe('assume status', () => {
  it('says which file chose, while what it chose is in force', async () => {
    const place = new Place()
    place.says('dev')
    const env = {
      AWS_PROFILE: 'dev',
      ASSUME_PROFILE: 'dev',
      ASSUME_VARS: 'AWS_PROFILE ASSUME_PROFILE',
      ASSUME_DIRECTORY: place.project,
    }
    expect(runCore(place.home, ['status'], { env }).stdout).toContain('set by   ~/p/.aws-profile\n')
    const json = (more: Record<string, string>) =>
      JSON.parse(runCore(place.home, ['status', '--json'], { env: { ...env, ...more } }).stdout)
    expect(json({})).toMatchObject({ source: 'assume', directoryFile: place.file })
    expect(json({ AWS_PROFILE: 'prod' })).not.toHaveProperty('directoryFile')
    expect(json({ ASSUME_DIRECTORY: '' })).not.toHaveProperty('directoryFile')
  })
})
