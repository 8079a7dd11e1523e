import { expect, it, onTestFinished } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { baseEnvironment, describeShells, runScript } from '../support/shell.ts'
import { fish } from '../support/shells/fish.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

const plain = fish.showPrompt
const cyan = '\u001b[36m'
const red = '\u001b[31m'

describeShells('the prompt segment', [fish], () => {
  const show = (home: Home, lines: readonly string[], env: Record<string, string> = {}) => {
    const result = runScript(fish, home, lines, { env })
    expect(result).toMatchObject({ status: 0, stderr: '' })
    return result.stdout
  }

  it('shows what is in force', () => {
    const lines = [
      plain,
      ...['assume dev-profile', 'set -gx AWS_PROFILE other', 'set -eg AWS_PROFILE'].flatMap((line) => [
        line,
        plain,
      ]),
      ...['set -gx AWS_ACCESS_KEY_ID AKIA', 'assume --unset', 'set -gx AWS_PROFILE mine'].flatMap((line) => [
        line,
        plain,
      ]),
    ]
    expect(show(start(), lines).split('\n')).toEqual([
      '',
      '(dev-profile) ',
      '(other, by hand) ',
      '',
      '(keys from elsewhere) ',
      '',
      '(mine, by hand) ',
      '',
    ])
  })

  it('takes the key that it started with for that of the switch, if ASSUME_VARS lists it', () => {
    const env = { AWS_ACCESS_KEY_ID: 'ASIA1', ASSUME_PROFILE: 'prod' }
    expect(show(start(), [plain], { ...env, ASSUME_VARS: 'AWS_ACCESS_KEY_ID ASSUME_PROFILE' })).toBe(
      '(prod) \n',
    )
    expect(show(start(), [plain], env)).toBe('(keys from elsewhere) \n')
    const vars = { ...env, ASSUME_VARS: 'AWS_ACCESS_KEY_ID' }
    const lines = ['set -gx AWS_ACCESS_KEY_ID ASIA2', plain, fish.load, plain]
    expect(show(start(), lines, vars)).toBe('(keys from elsewhere) \n(keys from elsewhere) \n')
  })

  it('is coloured, red for a protected profile, and not with NO_COLOR or a dumb terminal', () => {
    const home = start()
    expect(show(home, ['assume_prompt'], { AWS_PROFILE: 'p' })).toMatch(`${cyan}(p, by hand) \u001b`)
    expect(show(home, ['assume_prompt'], { AWS_PROFILE: 'p', ASSUME_STYLE: 'protected' })).toMatch(
      `${red}(p, by hand) \u001b`,
    )
    expect(show(home, ['assume_prompt'], { AWS_PROFILE: 'p', NO_COLOR: '1' })).toBe('(p, by hand) ')
    expect(show(home, ['assume_prompt'], { AWS_PROFILE: 'p', TERM: 'dumb' })).toBe('(p, by hand) ')
  })

  it('shows control characters as ?, runs nothing and keeps the status', () => {
    const lines = [
      "set -gx AWS_PROFILE (printf 'a\\x1b]0;x\\x07\\nb\\xc2\\x9b\\xe2\\x80\\xa8c\\x9bd\\x80\\x8f\\x90\\x9fe%%n\\\\\\\\u$(touch PWN)' | string collect)",
      'assume_prompt',
      'test -e PWN; or echo clean',
    ]
    expect(show(start(), lines, { NO_COLOR: '1' })).toBe(
      '(a?]0;x??b??c?d????e%n\\u$(touch PWN), by hand) clean\n',
    )
    expect(show(start(), ['function f; return 3; end; f; assume_prompt; echo $status'])).toBe('3\n')
    expect(
      show(start(), ['function f; return 3; end; f; assume_prompt >/dev/null; echo $status'], {
        AWS_PROFILE: 'p',
      }),
    ).toBe('3\n')
  })
})

describeShells('the prompt that setup places', [fish], () => {
  /** A session whose own prompt shows the statuses that it finds. */
  async function open(home: Home, config: readonly string[] = []): Promise<TerminalScreen> {
    fish.prepareSession(home, '')
    home.write(
      '.config/fish/config.fish',
      [
        'set -g fish_greeting',
        'function fish_prompt',
        '  printf \'%s [%s]\\nREADY> \' $status "$pipestatus"',
        'end',
        ...config,
        '',
      ].join('\n'),
    )
    const terminal = TerminalScreen.spawn('fish', ['-i'], {
      env: baseEnvironment(home),
      cwd: home.path,
      cols: 120,
    })
    onTestFinished(() => terminal.dispose())
    await terminal.waitFor(/READY>$/m)
    return terminal
  }

  async function run(terminal: TerminalScreen, line: string, expected: RegExp): Promise<void> {
    terminal.type(`${line}\r`)
    await terminal.waitFor((text) => {
      const rows = text.trimEnd().split('\n')
      return (
        rows.at(-1) === 'READY>' && expected.test(rows.slice(-3).join('\n')) && rows.join('\n').includes(line)
      )
    })
  }

  it('meets $status and $pipestatus as they were, and keeps more than one line', async () => {
    const terminal = await open(start())
    await run(terminal, 'true | false | true', /^0 \[0 1 0\]\nREADY>$/m)
    await run(terminal, 'not true', /^1 \[0\]\nREADY>$/m)
    await run(terminal, 'assume dev-profile', /^\(dev-profile\) 0 \[0\]\nREADY>$/m)
    await run(terminal, 'false | sh -c "exit 7"', /^\(dev-profile\) 7 \[1 7\]\nREADY>$/m)
    await run(terminal, 'echo after $status', /^after 7\n\(dev-profile\) 0 \[0\]/m)
    await run(terminal, 'assume --unset', /^0 \[0\]\nREADY>$/m)
    await run(terminal, 'function __assume_inner_prompt; printf "READY>\\n\\n"; end', /^READY>$/m)
    await run(terminal, 'echo lines (fish_prompt | wc -l)', /^lines 2\nREADY>$/m)
  })

  it('is placed once, also when it is loaded again', async () => {
    const terminal = await open(start())
    await run(terminal, 'assume dev-profile', /^\(dev-profile\) 0/m)
    await run(terminal, 'source ~/.config/fish/conf.d/assume.fish', /^\(dev-profile\) 0/m)
    await run(terminal, 'true again', /^\(dev-profile\) 0/m)
    expect(terminal.text()).not.toMatch(/already exists|functions:/)
  })

  it('lives with a prompt that wraps it later, as virtualenv does, and with one that replaces it', async () => {
    const terminal = await open(start())
    await run(terminal, 'assume dev-profile', /^\(dev-profile\) 0/m)
    const wrap = 'functions -c fish_prompt old; function fish_prompt; echo -n "(venv) "; old; end'
    await run(terminal, wrap, /^\(venv\) \(dev-profile\) 0 \[0\]\nREADY>$/m)
    await run(terminal, 'true', /^\(venv\) \(dev-profile\) 0 \[0\]\nREADY>$/m)
    await run(terminal, 'function fish_prompt; printf "mine\\nREADY> "; end', /^mine\nREADY>$/m)
    await run(terminal, 'source ~/.config/fish/conf.d/assume.fish', /^mine\nREADY>$/m)
  })

  it('says nothing on success where stderr is redirected or ASSUME_QUIET is set', async () => {
    const terminal = await open(start())
    await run(terminal, 'assume dev-profile 2>said', /^\(dev-profile\) 0/m)
    await run(terminal, 'ASSUME_QUIET=1 assume test-profile', /^\(test-profile\) 0/m)
    await run(terminal, 'cat said', /^\(test-profile\) 0/m)
    expect(terminal.text()).not.toContain('\u00b7')
    await run(
      terminal,
      'assume -',
      /^dev-profile \u00b7 123456789011 FullAccess \u00b7 eu-west-1\n\(dev-profile\) 0/m,
    )
  })
})
