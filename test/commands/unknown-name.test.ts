import { describe, expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { createHome } from '../support/home.ts'

const keys = 'aws_access_key_id = A\naws_secret_access_key = x\n'

function start() {
  const home = createHome()
  home.writeAws(`[profile dev]\n${keys}[profile login]\n${keys}[profile -x]\n${keys}`)
  return (...words: string[]) => runCore(home, words)
}

describe('the executable without the function', () => {
  it('answers a name that is none with the nearest, and proposes no way to switch to it', () => {
    const assume = start()
    for (const [words, nearest, hint] of [
      [['logut'], 'assume logout or --profile=login', 'assume logout'],
      [['lgoin'], 'assume login or --profile=login', 'assume login'],
      [['--profile', 'dve'], 'dev', 'assume list'],
      [['exec', 'dve'], 'dev', 'assume list'],
      [['env', 'dve', '--shell', 'bash'], 'dev', 'assume list'],
    ] as const) {
      const { stderr, status } = assume(...words)
      expect(status).toBe(words[0] === 'exec' ? 125 : 2)
      expect(stderr).toMatch(
        new RegExp(`^assume: there is no profile \\S+; did you mean ${nearest}\\?\n  ${hint}\n$`),
      )
    }
    const known = assume('dev')
    expect([known.status, known.stderr]).toEqual([2, expect.stringContaining('assume setup')])
    expect(known.stderr).toContain('eval "$(assume env dev --shell bash)"')
  })

  it('understands what it proposes for a profile that is called like an option', () => {
    const assume = start()
    const { stderr } = assume('login', '--profile=-x')
    expect(stderr).toContain('profile -x has no SSO session to log in to')
    expect(assume('--profile=-x', '--dry-run')).toMatchObject({ status: 0 })
  })
})
