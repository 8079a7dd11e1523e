import { appendFileSync, chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { fixtures } from './support/home.ts'
import { copyCheckout, createInstallHome, type InstallHome } from './support/install-home.ts'
import { isInstalled, powerShellSettings } from './support/shell.ts'
import { takeSnapshot } from './support/snapshot.ts'
import { TerminalScreen } from './support/terminal-screen.ts'

const checkout = copyCheckout()

/** A home whose start-up files are those of somebody who comes from Granted, with a prompt and tools of others. */
function createOccupiedHome(): InstallHome {
  const home = createInstallHome()
  const source = join(fixtures, 'come-over')
  for (const name of readdirSync(source)) {
    cpSync(join(source, name), home.at(name === 'bin' ? name : `.${name}`), { recursive: true })
  }
  for (const name of readdirSync(home.at('bin'))) chmodSync(home.at(`bin/${name}`), 0o755)
  chmodSync(home.at('.zshenv'), 0o640)
  home.write('.aws/config', '[profile dev]\nregion = eu-west-1\ncredential_process = /bin/true\n')
  // Without this folder the first session of fish makes completions of all manual pages.
  home.write('.local/share/fish/generated_completions/.keep', '')
  return home
}

/** Types in a shell on a terminal, one line at each prompt, and returns what was shown. */
async function converse(home: InstallHome, [program = '', ...args]: string[], lines: string[]) {
  const terminal = TerminalScreen.spawn(program, args, {
    cwd: home.path,
    env: {
      HOME: home.path,
      PATH: process.env['PATH'],
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      ...powerShellSettings,
    },
    cols: 200,
    rows: 50,
  })
  onTestFinished(() => terminal.dispose())
  for (const line of [...lines, 'exit']) {
    await terminal.waitFor((text) => text.trimEnd().endsWith('READY>'))
    const before = terminal.text().split('READY>').length
    terminal.type(`${line}\r`)
    if (line !== 'exit') await terminal.waitFor((text) => text.split('READY>').length > before)
  }
  await terminal.exit
  return terminal.text()
}

const sessions: Readonly<Record<string, { command: string[]; more?: string[]; prompt: RegExp }>> = {
  'a login shell of bash': { command: ['bash', '-l'], prompt: /^\(dev\) login READY>/m },
  bash: { command: ['bash', '-i'], prompt: /^star dev READY>/m },
  zsh: {
    command: ['zsh', '-i'],
    more: ['assume_plugin_unload', 'print -r -- "<$PROMPT"'],
    prompt: /^\(dev\) > [\s\S]*^<%\(\?:%\{%\}> :%\{%\}! \)%1~ \$\(git_prompt_info\)READY>/m,
  },
  fish: { command: ['fish', '-i'], prompt: /^star dev READY>/m },
  pwsh: { command: ['pwsh', '-NoLogo'], prompt: /^star dev READY>/m },
}

/** The files of the home but for what shells write by themselves. */
function snapshot(home: InstallHome): Record<string, string> {
  const written = /^(\.zcompdump|\.\w+_history|\.cache|\.local|tmp|\.config\/fish\/fish_variables)/
  const entries = Object.entries(takeSnapshot(home.path))
  return Object.fromEntries(entries.filter(([name, entry]) => entry !== 'folder' && !written.test(name)))
}

it('installed, used and uninstalled, it leaves the start-up files of others as they were, to the byte', async () => {
  const home = createOccupiedHome()
  const read = (name: string) => readFileSync(home.at(name), 'utf8')
  const before = snapshot(home)
  expect(Object.keys(before)).toEqual(
    expect.arrayContaining(['.bash_profile', '.config/powershell/profile.ps1']),
  )
  const { stdout, stderr } = home.run(join(checkout, 'install.sh'), ['--yes'])
  expect(stderr).toContain('bash: starship shows the profile already; prompt left alone')
  expect(stdout).toContain('Then type:\n  assume ')
  const marked = Object.keys(before).filter((name) =>
    read(name).includes('# put aside by assume setup: alias'),
  )
  expect(marked.sort()).toEqual(['.bash_profile', '.bashrc', '.config/fish/config.fish', '.zshenv', '.zshrc'])

  for (const [name, { command, more = [], prompt }] of Object.entries(sessions)) {
    if (!isInstalled(command[0] ?? '')) continue
    const text = await converse(home, command, ['assume dev', ...more])
    expect(text, name).toMatch(prompt)
    expect(text, name).toMatch(/^dev · eu-west-1/m)
    expect(text, name).not.toMatch(/granted was called|not found/)
  }
  expect(home.run(join(checkout, 'install.sh'), ['--yes']).stdout).toMatch(/^up to date: /m)

  appendFileSync(home.at('.zshrc'), '\nexport LATER=1')
  writeFileSync(home.at('.bash_profile'), `export FIRST=1\n${read('.bash_profile')}`)
  expect(home.run(join(checkout, 'install.sh'), ['--uninstall', '--yes']).status).toBe(0)
  const original = (name: string) => readFileSync(join(fixtures, 'come-over', name), 'utf8')
  expect(read('.bash_profile')).toBe(`export FIRST=1\n${original('bash_profile')}`)
  expect(read('.zshrc')).toBe(`${original('zshrc')}\n\nexport LATER=1`)
  for (const name of ['bash_profile', 'zshrc']) writeFileSync(home.at(`.${name}`), original(name))
  expect(snapshot(home)).toEqual(before)
})

/** What installing says of the prompts of a home with these start-up files. */
function installBeside(home: InstallHome): string {
  return home.run(join(checkout, 'install.sh'), ['--yes', '--shell', 'bash,zsh']).stderr
}

it('a prompt that is built anew each time shows the profile where the advice of setup is taken', async () => {
  const home = createInstallHome()
  home.write('.aws/config', '[profile dev]\nregion = eu-west-1\ncredential_process = /bin/true\n')
  const body = (name: string) =>
    `PATH="${process.env['PATH']}"\nbuild() {\n  ${name}='new READY> '\n  # here\n}\n`
  home.write('.bashrc', `${body('PS1')}PROMPT_COMMAND=build\n`)
  home.write('.zshrc', `${body('PROMPT')}autoload -Uz add-zsh-hook\nadd-zsh-hook precmd build\n`)
  const advice = installBeside(home)
  for (const [shell, name] of [
    ['bash', '.bashrc'],
    ['zsh', '.zshrc'],
  ] as const) {
    if (!isInstalled(shell)) continue
    expect(await converse(home, [shell, '-i'], ['assume dev'])).toMatch(/^new READY> exit/m)
    const [, remedy = ''] =
      new RegExp(`${shell}: .* will not show in it.*\\n {2}(.*)\\n.*build`).exec(advice) ?? []
    writeFileSync(
      home.at(name),
      readFileSync(home.at(name), 'utf8').replace('# here', () => remedy),
    )
    expect(await converse(home, [shell, '-i'], ['assume dev'])).toMatch(/^\(dev\) new READY> exit/m)
  }
  expect(installBeside(home)).not.toContain('will not show')
})
