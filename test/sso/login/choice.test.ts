import { describe, expect, it } from 'vitest'
import { chooseLoginFlow } from '../../../src/sso/login/choice.ts'

const named = { name: 'work', startUrl: 'https://x', region: 'eu-west-1' }
const legacy = { startUrl: 'https://x', region: 'eu-west-1' }
const choose = (
  env: Record<string, string>,
  {
    session = named as { name?: string; startUrl: string; region: string },
    isContainer = false,
    ...wanted
  } = {} as {
    session?: { name?: string; startUrl: string; region: string }
    isContainer?: boolean
    asked?: 'pkce' | 'device-code'
    configured?: string
  },
) => chooseLoginFlow(session, { env, isContainer }, wanted)

describe('the way to log in', () => {
  it('is PKCE where there is a browser', () => {
    expect(choose({ DISPLAY: ':0' })).toBe('pkce')
  })

  it.each([
    [{ SSH_CONNECTION: 'x' }, {}],
    [{ SSH_TTY: '/dev/pts/1' }, {}],
    [{ WSL_DISTRO_NAME: 'Debian' }, {}],
    [{ CI: 'true' }, {}],
    [{ CODESPACES: 'true' }, {}],
    [{}, { isContainer: true }],
    [{}, { session: legacy }],
    [{}, { asked: 'device-code' as const }],
    [{}, { configured: 'device-code' }],
    [{}, { session: legacy, configured: 'pkce' }],
  ])('is a device code with %j and %j', (env, options) => {
    expect(choose(env, options)).toBe('device-code')
  })

  it('is what the session says, also over SSH', () => {
    expect(choose({ SSH_TTY: 'x' }, { configured: 'pkce' })).toBe('pkce')
    expect(choose({ SSH_TTY: 'x' }, { configured: 'auto' })).toBe('device-code')
  })
})
