import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodeFiles } from '../../src/adapters/files.ts'
import { run } from '../../src/commands/setup.ts'
import type { Context, Environment, Files, TerminalSession } from '../../src/context.ts'
import { AssumeError } from '../../src/errors.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'assume-setup-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const at = (name: string) => join(home, name)
const read = (name: string) => readFileSync(at(name), 'utf8')
const exists = (name: string) => lstatSync(at(name), { throwIfNoEntry: false }) !== undefined
function write(name: string, text: string | Uint8Array): void {
  mkdirSync(dirname(at(name)), { recursive: true })
  writeFileSync(at(name), text)
}
function installShells(...names: string[]): void {
  for (const name of names) {
    write(`bin/${name}`, '#!/bin/sh\n')
    chmodSync(at(`bin/${name}`), 0o755)
  }
}
/** Every file under the home folder with its bytes, or where it leads. */
function snapshot(): Record<string, string> {
  const names = readdirSync(home, { recursive: true, encoding: 'utf8' }).sort()
  const describeFile = (name: string) => {
    const stat = lstatSync(at(name))
    if (stat.isSymbolicLink()) return `link to ${readlinkSync(at(name))}`
    return stat.isDirectory()
      ? 'folder'
      : `${(stat.mode & 0o777).toString(8)} ${readFileSync(at(name)).toString('hex')}`
  }
  return Object.fromEntries(names.map((name) => [name, describeFile(name)]))
}

interface World {
  readonly env?: Environment
  readonly platform?: NodeJS.Platform
  readonly files?: Partial<Files>
  readonly answers?: readonly string[]
  readonly capture?: Context['capture']
}

function createContext(
  { env, platform = 'linux', files, answers, capture = () => undefined }: World,
  screen: string[],
): Context {
  return {
    env: { HOME: home, PATH: at('bin'), ...env },
    platform,
    now: Date.now,
    files: { ...nodeFiles, ...files },
    terminal: {
      stdinIsTerminal: answers !== undefined,
      stdoutIsTerminal: false,
      stderrIsTerminal: answers !== undefined,
      open: () => openScreen(answers ?? [], screen),
    },
    capture,
    callingShell: undefined,
    installation: "/opt/it's",
    version: '0',
  }
}

/** Types one answer for each question that appears. */
function openScreen(answers: readonly string[], screen: string[]): TerminalSession {
  const input = new PassThrough()
  const output = new PassThrough()
  const rest = [...answers]
  output.on('data', (data) => {
    screen.push(String(data))
    if (String(data).includes('[Y/n]')) void delay(5).then(() => input.write(rest.shift() ?? '\u0003'))
  })
  return {
    input: input as unknown as NodeJS.ReadStream,
    output: output as unknown as NodeJS.WriteStream,
    close: () => input.pause(),
  }
}

async function setup(words: string, world: World = {}) {
  const names = { n: 'dry-run', u: 'uninstall', p: 'no-prompt', y: 'yes' } as const
  const flags: Record<string, string | true> = {}
  for (const word of words.split(' ').filter((each) => each !== '')) {
    const short = names[word as keyof typeof names]
    if (short) flags[short] = true
    else flags['shell'] = word
  }
  const screen: string[] = []
  const outcome = await run({ positionals: [], flags }, createContext(world, screen))
  return { ...outcome, screen: screen.join('') }
}

async function failure(promise: Promise<unknown>): Promise<AssumeError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof AssumeError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('with --yes', () => {
  it('edits the files of the installed shells, and says so', async () => {
    installShells('bash', 'zsh')
    write('.bashrc', 'a\n')
    const { output } = await setup('y')
    expect(read('.bashrc')).toMatch(
      /^a\n# >>> assume >>>\nif \[ -r '\/opt\/it'\\''s\/shell\/bash\/assume\.bash' \]; then \. /,
    )
    expect(read('.zshrc')).toContain("'/opt/it'\\''s/shell/zsh/assume.plugin.zsh'")
    expect(exists('.config/fish')).toBe(false)
    expect(output).toContain('changed ~/.bashrc\ncreated ~/.zshrc\n')
    expect(output).toMatch(/Open a new shell, or type in this one: \. '\/opt.*assume\.bash'\n$/)
  })

  it('changes nothing the second time, and uninstall gives everything back', async () => {
    installShells('bash', 'zsh', 'fish')
    write('dotfiles/zshrc', 'b')
    symlinkSync(at('dotfiles/zshrc'), at('.zshrc'))
    write('.bashrc', Buffer.from('a\xe9\r\nb\r\n', 'latin1'))
    chmodSync(at('.bashrc'), 0o664)
    mkdirSync(at('.config/fish/conf.d'), { recursive: true })
    const before = snapshot()
    await setup('y')
    expect(readlinkSync(at('.zshrc'))).toBe(at('dotfiles/zshrc'))
    expect(statSync(at('.bashrc')).mode & 0o777).toBe(0o664)
    expect(exists('.config/fish/conf.d/assume.fish')).toBe(true)
    const after = snapshot()
    const { mtimeMs } = statSync(at('.bashrc'))
    expect((await setup('y')).output).toBe('nothing to do: bash, zsh, fish are set up\n')
    expect(snapshot()).toEqual(after)
    expect(statSync(at('.bashrc')).mtimeMs).toBe(mtimeMs)
    expect((await setup('u y')).output).toContain('removed ~/.config/fish/conf.d/assume.fish\n')
    expect(snapshot()).toEqual(before)
    expect((await setup('u y')).output).toBe('nothing to do: no rc file loads assume\n')
  })

  it('takes out an alias that another tool left, wherever it is', async () => {
    installShells('zsh')
    write('.zshenv', 'alias assume=". assume"\nb\n')
    const { output } = await setup('y')
    expect(output).toContain('-alias assume=". assume"\n')
    expect(read('.zshenv')).toBe('b\n')
  })

  it('names only those shells that are named, installed or not', async () => {
    installShells('bash')
    await setup('zsh,fish y')
    expect(['.bashrc', '.zshrc', '.config/fish/conf.d/assume.fish'].map(exists)).toEqual([false, true, true])
  })

  it('keeps up a shell that is set up, though it is not installed', async () => {
    await setup('zsh y')
    expect((await setup('p y')).output).toContain('changed ~/.zshrc\n')
    expect(read('.zshrc')).not.toContain('__assume_place_prompt')
  })

  it('says that a theme keeps the prompt', async () => {
    installShells('fish')
    write('.config/fish/functions/_tide_pwd.fish', '')
    expect((await setup('y')).notices).toEqual(['fish: tide shows the profile already; prompt left alone'])
    expect(read('.config/fish/conf.d/assume.fish')).not.toContain('__assume_place_prompt')
  })

  it('has nothing to do without a shell', async () => {
    expect((await setup('y')).output).toContain('no shell found on PATH')
  })
})

describe('where the files are', () => {
  it('zsh is asked, for ZDOTDIR may be set in .zshenv only', async () => {
    installShells('zsh')
    await setup('y', {
      capture: (program) => (program === 'zsh' ? `hello from .zshenv\n${at('z')}\n` : undefined),
    })
    expect(exists('z/.zshrc')).toBe(true)
    expect(exists('.zshrc')).toBe(false)
    expect(statSync(at('z')).mode & 0o777).toBe(0o700)
  })

  it('ZDOTDIR of the environment counts when zsh does not answer; XDG_CONFIG_HOME moves fish', async () => {
    await setup('zsh,fish y', { env: { ZDOTDIR: at('z'), XDG_CONFIG_HOME: at('c') } })
    expect(exists('z/.zshrc')).toBe(true)
    expect(exists('c/fish/conf.d/assume.fish')).toBe(true)
  })

  it('pwsh is asked; the profile of its host may hold a theme', async () => {
    installShells('pwsh')
    write('ps/host.ps1', 'oh-my-posh init pwsh | Invoke-Expression\n')
    const asked: (readonly string[])[] = []
    const capture = (program: string, args: readonly string[]) => {
      if (program !== 'pwsh') return undefined
      asked.push(args)
      return `${at('ps/all.ps1')}\r\n${at('ps/host.ps1')}\r\n`
    }
    const { notices } = await setup('y', { capture })
    expect(asked[0]?.slice(0, 3)).toEqual(['-NoProfile', '-NonInteractive', '-Command'])
    expect(read('ps/all.ps1')).toContain("Import-Module '/opt/it''s/shell/powershell/Assume/Assume.psd1' }")
    expect(notices).toEqual(['powershell: oh-my-posh draws the prompt; prompt left alone'])
  })

  it('a PowerShell on Windows that does not answer cannot be set up by name', async () => {
    expect((await failure(setup('powershell y', { platform: 'win32' }))).code).toBe('program-failed')
  })

  it('macOS: the login file that does not read .bashrc takes a block too', async () => {
    await setup('bash y', { platform: 'darwin' })
    expect(read('.bash_profile')).toBe(read('.bashrc'))
    await setup('bash u y', { platform: 'linux' })
    expect([exists('.bash_profile'), exists('.bashrc')]).toEqual([false, false])
  })
})

describe('asking', () => {
  beforeEach(() => {
    installShells('bash')
    write('.bashrc', 'alias assume=". assume"\n')
    write('.bash_aliases', 'b\n')
  })

  it('shows the diff first, and does it for yes and Enter', async () => {
    const { screen, output } = await setup('', { answers: ['\r', 'y\r'] })
    expect(screen.indexOf('+# >>> assume >>>')).toBeGreaterThan(0)
    expect(screen.indexOf('Make these changes?')).toBeGreaterThan(screen.indexOf('+# >>> assume >>>'))
    expect(output).toMatch(/^changed ~\/\.bashrc\n/)
    expect(read('.bashrc')).not.toContain('alias')
  })

  it('leaves the alias where the answer is no', async () => {
    await setup('', { answers: ['n\r', 'what?\r', 'YES\r'] })
    expect(read('.bashrc')).toMatch(/^alias assume=". assume"\n# >>> assume >>>\n/)
  })

  it.each([
    ['no', ['y\r', 'n\r']],
    ['no to both', ['n\r', 'n\r']],
  ])('changes nothing for %s', async (_name, answers) => {
    const before = snapshot()
    expect((await setup('', { answers })).notices).toEqual(['nothing was changed'])
    expect(snapshot()).toEqual(before)
  })

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s cancels', async (_name, key) => {
    const before = snapshot()
    const error = await failure(setup('', { answers: ['y\r', key] }))
    expect([error.code, error.exitStatus]).toEqual(['cancelled', 130])
    expect(snapshot()).toEqual(before)
  })

  it('without a terminal: the diff, exit status 3 and the command that does it', async () => {
    const before = snapshot()
    const { output, notices, exitStatus } = await setup('')
    expect(output).toContain('+# >>> assume >>>')
    expect(notices?.join('\n')).toContain('  assume setup --yes')
    expect(exitStatus).toBe(3)
    expect(snapshot()).toEqual(before)
  })

  it('--dry-run: the diff, nothing else', async () => {
    const before = snapshot()
    const { output, exitStatus } = await setup('n')
    expect(output).toMatch(/^--- .*\.bashrc\n\+\+\+ .*\.bashrc\n@@ -1 \+1,3 @@\n-alias/)
    expect(exitStatus).toBeUndefined()
    expect(snapshot()).toEqual(before)
  })

  it('a file that somebody saves during the question is left as they saved it', async () => {
    const answers = ['y\r']
    const world = { answers, files: {} as Partial<Files> }
    let reads = 0
    world.files = {
      read: (path) => {
        if (path === at('.bashrc') && ++reads === 2) write('.bashrc', 'theirs\n')
        return nodeFiles.read(path)
      },
    }
    expect((await failure(setup('y', world))).code).toBe('unwritable-file')
    expect(read('.bashrc')).toBe('theirs\n')
  })
})

describe('what goes wrong', () => {
  beforeEach(() => installShells('bash', 'zsh'))

  it('an unknown shell', async () => {
    expect((await failure(setup('bash,ksh y'))).message).toContain('there is no shell "ksh"')
  })

  it('a broken block in one file: nothing is written to the others either', async () => {
    write('.zshrc', '# >>> assume >>>\n')
    const before = snapshot()
    expect((await failure(setup('y'))).message).toMatch(/\.zshrc:1: /)
    expect((await failure(setup('u y'))).code).toBe('broken-block')
    expect(snapshot()).toEqual(before)
  })

  const fail = (code: string) => () => {
    throw Object.assign(new Error(code), { code })
  }

  it.each(['EACCES', 'EIO'])('a file that cannot be read (%s)', async (code) => {
    write('.zshrc', 'a\n')
    const before = snapshot()
    const readOrFail = (path: string) => (path === at('.zshrc') ? fail(code)() : nodeFiles.read(path))
    const error = await failure(setup('y', { files: { read: readOrFail } }))
    expect([error.code, error.message.includes(at('.zshrc'))]).toEqual(['unreadable-file', true])
    expect(snapshot()).toEqual(before)
  })

  it.each(['EACCES', 'EROFS', 'ENOSPC', 'EBUSY'])('a file that cannot be written (%s)', async (code) => {
    write('.bashrc', 'a\n')
    const before = snapshot()
    const error = await failure(setup('bash y', { files: { rename: fail(code) } }))
    expect([error.code, error.message.includes(at('.bashrc')), error.hint !== undefined]).toEqual([
      'unwritable-file',
      true,
      true,
    ])
    expect(snapshot()).toEqual(before)
  })

  it('a link that leads nowhere is not replaced', async () => {
    symlinkSync(at('gone/bashrc'), at('.bashrc'))
    const before = snapshot()
    expect((await failure(setup('bash y'))).message).toContain('is a link to a file that does not exist')
    expect(snapshot()).toEqual(before)
  })
})
