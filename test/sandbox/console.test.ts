import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import { askPortal, browse, logIn, openSandbox } from './client.ts'

async function prepare(options?: SandboxOptions) {
  const sandbox = await openSandbox(options)
  const { accessToken } = await logIn(sandbox)
  const path = '/federation/credentials?account_id=999988887777&role_name=Admin'
  const { json } = await askPortal(sandbox, path, accessToken)
  const { accessKeyId, secretAccessKey, sessionToken } = json.roleCredentials
  const session = { sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken }
  const getToken = (changes: object = {}, more: Record<string, string> = {}) =>
    fetch(
      `${sandbox.url}/federation?${new URLSearchParams({
        Action: 'getSigninToken',
        Session: JSON.stringify({ ...session, ...changes }),
        ...more,
      })}`,
    )
  const logInTo = (SigninToken: string, Destination: string) =>
    browse(
      `${sandbox.url}/federation?${new URLSearchParams({ Action: 'login', Issuer: 'x', Destination, SigninToken })}`,
    )
  const credentials = { accessKeyId, secretAccessKey, sessionToken }
  return { sandbox, credentials, getToken, logInTo }
}

describe('the console', () => {
  it('is opened with a sign-in token', async () => {
    const { sandbox, getToken, logInTo } = await prepare()
    const response = await getToken({}, { SessionDuration: '43200' })
    expect(response.status).toBe(200)
    const { SigninToken } = (await response.json()) as { SigninToken: string }
    expect(sandbox.secrets()).toContainEqual({ kind: 'signin-token', value: SigninToken })
    const destination = 'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1&x=<b>'
    const { status, page } = await logInTo(SigninToken, destination)
    expect(status).toBe(200)
    expect(page).toContain('AWSReservedSSO_Admin_')
    expect(page).toContain(
      'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1&amp;x=&lt;b&gt;',
    )
    sandbox.advance(15 * 60_000)
    expect((await logInTo(SigninToken, destination)).status).toBe(400)
  })

  it.each([
    ['a wrong key', { sessionKey: 'x' }, {}],
    ['a wrong token', { sessionToken: 'x' }, {}],
    ['keys of a user', { sessionId: 'AKIAIOSFODNN7EXAMPLE', sessionToken: undefined }, {}],
    ['a duration that is too long', {}, { SessionDuration: '43201' }],
    ['no JSON', {}, { Session: 'x' }],
  ])('gives no sign-in token for %s', async (_name, changes, more) => {
    const { getToken } = await prepare()
    expect((await getToken(changes, more)).status).toBe(400)
  })

  it('allows no duration for keys from a chain of roles', async () => {
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent')
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const { sandbox, credentials, getToken } = await prepare()
    const sts = new STSClient({ region: 'eu-west-2', endpoint: sandbox.url, credentials })
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::999988887777:role/Deploy', RoleSessionName: 'me' }),
    )
    const session = {
      sessionId: Credentials?.AccessKeyId,
      sessionKey: Credentials?.SecretAccessKey,
      sessionToken: Credentials?.SessionToken,
    }
    expect((await getToken(session, { SessionDuration: '900' })).status).toBe(400)
    expect((await getToken(session)).status).toBe(200)
  })

  it('gives none for keys that are over', async () => {
    const { sandbox, getToken } = await prepare()
    sandbox.advance(3_600_000)
    expect((await getToken()).status).toBe(400)
  })

  it('needs a token and a destination', async () => {
    const { logInTo } = await prepare()
    expect((await logInTo('made-up', 'https://console.aws.amazon.com/')).status).toBe(400)
  })
})
