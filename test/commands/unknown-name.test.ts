import { describe, expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home } from '../support/home.ts'

const keys = 'aws_access_key_id = A\naws_secret_access_key = x\n'

/** Only a process can become a command. */
const run = async (home: Home, words: readonly string[]) =>
  words[0] === 'exec' ? runCore(home, words) : callCommand(home, words)

function start() {
  const home = createHome()
  home.writeAws(`[profile dev]\n${keys}[profile login]\n${keys}[profile -x]\n${keys}`)
  return (...words: string[]) => run(home, words)
}

describe('the executable without the function', () => {
  it('answers a name that is none with the nearest, and proposes no way to switch to it', async () => {
    const assume = start()
    for (const [words, nearest, hint] of [
      [['logut'], 'assume logout or --profile=login', 'assume logout'],
      [['lgoin'], 'assume login or --profile=login', 'assume login'],
      [['--profile', 'dve'], 'dev', 'assume list'],
      [['exec', 'dve'], 'dev', 'assume list'],
      [['env', 'dve', '--shell', 'bash'], 'dev', 'assume list'],
    ] as const) {
      const { stderr, status } = await assume(...words)
      expect(status).toBe(words[0] === 'exec' ? 125 : 2)
      expect(stderr).toMatch(
        new RegExp(`^assume: there is no profile \\S+; did you mean ${nearest}\\?\n  ${hint}\n$`),
      )
    }
    const known = await assume('dev')
    expect([known.status, known.stderr]).toEqual([2, expect.stringContaining('assume setup')])
    expect(known.stderr).toContain('eval "$(assume env dev --shell bash)"')
  })

  it('understands what it proposes for a profile that is called like an option', async () => {
    const assume = start()
    const { stderr } = await assume('login', '--profile=-x')
    expect(stderr).toContain('profile -x has no SSO session to log in to')
    expect(await assume('--profile=-x', '--dry-run')).toMatchObject({ status: 0 })
    const ways = (await assume('--profile=-x')).stderr
    expect(ways).toContain('eval "$(assume env --profile=-x --shell bash)"')
    expect(await assume('env', '--profile=-x', '--shell', 'bash')).toMatchObject({ status: 0 })
    expect(ways).toContain('assume exec --profile=-x -- COMMAND')
    expect(await assume('exec', '--profile=-x', '--', 'true')).toMatchObject({ status: 0 })
    expect((await assume('-')).stderr).toContain('assume exec NAME -- COMMAND')
  })

  it.each([
    ['', '--profile=-x     in a terminal'],
    ['yes = on\n', '--yes --profile=-x'],
  ])('and what a guard of it wants: %j', async (line, words) => {
    const home = createHome()
    home.writeAws(`[profile -x]\n${keys}`)
    home.write('.config/assume/config', `[plugin protect]\n${line}`)
    expect(await run(home, ['plugin', 'enable', 'protect', '--yes'])).toMatchObject({ status: 0 })
    const { status, stderr } = await run(home, ['env', '--profile=-x', '--shell', 'bash'])
    expect([status, stderr.split('\n')[1]]).toEqual([3, `  assume ${words}`])
    if (line !== '') expect(await run(home, [...words.split(' '), '--dry-run'])).toMatchObject({ status: 0 })
  })

  it('understands what it proposes for a session that is called like an option', async () => {
    const home = createHome()
    home.writeAws(
      '[sso-session -s]\nsso_start_url = https://s.awsapps.com/start\nsso_region = eu-west-1\n' +
        `[profile a]\nsso_session = -s\nsso_account_id = 111122223333\nsso_role_name = R\n`,
    )
    const { status, stderr } = await run(home, ['sync', '--yes'])
    expect([status, stderr]).toEqual([3, expect.stringContaining("\n  assume login -- '-s'\n")])
    expect((await run(home, ['logout', '--', '-s'])).stderr).toContain('-s was not logged in')
  })
})
