import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeErrno } from '../../src/system/files/errno.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { killAtEachChange } from '../support/kill.ts'
import { baseEnvironment } from '../support/shell.ts'
import { createSampleHome, lockWorkspace, runImport, samples, snapshotFiles } from './world.ts'

const read = (home: Home, name: string) => readFileSync(join(home.path, name), 'utf8')

const bomb = Array.from({ length: 10 }, (_, level) =>
  level === 0
    ? 'a0: &a0 [x, x]'
    : `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
).join('\n')
const sso = (role: string) => `SSOConfig:
  A:
    StartUrl: https://a.awsapps.com/start
    SSORegion: eu-west-1
    Accounts:
      111122223333:
        Roles:
          ${role}
`
const cliFile = '.config/aws-sso/config.yaml'

describe('a hostile file is an error that names it, and nothing is run or written', () => {
  it.each([
    ['a YAML bomb', cliFile, bomb],
    ['a YAML that is none', cliFile, 'a: [b\nc: }'],
    ['a YAML that is a list', cliFile, '- a\n- b\n'],
    ['YAML without end in depth', cliFile, '['.repeat(500_000)],
    ['a name with a control character', cliFile, sso('R: { Profile: "a\\e[31mb" }')],
    ['a role with a control character', cliFile, sso('"R\\nx": { Profile: a }')],
    ['a name with a line break', cliFile, sso('R: { Profile: "a]\\n[profile b" }')],
    ['what is not UTF-8', cliFile, Buffer.from(sso('R: { Profile: "a\xff" }'), 'latin1')],
    ['a TOML that is none', '.granted/config', 'DefaultBrowser = = "x"\n'],
    ['TOML without end in depth', '.granted/config', `a = ${'['.repeat(200_000)}`],
    ['a portal with a control character', '.granted/config', '[SSO.a]\nStartURL = "https://a\\u001b"\n'],
    ['JSON without end in depth', '.granted/aws_profiles_frecency', '['.repeat(500_000)],
    [
      'an encrypted file that is garbage',
      '.Leapp/Leapp-lock.json',
      Buffer.from('Salted__12345678garbagegarbagegarbage').toString('base64'),
    ],
    ['an encrypted file of something else', '.Leapp/Leapp-lock.json', lockWorkspace('no JSON')],
    ['a file that is not encrypted', '.Leapp/Leapp-lock.json', '{"_sessions":[]}'],
    ['an awsume file that is none', '.awsume/config.yaml', 'region: "eu'],
    ['an account with a control character', '.saml2aws', '[a\u0007]\naws_profile = x\nrole_arn = y\n'],
  ])('%s', async (_, name, content) => {
    // Another tool's home beside it stays as it is, too.
    const home = createSampleHome('aws-sso-util')
    home.write(name, content)
    const before = snapshotFiles(home)
    for (const words of [['--yes'], ['--dry-run']]) {
      const { status, screen } = await runImport(home, words)
      expect([status, screen]).toEqual([
        1,
        expect.stringContaining(`cannot take anything over from ~/${name}: it `),
      ])
      expect(screen).not.toMatch(/[\u0007\u001b]/)
    }
    expect(snapshotFiles(home)).toEqual(before)
  })

  it('a TOML of 100 MB, which is not even read', async () => {
    const home = createHome()
    truncateSync(home.write('.granted/config', ''), 100 * 1024 * 1024)
    const files = {
      read: (path: string) => {
        if (path.endsWith('.granted/config')) throw new Error('was read')
        return nodeFiles.read(path)
      },
    }
    const { status, screen } = await runImport(home, ['granted', '--yes'], { files })
    expect([status, screen]).toEqual([
      1,
      expect.stringContaining('~/.granted/config: it has more than 2 MiB'),
    ])
  })

  it('names without end are read in time', async () => {
    const home = createHome()
    home.write(cliFile, Array.from({ length: 120_000 }, (_, index) => `a${index}: b\n`).join(''))
    home.write('.saml2aws', `[a]\na${' '.repeat(1_000_000)}\n`)
    expect((await runImport(home, ['--dry-run'])).status).toBe(0)
  })

  it('a pipe, a folder and a device in the place of a file', async () => {
    const home = createHome()
    mkdirSync(join(home.path, '.granted'))
    const path = join(home.path, '.granted/config')
    for (const make of [
      () => spawnSync('mkfifo', [path]),
      () => mkdirSync(path),
      () => symlinkSync('/dev/zero', path),
    ]) {
      make()
      const { status, screen } = await runImport(home, ['granted', '--yes'])
      expect([status, screen]).toEqual([1, expect.stringContaining('.granted/config')])
      rmSync(path, { recursive: true })
    }
  })

  it.each([['.granted/config'], ['.saml2aws'], ['.bash_aliases']])(
    'a link to itself in the place of %s',
    async (name) => {
      const home = createHome()
      mkdirSync(join(home.path, '.granted'))
      symlinkSync(join(home.path, name), join(home.path, name))
      const { status, screen } = await runImport(home, ['--yes'])
      expect([status, screen]).toEqual([1, expect.stringMatching(`${name}: its links lead in a circle`)])
    },
  )

  it('a file in the place of a folder is none of the tool', async () => {
    const home = createHome()
    home.write('.granted', '')
    home.write('.awsvault', '')
    expect(await runImport(home, ['--yes'])).toMatchObject({
      status: 0,
      output: expect.stringContaining('nothing to import'),
    })
  })

  it('a folder that is closed to the user', async () => {
    const home = createSampleHome('granted')
    const close = <Value>(act: (path: string) => Value) => {
      return (path: string): Value => {
        if (path.includes('.granted/')) throw makeErrno(path, 'EACCES')
        return act(path)
      }
    }
    const files = { stat: close(nodeFiles.stat), read: close(nodeFiles.read), list: close(nodeFiles.list) }
    const { status, screen } = await runImport(home, ['--yes'], { files })
    expect([status, screen]).toEqual([1, expect.stringMatching(/\.granted\/\S+: permission denied/)])
  })

  it('templates and commands with code in them are shown, and never run', async () => {
    const home = createHome()
    home.write(
      '.granted/config',
      `[SSO.a]\nStartURL = "https://a.awsapps.com/start"\nSSORegion = "eu-west-1"\nProfileTemplate = '{{ env "HOME" }}$(touch pwned)'\n`,
    )
    home.write('.awsume/config.yaml', 'console:\n  browser_command: sh -c "touch pwned; {url}"\n')
    home.writeAws(
      '[profile a]\ncredential_process = granted credential-process --profile $(touch pwned)\n[profile b]\nmfa_process = touch pwned\nmfa_serial = arn:aws:iam::111122223333:mfa/$(touch pwned)\n',
    )
    const { status, output } = await runImport(home, ['--yes'])
    // Whether the one has keys in a store, nobody can tell but the user.
    expect(status).toBe(1)
    expect(output).toContain('the template {{ env "HOME" }}$(touch pwned)')
    expect(output).toContain('not taken over: browser_command (sh -c "touch pwned; {url}")')
    expect(Object.keys(snapshotFiles(home)).filter((name) => name.includes('pwned'))).toEqual([])
    expect(() => read(home, '.config/assume/config')).toThrow('ENOENT')
  })
})

describe('two tools', () => {
  const cli = sso('R: { Profile: dev, DefaultRegion: eu-west-1 }')

  it('with the same profile name: the second one is asked about, and left out where nobody is asked', async () => {
    const home = createSampleHome('leapp')
    home.write(cliFile, cli)
    const { status, output } = await runImport(home, ['--yes'])
    expect(status).toBe(1)
    expect(output).toContain('needs an answer: Profile for the session dev, whose name is taken')
    expect(read(home, '.aws/config').match(/^\[profile dev/gm)).toHaveLength(1)
    expect(read(home, '.aws/config')).toContain(
      '[profile dev]\nsso_session = A\nsso_account_id = 111122223333\nsso_role_name = R\n',
    )
    const answers = ['dev', 'work', 'leapp-dev', 'n', 'y']
    await runImport(home, ['leapp'], { answers })
    expect(read(home, '.aws/config')).toContain(
      '[profile leapp-dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\n',
    )
    const before = snapshotFiles(home)
    await runImport(home, ['leapp'], { answers: ['n', 'y'] })
    expect(snapshotFiles(home)).toEqual(before)
  })

  it('which share a portal share a session', async () => {
    const home = createSampleHome('granted', 'aws-sso-util')
    await runImport(home, ['--yes'])
    const config = read(home, '.aws/config')
    expect(config.match(/^\[sso-session d-0000000000\]/gm)).toHaveLength(1)
    expect(config.match(/^sso_session = d-0000000000$/gm)).toHaveLength(4)
  })

  it('a name that is taken is never overwritten', async () => {
    const home = createHome()
    home.write(cliFile, cli)
    home.writeAws('[profile dev]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = y\n')
    const before = read(home, '.aws/config')
    const { status, output } = await runImport(home, ['aws-sso-cli', '--yes'])
    expect([status, output]).toEqual([
      1,
      expect.stringContaining(
        'needs an answer: Profile for 111122223333 R, which is called like another one: dev',
      ),
    ])
    expect(read(home, '.aws/config').startsWith(before)).toBe(true)
    expect(read(home, '.aws/config')).not.toContain('sso_account_id')
  })
})

describe('the printed undo', () => {
  it.each([['granted'], ['aws-vault'], ['leapp'], ['oh-my-zsh'], ['aws-sso-cli']])(
    'brings back every byte after %s',
    async (tool) => {
      const home = createSampleHome(tool)
      if (tool === 'leapp') rmSync(join(home.path, '.aws/config'))
      const before = snapshotFiles(home)
      const { output } = await runImport(home, [tool, '--yes'])
      expect(snapshotFiles(home)).not.toEqual(before)
      const [, commands = ''] = /to put it back:\n((?: {2}.*\n)+)/.exec(output) ?? []
      expect(spawnSync('sh', ['-ec', commands], { encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      })
      expect(snapshotFiles(home)).toEqual(before)
    },
  )

  it('goes over a file that is read-only, too', async () => {
    const home = createSampleHome('granted')
    chmodSync(join(home.path, '.aws/config'), 0o444)
    const { output } = await runImport(home, ['granted', '--yes'])
    // Root may write to it all the same.
    expect(output).toMatch(/^ {2}cp -f \S+ \S+\/\.aws\/config$/m)
  })

  it('names only what was written, where the second write fails', async () => {
    const home = createSampleHome('granted')
    home.write('.granted/config', 'DefaultBrowser = "STDOUT"\n')
    const files = {
      rename: (from: string, to: string) => {
        if (to.endsWith('/.config/assume/config')) throw makeErrno(to, 'EROFS')
        nodeFiles.rename(from, to)
      },
    }
    const { screen } = await runImport(home, ['granted', '--yes'], { files })
    expect(screen).toContain('to put it back:\n')
    expect(screen).toMatch(/cp -f \S+ \S+\/\.aws\/config\n/)
    expect(screen).not.toMatch(/\brm /)
  })

  it('goes to what was there before the first of several tools, through links, from a folder of the user alone', async () => {
    const home = createSampleHome('granted', 'aws-sso-util')
    home.write('dotfiles/config', readFileSync(join(samples, 'granted/home/.aws/config')))
    chmodSync(join(home.path, 'dotfiles/config'), 0o640)
    rmSync(join(home.path, '.aws/config'))
    symlinkSync('../dotfiles/config', join(home.path, '.aws/config'))
    const before = snapshotFiles(home)
    const { output } = await runImport(home, ['--yes'])
    const [, folder = ''] = /as it was before: ~\/(\S+)/.exec(output) ?? []
    expect(statSync(join(home.path, folder)).mode & 0o777).toBe(0o700)
    expect(statSync(join(home.path, folder, 'config')).mode & 0o777).toBe(0o600)
    const [, commands = ''] = /to put it back:\n((?: {2}.*\n)+)/.exec(output) ?? []
    expect(spawnSync('sh', ['-ec', commands]).status).toBe(0)
    expect(snapshotFiles(home)).toEqual(before)
  })
})

it('an edit of somebody else while a yes is waited for stays, and is edited on top', async () => {
  const home = createSampleHome('aws-sso-util')
  const path = join(home.path, '.aws/config')
  const more = '\n[profile later]\nregion = eu-west-1\n'
  let isDone = false
  const files = {
    // What the lock is made of comes after the yes.
    makeDirectory: (folder: string, mode: number) => {
      if (!isDone && folder.includes('locks')) home.write('.aws/config', readFileSync(path, 'utf8') + more)
      isDone ||= folder.includes('locks')
      nodeFiles.makeDirectory(folder, mode)
    },
  }
  await runImport(home, ['aws-sso-util'], { answers: ['y'], files })
  expect(isDone).toBe(true)
  expect(read(home, '.aws/config')).toContain('[profile later]\nregion = eu-west-1\n')
  expect(read(home, '.aws/config')).toContain('sso_session = d-0000000000\n')
})

it('the second of two at once names the file and says what to do, and takes nothing away', async () => {
  const home = createSampleHome('aws-sso-util')
  let isDone = false
  const files = {
    makeDirectory: (folder: string, mode: number) => {
      if (!isDone && folder.includes('locks'))
        home.write(
          '.aws/config',
          `${read(home, '.aws/config')}\n[sso-session d-0000000000]\nsso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start\n`,
        )
      isDone ||= folder.includes('locks')
      nodeFiles.makeDirectory(folder, mode)
    },
  }
  const { status, screen } = await runImport(home, ['aws-sso-util', '--yes'], { files })
  expect(isDone).toBe(true)
  expect(status).toBe(1)
  expect(screen).toContain('/.aws/config was left as it is: ')
  expect(screen).toContain('\n  assume import')
})

it('says nothing of a credentials file that somebody else has changed first', async () => {
  const home = createHome()
  home.writeAws(
    '[profile k]\ngranted_sso_start_url = https://a.awsapps.com/start\ngranted_sso_region = eu-west-1\ngranted_sso_account_id = 111122223333\ngranted_sso_role_name = R\n',
    '[k]\naws_access_key_id = A\naws_secret_access_key = S\naws_session_token = T\n',
  )
  const files = {
    makeDirectory: (folder: string, mode: number) => {
      if (folder.includes('locks')) home.write('.aws/credentials', '')
      nodeFiles.makeDirectory(folder, mode)
    },
  }
  const { output } = await runImport(home, ['granted'], { answers: ['y', 'y'], files })
  expect(output).toContain('changed ~/.aws/config\n')
  expect(output).not.toContain('changed ~/.aws/credentials')
})

it('never takes keys away by Enter alone', async () => {
  const home = createHome()
  home.writeAws(
    '[profile k]\ngranted_sso_start_url = https://a.awsapps.com/start\ngranted_sso_region = eu-west-1\ngranted_sso_account_id = 111122223333\ngranted_sso_role_name = R\n',
    '[k]\naws_access_key_id = A\naws_secret_access_key = S\naws_session_token = T\n',
  )
  const { screen } = await runImport(home, ['granted'], { answers: ['', 'y'] })
  expect(screen).toContain('they do not come back. [y/N]')
  expect(read(home, '.aws/credentials')).toContain('aws_session_token = T')
})

it('killed at any change it leaves the old file or the new one', { timeout: 300_000 }, () => {
  const home = createSampleHome('granted')
  home.write('.config/assume/config', 'assume_mode = auto\n')
  const names = ['.aws/config', '.zshenv', '.config/assume/config']
  const old = new Map(names.map((name) => [name, read(home, name)]))
  const reset = () => {
    for (const [name, text] of old) home.write(name, text)
  }
  const words = () => {
    reset()
    return ['import', 'granted', '--yes']
  }
  // Without the key that only a question moves.
  home.write('.aws/config', read(home, '.aws/config').replace(/.*--profile=keys-in-keyring\n/, ''))
  old.set('.aws/config', read(home, '.aws/config'))
  expect(runCore(home, words()).status).toBe(0)
  const made = new Map(names.map((name) => [name, read(home, name)]))
  expect(made.get('.zshenv')).not.toBe(old.get('.zshenv'))
  rmSync(join(home.path, '.local'), { recursive: true })
  const killedAt = killAtEachChange(30, {
    program: join(repository, 'bin/assume'),
    words,
    env: baseEnvironment(home),
    folder: home.path,
    check: () => {
      for (const name of names) expect([old.get(name), made.get(name)]).toContain(read(home, name))
    },
  })
  expect(killedAt).toEqual(expect.arrayContaining(['renameSync .aws/config', 'renameSync .zshenv']))
})
