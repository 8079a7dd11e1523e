import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createHome, type Home, repository } from '../support/home.ts'
import { catchFailure, runSetup, type World } from '../support/setup-world.ts'
import { takeSnapshot } from '../support/snapshot.ts'

let home: Home
beforeEach(() => {
  home = createHome()
})

const setup = (words: string, world?: World) => runSetup(home, words, world)
const at = (name: string) => join(home.path, name)
const read = (name: string) => readFileSync(at(name), 'utf8')
const exists = (name: string) => existsSync(at(name))
const write = (name: string, content: string | Uint8Array) => home.write(name, content)
/** Without the folders of the locks. */
const snapshot = () =>
  Object.fromEntries(Object.entries(takeSnapshot(home.path)).filter(([name]) => !name.startsWith('.local')))
function installShells(...names: string[]): void {
  for (const name of names) chmodSync(home.write(`bin/${name}`, ''), 0o755)
}

describe('with --yes', () => {
  it('edits the files of the installed shells, and says so', async () => {
    installShells('bash', 'zsh')
    write('.bashrc', 'a\n')
    const { output } = await setup('y')
    expect(read('.bashrc')).toMatch(
      /^a\n# >>> assume >>>\nif \[ -n "\$\{BASH_VERSION-\}" \] && \[ -r '\/opt\/it'\\''s\/shell\/bash\/assume\.bash' \]; then \. /,
    )
    expect(read('.zshrc')).toContain("'/opt/it'\\''s/shell/zsh/assume.plugin.zsh'")
    expect(exists('.config/fish')).toBe(false)
    expect(output).toContain('changed ~/.bashrc\ncreated ~/.bash_profile\ncreated ~/.zshrc\n')
    expect(output).toMatch(
      /Open a new shell, or type in this one: \. '\/opt.*assume\.bash'\nThen type:\n {2}assume conf/,
    )
    write('.aws/config', '[profile a]\nregion = eu-west-1\n')
    expect((await setup('y p')).output).toMatch(/Then type:\n {2}assume {3}/)
  })

  it('tells direnv of `use assume` where that is found and no shell is named, until uninstalled', async () => {
    installShells('bash', 'direnv')
    expect((await setup('y')).output).toContain('created ~/.config/direnv/lib/assume.sh\n')
    expect(read('.config/direnv/lib/assume.sh')).toContain(
      "\nif [ -r '/opt/it'\\''s/shell/direnv/assume.bash' ]; then . '/opt/it'\\''s/shell/direnv/assume.bash'; fi\n",
    )
    expect((await setup('y')).output).toBe('nothing to do: bash is set up\n')
    await setup('y u')
    expect([exists('.config'), exists('.bashrc')]).toEqual([false, false])
    await setup('y bash')
    expect(exists('.config')).toBe(false)
  })

  it('asks before that on a terminal', async () => {
    installShells('bash', 'direnv')
    const { output, screen } = await setup('', { answers: ['n\r', 'y\r'] })
    expect(screen).toContain('Make "use assume PROFILE" known to direnv? [Y/n]')
    expect(output).toContain('created ~/.bashrc')
    expect(exists('.config')).toBe(false)
  })

  it('takes the profile of each directory, or no longer, but not both', async () => {
    installShells('bash', 'zsh', 'fish')
    await setup('y d')
    for (const name of ['.bashrc', '.zshrc', '.config/fish/conf.d/assume.fish'])
      expect(read(name)).toContain('; __assume_watch_directories; ')
    expect((await setup('y')).output).toContain('nothing to do')
    await setup('y bash o')
    expect(read('.bashrc')).not.toContain('directories')
    expect(read('.zshrc')).toContain('directories')
    expect(await catchFailure(setup('y d o'))).toMatchObject({ code: 'usage' })
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

  it('takes the folders that it created away again, as far as nothing else is in them', async () => {
    write('.config/other/a', '')
    const before = snapshot()
    const fish = at('.config/fish')
    for (const kept of [undefined, join(fish, 'config.fish')]) {
      await setup('fish,pwsh y')
      expect((await setup('fish,pwsh p y')).output).toContain('changed ~/.config/fish/conf.d/assume.fish\n')
      if (kept !== undefined) write('.config/fish/config.fish', '')
      await setup('u y')
      expect(existsSync(fish)).toBe(kept !== undefined)
      if (kept === undefined) expect(snapshot()).toEqual(before)
      else expect(readdirSync(fish)).toEqual(['config.fish'])
    }
  })

  it('puts an alias aside that another tool left, wherever it is, until it is uninstalled', async () => {
    installShells('zsh')
    write('.zshenv', 'alias assume=". assume"\nb\n')
    const { output } = await setup('y')
    expect(output).toContain(
      '-alias assume=". assume"\n+# put aside by assume setup: alias assume=". assume"\n',
    )
    expect(read('.zshenv')).toBe('# put aside by assume setup: alias assume=". assume"\nb\n')
    expect((await setup('y')).output).toBe('nothing to do: zsh is set up\n')
    write('.zshenv', `new\n${read('.zshenv')}`)
    await setup('u y')
    expect(read('.zshenv')).toBe('new\nalias assume=". assume"\nb\n')
  })

  it('writes HOME for the folders that lead to it, also where it is a link', async () => {
    installShells('bash', 'zsh', 'fish')
    symlinkSync(home.path, at('link'))
    const load = async (installation: string, HOME = home.path) => {
      await setup('y p', { installation, env: { HOME, ZDOTDIR: HOME } })
      const files = ['.bashrc', '.zshrc', '.config/fish/conf.d/assume.fish']
      return files.map((name) => read(name).split('\n').at(-3))
    }
    const path = '"$HOME/.local/share/assume/shell'
    const plain = [
      `if [ -n "\${BASH_VERSION-}" ] && [ -r ${path}/bash/assume.bash" ]; then . ${path}/bash/assume.bash"; fi`,
      `if [ -r ${path}/zsh/assume.plugin.zsh" ]; then . ${path}/zsh/assume.plugin.zsh"; fi`,
      `if test -r ${path}/fish/conf.d/assume.fish"; source ${path}/fish/conf.d/assume.fish"; end`,
    ]
    expect(await load(at('.local/share/assume'))).toEqual(plain)
    expect(await load(`${realpathSync(home.path)}/.local/share/assume`, at('link'))).toEqual(plain)
    expect((await load(at("it's")))[0]).toContain(`. "$HOME"'/it'\\''s/shell/bash/assume.bash'; fi`)
    expect((await load(`${home.path}2/x`))[0]).toContain(`. '${home.path}2/x/shell`)
  })

  it('leaves the login of sh alone, whose .profile reads .bashrc', async () => {
    write('.profile', '. ~/.bashrc\n')
    write('.bashrc', 'echo mine\n')
    await setup('bash y', { installation: repository })
    const login = (shell: string) =>
      spawnSync(shell, ['-c', '. ~/.profile; type assume >&2; echo ok'], {
        env: { ...process.env, HOME: home.path },
        encoding: 'utf8',
      })
    expect(login('sh')).toMatchObject({ stdout: 'mine\nok\n', status: 0 })
    expect(login('bash').stderr).toContain('assume is a function')
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

  it('says how to place the segment in a prompt that is built anew each time', async () => {
    installShells('bash')
    write('.bashrc', 'set_prompt() {\n  PS1="> "\n}\nPROMPT_COMMAND=set_prompt\n')
    const { notices } = await setup('y')
    expect(notices).toEqual([
      expect.stringMatching(/^bash: .* will not show in it.*\n {2}PS1=.*\n.*of set_prompt, which/),
    ])
    expect((await setup('y')).notices).toEqual(notices)
    expect((await setup('p y')).notices).toEqual([])
  })

  it('has nothing to do without a shell', async () => {
    expect((await setup('y')).output).toContain('no shell found on PATH')
  })
})

describe('where the files are', () => {
  it.each([
    ['.bashrc', ['.bash_profile', '.profile']],
    ['.profile', ['.bash_profile']],
  ])('%s, which others are links to, is one file', async (name, links) => {
    installShells('bash')
    write(name, 'alias assume=x\n')
    for (const link of links) symlinkSync(name, at(link))
    const { output } = await setup('y')
    expect(output?.match(/^\+\+\+ /gm)).toHaveLength(name === '.bashrc' ? 1 : 2)
    expect(read(name).match(/assume\.bash/g)).toHaveLength(2)
    await setup('u y')
    expect(read(name)).toBe('alias assume=x\n')
  })

  it('zsh is asked, for ZDOTDIR may be set in .zshenv only', async () => {
    installShells('zsh')
    await setup('y', {
      answer: (program) => (program === 'zsh' ? `hello from .zshenv\n${at('z')}\n` : undefined),
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
    const answer = (program: string, args: readonly string[]) => {
      if (program !== 'pwsh') return undefined
      asked.push(args)
      return `${at('ps/all.ps1')}\r\n${at('ps/host.ps1')}\r\n`
    }
    const { notices } = await setup('y', { answer })
    expect(asked[0]?.slice(0, 3)).toEqual(['-NoProfile', '-NonInteractive', '-Command'])
    expect(read('ps/all.ps1')).toContain("Import-Module '/opt/it''s/shell/powershell/Assume/Assume.psd1' }")
    expect(notices).toEqual(['powershell: oh-my-posh draws the prompt; prompt left alone'])
  })

  it('a PowerShell on Windows that does not answer cannot be set up by name', async () => {
    expect((await catchFailure(setup('powershell y', { platform: 'win32' }))).code).toBe('program-failed')
  })

  it.each(['darwin', 'linux'] as const)(
    '%s: the login file that does not read .bashrc takes a block too',
    async (platform) => {
      await setup('bash y', { platform })
      expect(read('.bash_profile')).toBe(read('.bashrc'))
      await setup('bash u y', { platform })
      expect([exists('.bash_profile'), exists('.bashrc')]).toEqual([false, false])
    },
  )
})

describe('a function assume of somebody else', () => {
  const functions = {
    '.bash_aliases': 'assume() {\n  granted "$@"\n}\n',
    '.oh-my-zsh/custom/tools.zsh': 'assume() { eval "$(aws-vault export "$1")"; }\n',
    '.config/fish/functions/assume.fish': 'function assume\n  x\nend\n',
    '.config/fish/conf.d/own.fish': 'alias assume=asp\n',
  }
  const writeAll = () => {
    installShells('bash', 'zsh', 'fish')
    for (const [name, text] of Object.entries(functions)) write(name, text)
  }

  it('is named and left alone by whoever is not asked', async () => {
    writeAll()
    const { notices = [] } = await setup('y')
    const named = notices.filter((line) => line.includes('defines a function assume'))
    expect(named.map((line) => line.split(' line')[0]).sort()).toEqual(
      ['.bash_aliases', '.config/fish/functions/assume.fish', '.oh-my-zsh/custom/tools.zsh'].map(at).sort(),
    )
    for (const name of Object.keys(functions).slice(0, 3))
      expect(read(name)).toBe(functions[name as keyof typeof functions])
    expect(read('.config/fish/conf.d/own.fish')).toMatch(/^# put aside by assume setup: alias assume=asp$/m)
    await setup('u y')
    expect(read('.config/fish/conf.d/own.fish')).toBe('alias assume=asp\n')
  })

  it('becomes a comment after a yes to that question, and uninstalling brings it back', async () => {
    writeAll()
    const before = snapshot()
    const { screen } = await setup('', { answers: ['n\n', 'y\n', 'y\n'] })
    expect(screen).toContain('There is a function "assume"')
    expect(read('.bash_aliases')).toBe(
      functions['.bash_aliases'].replace(/^( *)(?=.)/gm, '$1# put aside by assume setup (function): '),
    )
    expect(read('.config/fish/functions/assume.fish')).not.toMatch(/^function/m)
    expect(read('.config/fish/conf.d/own.fish')).toBe('alias assume=asp\n')
    await setup('u y')
    expect(snapshot()).toEqual(before)
  })

  it('stays after Enter, which is a no, and all else is done', async () => {
    writeAll()
    await setup('', { answers: ['\n', '\n', '\n'] })
    expect(read('.bash_aliases')).toBe(functions['.bash_aliases'])
    expect(read('.bashrc')).toContain('# >>> assume >>>')
  })

  it('is looked for where a start-up file says that oh-my-zsh has its own', async () => {
    installShells('zsh')
    write('.zshrc', 'export ZSH=~/omz\nZSH_CUSTOM="$ZSH/mine"\n')
    write('omz/mine/a.zsh', 'assume() { x; }\n')
    expect((await setup('n')).notices).toEqual(
      expect.arrayContaining([expect.stringContaining('omz/mine/a.zsh line 1 defines a function')]),
    )
  })
})
