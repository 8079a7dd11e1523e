import { describe, expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { createHome } from '../support/home.ts'

function start() {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}
const statusOf = (env: Record<string, string>) =>
  JSON.parse(runCore(start(), ['status', '--json'], { env }).stdout)

describe('assume status', () => {
  it('shows the active profile and where it comes from', () => {
    const env = {
      AWS_PROFILE: 'dev-profile',
      ASSUME_PROFILE: 'dev-profile',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
    }
    const { stdout, stderr } = runCore(start(), ['status'], { env })
    expect(stderr).toBe('')
    expect(stdout.replace(/valid .*/, 'valid')).toBe(
      [
        'profile  dev-profile',
        'set by   assume',
        'account  123456789011 FullAccess',
        'region   us-east-1',
        'session  devto-article: valid',
        'config   ~/.aws/config',
        '',
      ].join('\n'),
    )
    expect(statusOf(env)).toMatchObject({
      name: 'dev-profile',
      source: 'assume',
      exists: true,
      region: 'us-east-1',
      session: 'valid',
      conflicts: [],
    })
  })

  it('tells a profile set by hand, keys from elsewhere, and nothing', () => {
    expect(statusOf({ AWS_PROFILE: 'other', ASSUME_PROFILE: 'dev-profile' })).toMatchObject({
      name: 'other',
      source: 'elsewhere',
      overridden: 'dev-profile',
      exists: false,
    })
    expect(statusOf({ AWS_ACCESS_KEY_ID: 'AKIA' })).toMatchObject({ source: 'keys' })
    expect(statusOf({})).toMatchObject({ source: 'none' })
    expect(runCore(start(), ['status']).stdout).toMatch(/^profile {2}none$/m)
  })

  it.each([
    [{ AWS_PROFILE: 'dev-profile', AWS_ACCESS_KEY_ID: 'AKIASECRET' }, /AWS_ACCESS_KEY_ID are both set/],
    [{ AWS_PROFILE: '' }, /set but empty/],
    [{ AWS_PROFILE: 'dev-profile', AWS_DEFAULT_PROFILE: 'x' }, /boto3 uses it before/],
    [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' }, /boto3 reads the second only/],
    [
      { AWS_PROFILE: 'dev-profile', AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'arn' },
      /AWS_WEB_IDENTITY_TOKEN_FILE/,
    ],
  ])('warns of %j', (env, warning) => {
    const { status, stdout, stderr } = runCore(start(), ['status'], { env })
    expect(status).toBe(0)
    expect(stderr).toMatch(warning)
    expect(stdout + stderr).not.toContain('AKIASECRET')
  })
})
