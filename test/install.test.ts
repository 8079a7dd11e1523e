import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { repository } from './support/home.ts'
import { copyCheckout, createInstallHome, type InstallHome } from './support/install-home.ts'
import { describeShells, type Shell } from './support/shell.ts'
import { shells } from './support/shells/index.ts'
import { hashOf, takeSnapshot } from './support/snapshot.ts'

const checkout = copyCheckout()
let home: InstallHome
beforeEach(() => {
  home = createInstallHome()
})

type Options = Parameters<InstallHome['run']>[2] & { readonly from?: string }
const install = (args: readonly string[], { from = checkout, ...options }: Options = {}) =>
  home.run(join(from, 'install.sh'), args, options)

const rcFiles: Readonly<Record<string, Uint8Array>> = {
  '.bashrc': Buffer.from('export A=1\r\nalias ll="ls -l"\r\n# caf\xe9\r\n', 'latin1'),
  '.zshenv': Buffer.from('ZDOTDIR="$HOME/z dir"\n'),
  'dotfiles/zshrc': Buffer.from('export B=2'),
  '.config/fish/config.fish': Buffer.from('set -gx C 3\n'),
  '.config/powershell/profile.ps1': Buffer.from('\ufeff$env:D = 4\r\n'),
}
function writeRcFiles(): void {
  for (const [name, bytes] of Object.entries(rcFiles)) home.write(name, bytes)
  mkdirSync(home.at('z dir'))
  symlinkSync(home.at('dotfiles/zshrc'), home.at('z dir/.zshrc'))
}

describe('install, again, uninstall', () => {
  beforeEach(writeRcFiles)

  it('leaves every rc file byte for byte as it was', () => {
    const first = install(['--yes'])
    expect([first.status, first.left]).toEqual([0, []])
    expect(readlinkSync(home.at('.local/bin/assume'))).toBe(join(home.data, 'bin/assume'))
    expect(readlinkSync(home.at('z dir/.zshrc'))).toBe(home.at('dotfiles/zshrc'))
    expect(readFileSync(home.at('dotfiles/zshrc'), 'utf8')).toContain('assume.plugin.zsh')
    const before = takeSnapshot(home.path, { times: true })

    const second = install(['--yes'])
    expect(second.status).toBe(0)
    expect(second.stdout).toContain(`up to date: ${home.data}\n`)
    expect(second.stdout).toMatch(/^nothing to do: bash, .* set up$/m)
    const isOurs = ([name]: [string, string]) => !name.startsWith('.cache') && name !== 'tmp'
    const ours = (all: Record<string, string>) => Object.fromEntries(Object.entries(all).filter(isOurs))
    expect(ours(takeSnapshot(home.path, { times: true }))).toEqual(ours(before))

    expect(install(['--uninstall', '--yes']).status).toBe(0)
    for (const [name, bytes] of Object.entries(rcFiles))
      expect(readFileSync(home.at(name)), name).toEqual(Buffer.from(bytes))
    expect(readlinkSync(home.at('z dir/.zshrc'))).toBe(home.at('dotfiles/zshrc'))
    for (const name of ['.local/bin/assume', '.local/share/assume', '.cache/assume', '.local/state/assume']) {
      expect(existsSync(home.at(name)), name).toBe(false)
    }
    expect(existsSync(home.at('.config/fish/conf.d/assume.fish'))).toBe(false)
  })
})

const ask: Readonly<Record<Shell['name'], readonly string[]>> = {
  bash: ['-ic', 'type -t assume; echo done'],
  zsh: ['-ic', 'whence -w assume; echo done'],
  fish: ['-c', 'functions -q assume; and echo function; echo done'],
  pwsh: ['-NonInteractive', '-Command', '(Get-Command assume -ErrorAction Ignore).CommandType; "done"'],
}

describeShells('the rc files', shells, ({ name }) => {
  it('load assume, and do no harm when the installation was deleted', () => {
    writeRcFiles()
    const clean = home.run(name, ask[name]).stderr
    install(['--yes'])
    const loaded = home.run(name, ask[name])
    expect(loaded.stdout.toLowerCase()).toContain('function')
    expect([loaded.stdout, loaded.stderr]).toEqual([expect.stringContaining('done'), clean])
    rmSync(home.data, { recursive: true })
    const bare = home.run(name, ask[name])
    expect(bare.stdout.toLowerCase()).not.toContain('function')
    expect([bare.stdout, bare.stderr]).toEqual([expect.stringContaining('done'), clean])
  })
})

describe('uninstall', () => {
  beforeEach(() => {
    home.write('.aws/config', '[profile a]\nregion = eu-west-1\n')
    home.write('.aws/sso/cache/x.json', '{}')
    home.write('.config/assume/config', 'assume_region = off\n')
    install(['--yes', '--shell', 'bash'])
  })

  it('keeps settings and plugins, and names them last; never touches ~/.aws', () => {
    const before = takeSnapshot(home.at('.aws'))
    const { stdout } = install(['--uninstall', '--yes'])
    expect(stdout.trimEnd().split('\n').at(-1)).toContain(`kept ${home.at('.config/assume')}`)
    expect(existsSync(home.at('.config/assume/config'))).toBe(true)
    expect(existsSync(home.at('.cache/assume'))).toBe(false)
    expect(takeSnapshot(home.at('.aws'))).toEqual(before)
  })

  it('--purge removes them too', () => {
    const before = takeSnapshot(home.at('.aws'))
    expect(install(['--uninstall', '--purge', '--yes']).status).toBe(0)
    expect(existsSync(home.at('.config/assume'))).toBe(false)
    expect(takeSnapshot(home.at('.aws'))).toEqual(before)
  })

  it('keeps which directories may choose a profile, until --purge', () => {
    const records = home.at('.local/state/assume/directories')
    home.write('.local/state/assume/directories/9', 'x')
    home.write('.local/state/assume/history', 'x')
    expect(install(['--uninstall', '--yes']).stdout).toContain(`kept ${records}, `)
    expect(readdirSync(home.at('.local/state/assume'))).toEqual(['directories'])
    expect(readdirSync(records)).toEqual(['9'])
    expect(install(['--uninstall', '--purge', '--yes']).status).toBe(0)
    expect(existsSync(home.at('.local/state/assume'))).toBe(false)
  })

  it('keeps everything when an rc file cannot be cleaned', () => {
    writeFileSync(home.at('.bashrc'), '# >>> assume >>>\n')
    expect(install(['--uninstall', '--yes']).status).toBe(1)
    expect(existsSync(join(home.data, 'bin/assume'))).toBe(true)
  })

  it.each([
    ['lost', () => rmSync(join(home.data, 'dist'), { recursive: true })],
    ['cut off', () => writeFileSync(join(home.data, 'dist/main.js'), 'x = (')],
  ])('removes an installation whose program is %s', (_name, damage) => {
    damage()
    expect(install(['--uninstall', '--yes'])).toMatchObject({ status: 0, stderr: '' })
    expect(
      ['.bashrc', '.local/share/assume', '.local/bin/assume'].map((name) => existsSync(home.at(name))),
    ).toEqual([false, false, false])
  })
})

/** The paths below a folder, and itself, that group or others may write to; links have no mode. */
function listOpen(folder: string): string[] {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]
  return names.filter((name) => {
    const stat = lstatSync(join(folder, name))
    return !stat.isSymbolicLink() && (stat.mode & 0o022) !== 0
  })
}
/** Gives everybody the right to write to what is in a folder. */
function openAll(folder: string): void {
  for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const path = join(folder, name)
    if (!lstatSync(path).isSymbolicLink()) chmodSync(path, statSync(path).mode | 0o022)
  }
}
function withUmask<Result>(umask: number, body: () => Result): Result {
  const before = process.umask(umask)
  try {
    return body()
  } finally {
    process.umask(before)
  }
}

describe.each([0o000, 0o002, 0o077])('under umask %o', (umask) => {
  it('nothing of an installation can be written by group or others, used or not', () => {
    const source = home.at('source')
    cpSync(checkout, source, { recursive: true })
    openAll(source)
    expect(withUmask(umask, () => install(['--yes'], { from: source })).status).toBe(0)
    home.write('.aws/config', '[profile a]\nregion = eu-west-1\n')
    for (const words of [['list'], ['env', 'a', '--shell', 'bash']]) {
      expect(withUmask(umask, () => home.run(home.at('.local/bin/assume'), words)).status).toBe(0)
    }
    expect(listOpen(home.at('.local'))).toEqual([])
    expect(listOpen(home.at('.config/fish/conf.d'))).toEqual([])
  })
})

describe('an installation that others can write to', () => {
  it('is closed by the next install, which has nothing else to do', () => {
    install(['--yes', '--no-setup'])
    openAll(home.data)
    const { status, stdout } = install(['--yes', '--no-setup'])
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^\/.* can be written by you alone now\n/)])
    expect(stdout).not.toContain('installed')
    expect(listOpen(home.data)).toEqual([])
  })

  it('is closed by assume setup, also where the rc files are as they should be', () => {
    const source = home.at('source')
    cpSync(checkout, source, { recursive: true })
    home.write('source/mine', 'x')
    for (const line of ['source can be written by you alone now', 'source can be written by you alone now']) {
      openAll(source)
      const { status, stderr } = home.run(join(source, 'bin/assume'), ['setup', '--yes', '--shell', 'bash'])
      expect([status, stderr]).toEqual([0, expect.stringContaining(line)])
      expect(listOpen(source)).toEqual(
        ['mine', 'scripts', 'LICENSE', 'package-lock.json', 'scripts/tour.bash'].sort(),
      )
    }
    const again = home.run(join(source, 'bin/assume'), ['setup', '--yes', '--shell', 'bash'])
    expect([again.status, again.stderr]).toEqual([0, ''])
  })

  it('stays as it is for --dry-run', () => {
    const source = home.at('source')
    cpSync(checkout, source, { recursive: true })
    openAll(source)
    home.run(join(source, 'bin/assume'), ['setup', '--dry-run', '--shell', 'bash'])
    expect(listOpen(source)).toContain('bin/assume')
  })
})

describe('compiled code', () => {
  it('is not installed, whoever has put it into the checkout', () => {
    const source = home.at('source')
    cpSync(checkout, source, { recursive: true })
    home.write('source/dist/core-x.js.v8-1-x64', 'x')
    home.write('source/shell/zsh/_assume.zwc', 'x')
    install(['--yes', '--no-setup'], { from: source })
    const installed = readdirSync(home.data, { recursive: true, encoding: 'utf8' })
    expect(installed.filter((name) => /-x\.js\.v8-|\.zwc$/.test(name))).toEqual([])
  })

  it('of an installation or a checkout that has been used makes no difference', () => {
    const source = home.at('source')
    cpSync(checkout, source, { recursive: true })
    const reinstall = () => install(['--yes', '--no-setup'], { from: source }).stdout
    reinstall()
    home.write('.aws/config', '[profile a]\nregion = eu-west-1\n')
    home.run(home.at('.local/bin/assume'), ['list'])
    home.run(home.at('.local/bin/assume'), ['env', 'a', '--shell', 'bash'])
    const [compiled = ''] = readdirSync(join(home.data, 'dist')).filter((name) => name.includes('.v8-'))
    expect(compiled).not.toBe('')
    rmSync(join(source, 'dist', compiled), { force: true })
    expect(reinstall()).toContain(`up to date: ${home.data}\n`)
    home.write(`source/dist/${compiled}`, 'another\0')
    home.write('source/dist/plugin-host-x.js.v8-1-x64', 'x')
    home.write('source/shell/zsh/assume.plugin.zsh.zwc', 'x')
    writeFileSync(join(home.data, 'shell/zsh/_assume.zwc'), 'x')
    expect(reinstall()).toContain(`up to date: ${home.data}\n`)
    home.write('source/dist/chunks/new.js', '')
    expect(reinstall()).toContain(`installed ${home.data}\n`)
  })
})

describe('what it does not do', () => {
  it.each(['', '.', 'relative'])('install below the HOME %j', (HOME) => {
    const before = takeSnapshot(home.path)
    const { status, stderr } = install(['--yes'], { env: { HOME } })
    expect([status, stderr]).toEqual([1, expect.stringContaining('HOME is not set, or no absolute path')])
    expect(Object.keys(takeSnapshot(home.path))).toEqual([...Object.keys(before), 'tmp'])
  })

  it('ask without a terminal: exit status 3, nothing changed', () => {
    const before = takeSnapshot(home.path)
    for (const args of [[], ['--uninstall']]) {
      const { status, stderr } = install(args)
      expect([status, stderr]).toEqual([3, expect.stringContaining('--yes')])
    }
    expect(Object.keys(takeSnapshot(home.path))).toEqual([...Object.keys(before), 'tmp'])
  })

  it.each([['--purge'], ['--approve'], ['--frob'], ['--shell']])('guess what %s means', (option) => {
    expect(install([option]).status).toBe(2)
  })

  it('overwrite a file that is where its link belongs', () => {
    home.write('.local/bin/assume', 'mine')
    const { status, stdout } = install(['--yes', '--no-setup'])
    expect(status).toBe(0)
    expect(stdout).toContain(`${home.at('.local/bin/assume')} is something else and stays`)
    install(['--uninstall', '--yes'])
    expect(readFileSync(home.at('.local/bin/assume'), 'utf8')).toBe('mine')
  })

  it.each([[['--yes']], [['--uninstall', '--yes']]])(
    'touch a data folder that holds something else: %s',
    (args) => {
      home.write('.local/share/assume/mine', 'mine')
      expect(install(args).status).toBe(1)
      expect(takeSnapshot(home.data)).toEqual({ mine: `644 ${hashOf('mine')}` })
    },
  )

  it('edit rc files with --no-setup, and with --shell only those that are named', () => {
    home.write('.bashrc', 'a\n')
    install(['--yes', '--no-setup'])
    expect(readFileSync(home.at('.bashrc'), 'utf8')).toBe('a\n')
    install(['--yes', '--shell=bash', '--no-prompt'])
    expect(readFileSync(home.at('.bashrc'), 'utf8')).toMatch(/assume\.bash"; fi\n/)
    expect(existsSync(home.at('.zshrc'))).toBe(false)
  })
})

it('the scripts are executable', () => {
  for (const name of ['install.sh', 'bin/assume'])
    expect(statSync(join(repository, name)).mode & 0o111).toBe(0o111)
})
