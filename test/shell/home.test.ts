import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { copyCheckout } from '../support/install-home.ts'
import {
  awsOf,
  baseEnvironment,
  describeShells,
  dumpTo,
  readDump,
  runScript,
  type Shell,
} from '../support/shell.ts'
import { hostedShells as shells } from '../support/shells/index.ts'

/** A folder to start programs in that has all that a home has, each part of which would leave a file PWN. */
function createTrap(): Home {
  const home = createHome()
  const touch = `/bin/sh -c 'touch "${home.path}/PWN"'`
  home.writeAws(`[profile trap]\ncredential_process = ${touch}\nregion = eu-west-1\n`)
  writeProgram(home, '.local/share/assume/bin/assume', `: >"${home.path}/PWN"`)
  return home
}

function writeProgram(home: Home, name: string, body: string): void {
  chmodSync(home.write(name, `#!/bin/sh\n${body}\n`), 0o755)
}

const isSprung = (home: Home) => existsSync(join(home.path, 'PWN'))

/** Folders of our own apart from those of the user who runs the tests, whom an unset HOME leads to. */
function ownFolders(home: Home): Record<string, string> {
  const names = ['XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME', 'XDG_DATA_HOME']
  return Object.fromEntries(names.map((name) => [name, join(home.path, 'own', name)]))
}

const oddHomes = ['', '.', 'relative']

describe('the core', () => {
  const run = (home: Home, args: string[], value: string) =>
    runCore(home, args, { env: { ...ownFolders(home), HOME: value } })

  it.each(oddHomes)('reads nothing of the current folder for the HOME %j', (value) => {
    const home = createTrap()
    home.write('relative/.aws/config', readFileSync(join(home.path, '.aws/config')))
    expect(run(home, ['credential-process', 'trap'], value)).toMatchObject({ status: 2, stdout: '' })
    expect(run(home, ['list', '--json'], value).stdout).not.toContain('trap')
    expect(isSprung(home)).toBe(false)
    expect(readdirSync(home.path)).not.toContain('.cache')
  })

  it('says that the AWS tools look elsewhere, where HOME is set and no place', () => {
    const home = createTrap()
    expect(run(home, ['list'], '').stderr).toMatch(/^assume: warning: HOME is empty, .*AWS's own tools/m)
    expect(run(home, ['list'], '.').stderr).toMatch(
      /^assume: warning: HOME is "\.", which is no absolute path/m,
    )
    expect(run(home, ['list'], home.path).stderr).not.toContain('HOME')
  })

  it('goes by the record of the user without HOME, and says nothing', () => {
    const home = createTrap()
    const config = home.write('config', '[profile mine]\nregion = eu-west-1\n')
    const env = { ...ownFolders(home), AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }
    writeProgram(home, 'without-home', `unset HOME\nexec '${join(repository, 'bin/assume')}' list --json`)
    const result = spawnSync(join(home.path, 'without-home'), {
      env: { PATH: process.env['PATH'], ...env },
      cwd: home.path,
      encoding: 'utf8',
    })
    expect(result).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(result.stdout)).toMatchObject([{ name: 'mine' }])
  })

  it('reads the files that AWS_CONFIG_FILE names as AWS tools do, relative ones too', () => {
    const home = createHome()
    home.write('here', '[profile mine]\n')
    const env = { ...ownFolders(home), AWS_CONFIG_FILE: 'here', HOME: '.' }
    expect(runCore(home, ['list', '--json'], { env }).stdout).toContain('mine')
  })
})

describe.skipIf(process.getuid?.() !== 0)('a user of whom there is no record (only root can try)', () => {
  // Another user has to get there, wherever the checkout lies.
  const checkout = copyCheckout()
  chmodSync(checkout, 0o755)

  it('is told what to do', () => {
    const nobody = 54_321
    const result = spawnSync(join(checkout, 'bin/assume'), ['list'], {
      uid: nobody,
      gid: nobody,
      env: { PATH: process.env['PATH'] },
      cwd: '/',
      encoding: 'utf8',
    })
    const message =
      'assume: HOME names no folder, and the system has no record of this user\n  export HOME=/path/to/a/folder\n'
    expect(result).toMatchObject({ status: 1, stdout: '', stderr: message })
  })
})

describe('the launcher', () => {
  it.each(oddHomes)('looks for no Node in the current folder for the HOME %j', (value) => {
    const home = createTrap()
    const node = '.nvm/versions/node/v99.0.0/bin/node'
    for (const folder of ['', 'relative/'])
      writeProgram(home, folder + node, `: >"${home.path}/PWN"; echo v99.0.0`)
    const env = { ...ownFolders(home), HOME: value, PATH: join(home.path, 'nowhere') }
    runUnrecorded(home, ['--version'], env)
    expect(isSprung(home)).toBe(false)
  })

  it('still looks where version managers put one in a HOME that is a place', () => {
    const home = createTrap()
    writeProgram(
      home,
      '.nvm/versions/node/v99.0.0/bin/node',
      `echo v99.0.0; [ "$1" = --version ] || echo "$2"`,
    )
    const env = { PATH: join(home.path, 'nowhere') }
    expect(runUnrecorded(home, ['status'], env).stdout).toBe('v99.0.0\nstatus\n')
  })
})

/** Runs the executable of an installation that has no record of a Node. */
function runUnrecorded(home: Home, words: readonly string[], env: Record<string, string>) {
  const root = join(home.path, 'unrecorded')
  cpSync(join(repository, 'bin'), join(root, 'bin'), { recursive: true })
  symlinkSync(join(repository, 'dist'), join(root, 'dist'))
  return spawnSync(join(root, 'bin/assume'), words, {
    env: { ...baseEnvironment(home), ...env },
    cwd: home.path,
    encoding: 'utf8',
  })
}

/** A statement that loads assume from a folder without a core. */
function loadAlone(shell: Shell, home: Home): string {
  const alone = join(home.path, 'alone/shell')
  cpSync(join(repository, 'shell'), alone, { recursive: true })
  return shell.load.replaceAll(join(repository, 'shell'), alone)
}

describeShells('a HOME that is no place', shells, (shell) => {
  const withHome = (value: string) => shell.setExported('HOME', value)

  it.each(oddHomes)('has no rows: %j', (value) => {
    const home = createHome()
    home.writeAws('[profile one]\nregion = eu-west-1\n')
    const env = ownFolders(home)
    expect(runCore(home, ['list'], { env })).toMatchObject({ status: 0 })
    const alone = loadAlone(shell, home)
    const attempt = (before: string[]) => {
      const lines = [...before, alone, 'assume one', shell.expectStatus(0), dumpTo(shell, home, 'at')]
      return runScript(shell, home, lines, { env }).status === 0
    }
    expect(attempt([])).toBe(true)
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'one' })
    // As an index would say that was built for this HOME.
    const index = readFileSync(join(home.path, 'own/XDG_CACHE_HOME/assume/index'), 'utf8')
    home.write(
      'own/XDG_CACHE_HOME/assume/index',
      index.replace(`\u001f${home.path}\u001f`, `\u001f${value}\u001f`),
    )
    expect(attempt([withHome(value)])).toBe(false)
  })

  it.each(oddHomes)('leads to no installation, and to no names: %j', (value) => {
    const home = createTrap()
    cpSync(join(home.path, '.local'), join(home.path, 'relative/.local'), { recursive: true })
    const lines = [withHome(value), loadAlone(shell, home), 'assume list', 'assume trap']
    for (const env of [{}, { XDG_DATA_HOME: '.local/share' }]) runScript(shell, home, lines, { env })
    expect(isSprung(home)).toBe(false)
    const { stdout } = runScript(shell, home, [withHome(value), shell.complete('assume t')])
    expect(stdout).not.toContain('trap')
  })

  it('is the business of the core, which switches all the same', () => {
    const home = createTrap()
    const config = home.write('config', '[profile one]\nregion = eu-west-1\n')
    const env = { ...ownFolders(home), AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }
    mkdirSync(join(home.path, 'own'))
    for (const value of ['', '.']) {
      const lines = [withHome(value), 'assume one', shell.expectStatus(0), dumpTo(shell, home, 'at')]
      expect(runScript(shell, home, lines, { env })).toMatchObject({ status: 0 })
      expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'one', AWS_REGION: 'eu-west-1' })
    }
  })

  it.skipIf(!shell.setUnexported)('is none either when it is not exported', () => {
    const home = createHome()
    home.writeAws('[profile one]\nregion = eu-west-1\n')
    runCore(home, ['list'])
    const hide = { bash: 'export -n HOME', zsh: 'typeset +x HOME', fish: 'set -gu HOME $HOME', pwsh: '' }
    const lines = [hide[shell.name], loadAlone(shell, home), 'assume one', shell.expectStatus(0)]
    expect(runScript(shell, home, lines).status).not.toBe(0)
  })
})
