import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Sandbox } from '../../../src/sandbox/sandbox.ts'
import { federate, formatSession, getToken, type Keys, openConsole, openPortal } from './world.ts'

const home = 'https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1'
const user = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

async function assumeRole(sandbox: Sandbox, credentials: Keys, RoleArn: string): Promise<Keys> {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const sts = new STSClient({
    region: 'eu-west-2',
    endpoint: sandbox.url,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  })
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }))
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken,
  }
}

async function askForToken(
  sandbox: Sandbox,
  keys: Keys,
  more: Readonly<Record<string, string>> = {},
): Promise<number> {
  const fields = { Action: 'getSigninToken', Session: formatSession(keys), ...more }
  return (await federate(sandbox, 'POST', fields)).status
}

describe('a console', () => {
  it.each(['GET', 'POST'] as const)('is opened by %s', async (method) => {
    const { sandbox, keys } = await openPortal()
    const fields = { Action: 'getSigninToken', Session: formatSession(keys), SessionDuration: '43200' }
    const response = await federate(sandbox, method, fields)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { SigninToken } = (await response.json()) as { SigninToken: string }
    expect(sandbox.secrets()).toContainEqual({ kind: 'signin-token', value: SigninToken })
    const login = await federate(sandbox, method, {
      Action: 'login',
      Issuer: 'x',
      Destination: home,
      SigninToken,
    })
    expect(login.status).toBe(302)
    expect(login.headers.get('cache-control')).toBe('no-store')
    const location = login.headers.get('location') ?? ''
    expect(new URL(location, sandbox.url).origin).toBe(sandbox.url)
    expect(location).not.toContain(SigninToken)
    expect(login.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax$/)
    expect(sandbox.requests.of('ConsoleLogin')).toMatchObject([{ method, path: '/federation' }])
  })

  it('may have been told apart in the URL of a form', async () => {
    const { sandbox, keys } = await openPortal()
    const url = `${sandbox.url}/federation?${new URLSearchParams({ Action: 'getSigninToken' })}`
    const Action = 'getSigninToken'
    const body = new URLSearchParams({ Action, Session: formatSession(keys) })
    expect((await fetch(url, { method: 'POST', body })).status).toBe(200)
  })

  it.each([
    ['a wrong key', { secretAccessKey: 'x' }, {}],
    ['a wrong session token', { sessionToken: 'x' }, {}],
    ['keys of a user', { ...user, sessionToken: undefined }, {}],
    ['a duration that is too long', {}, { SessionDuration: '43201' }],
    ['a duration that is too short', {}, { SessionDuration: '899' }],
    ['a duration that is no number', {}, { SessionDuration: '1h' }],
    ['an empty duration', {}, { SessionDuration: '' }],
    ['no JSON', {}, { Session: 'x' }],
  ])('has no sign-in token for %s', async (_name, changes, more) => {
    const { sandbox, keys } = await openPortal()
    expect(await askForToken(sandbox, { ...keys, ...changes }, more)).toBe(400)
  })

  it('has no duration for a chain of roles', async () => {
    const { sandbox, keys } = await openPortal()
    const chained = await assumeRole(sandbox, keys, 'arn:aws:iam::999988887777:role/Deploy')
    expect(await askForToken(sandbox, chained, { SessionDuration: '900' })).toBe(400)
    expect(await askForToken(sandbox, chained)).toBe(200)
  })

  it('lasts no longer than its role allows', async () => {
    const { sandbox } = await openPortal()
    const keys = await assumeRole(sandbox, user, 'arn:aws:iam::999988887777:role/Deploy')
    expect(await askForToken(sandbox, keys, { SessionDuration: '3600' })).toBe(200)
    expect(await askForToken(sandbox, keys, { SessionDuration: '3601' })).toBe(400)
  })

  it('has no token for keys that are over, nor for the session of a user', async () => {
    const { sandbox, keys } = await openPortal()
    const { accessToken } = JSON.parse(sandbox.startLoginSession().text) as { accessToken: Keys }
    expect(await askForToken(sandbox, accessToken)).toBe(400)
    sandbox.advance(3_600_000)
    expect(await askForToken(sandbox, keys)).toBe(400)
  })

  it('takes a token once, within 15 minutes', async () => {
    const { sandbox, keys } = await openPortal()
    const [used, late] = [await getToken(sandbox, keys), await getToken(sandbox, keys)]
    const logIn = async (SigninToken: string) =>
      (await federate(sandbox, 'POST', { Action: 'login', Destination: home, SigninToken })).status
    expect(await logIn('made-up')).toBe(400)
    expect(await logIn(used)).toBe(302)
    expect(await logIn(used)).toBe(400)
    sandbox.advance(15 * 60_000)
    expect(await logIn(late)).toBe(400)
  })

  it.each([
    ['nothing', ''],
    ['no URL', 's3'],
    ['no https', home.replace('https:', 'http:')],
    ['a port', home.replace('.com/', '.com:8443/')],
    ['a name', home.replace('//', '//me@')],
    ['another host', 'https://console.aws.amazon.com.example.com/'],
    ['another domain', 'https://eu-west-1.console.example.com/s3'],
    ['the subdomain of a session', home.replace('//', '//999988887777-0a1b2c3d.')],
    ['a region of another partition', 'https://cn-north-1.console.aws.amazon.com/'],
    ['another partition', 'https://cn-north-1.console.amazonaws.cn/console/home'],
  ])('does not open as %s', async (_name, destination) => {
    const { sandbox, keys } = await openPortal()
    const fields = { Action: 'login', Destination: destination, SigninToken: await getToken(sandbox, keys) }
    expect((await federate(sandbox, 'POST', fields)).status).toBe(400)
  })

  it.each([
    ['us-gov-west-1', 'https://us-gov-east-1.console.amazonaws-us-gov.com/'],
    ['cn-north-1', 'https://console.amazonaws.cn/'],
    ['eusc-de-east-1', 'https://eusc-de-east-1.console.amazonaws-eusc.eu/'],
    ['us-iso-east-1', 'https://us-iso-west-1.console.c2shome.ic.gov/'],
    ['us-isob-east-1', 'https://us-isob-east-1.console.sc2shome.sgov.gov/'],
    ['eu-isoe-west-1', 'https://console.csphome.adc-e.uk/'],
    ['us-isof-south-1', 'https://us-isof-south-1.console.csphome.hci.ic.gov/'],
    ['eu-west-2', 'https://lightsail.aws.amazon.com/ls/webapp/home'],
  ])('opens in the partition of %s', async (region, destination) => {
    const { sandbox, keys } = await openPortal({ region })
    const { status } = await openConsole(sandbox, await getToken(sandbox, keys), destination)
    expect(status).toBe(200)
  })

  it.each(['GetSigninToken', 'ConsoleLogin'] as const)('may take no POST for %s', async (operation) => {
    const { sandbox, keys } = await openPortal({ refusesPost: [operation] })
    const SigninToken = operation === 'ConsoleLogin' ? await getToken(sandbox, keys) : ''
    const fields: Record<string, string> =
      operation === 'ConsoleLogin'
        ? { Action: 'login', Destination: home, SigninToken }
        : { Action: 'getSigninToken', Session: formatSession(keys) }
    const refused = await federate(sandbox, 'POST', fields)
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET'])
    expect((await federate(sandbox, 'GET', fields)).status).toBeLessThan(400)
  })

  it.each([
    [400, 400],
    [500, 500],
    [{ alter: () => ({ status: 302, headers: { location: '/elsewhere' }, body: '' }) }, 302],
  ])('may fail to give a token: %j', async (failure, status) => {
    const { sandbox, keys } = await openPortal()
    sandbox.fail('GetSigninToken', failure)
    const fields = { Action: 'getSigninToken', Session: formatSession(keys) }
    const response = await federate(sandbox, 'POST', fields)
    expect(response.status).toBe(status)
    if (status !== 302) expect(response.headers.get('content-type')).toContain('text/html')
  })

  it('answers with what it was sent where it refuses it', async () => {
    const { sandbox, keys } = await openPortal()
    const Session = formatSession({ ...keys, sessionToken: `${keys.sessionToken}x` })
    const response = await federate(sandbox, 'POST', { Action: 'getSigninToken', Session })
    expect(await response.text()).toContain(keys.secretAccessKey.replaceAll('"', '&quot;'))
  })
})
