import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { logIn, openSandbox, post, registerDevice, startUrl } from './client.ts'

/** A request to `url` for another host, as it arrives through a proxy. */
function ask(
  url: string,
  host: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; ca?: string } = {},
): Promise<{ status: number | undefined; location: string | undefined; body: string }> {
  const { method = 'GET', headers, body, ca } = options
  const request = url.startsWith('https:') ? requestTls : requestPlain
  return new Promise((resolve, reject) => {
    const tls = ca === undefined ? {} : { ca, servername: host }
    const sent = request(url, { method, headers: { ...headers, host }, ...tls }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      const { statusCode: status, headers } = response
      resolve({ status, location: headers.location, body: Buffer.concat(chunks).toString() })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

describe('a host', () => {
  it.each([
    ['oidc.eu-west-2.amazonaws.com', '/token', 'CreateToken'],
    ['oidc.eu-west-2.amazonaws.com:443', '/token', 'CreateToken'],
    ['oidc.eu-west-2.api.aws', '/token', 'CreateToken'],
    ['oidc-fips.us-gov-west-1.amazonaws.com', '/token', 'CreateToken'],
    ['portal.sso.eu-west-2.amazonaws.com', '/token', undefined],
    ['portal.sso.eu-west-2.amazonaws.com', '/logout', 'Logout'],
    ['oidc.eu-west-2.amazonaws.com', '/logout', undefined],
    ['sts.eu-west-1.amazonaws.com', '/?Action=GetCallerIdentity', 'GetCallerIdentity'],
    ['iam.amazonaws.com', '/?Action=GetCallerIdentity', undefined],
    ['iam.amazonaws.com', '/?Action=ListAccountAliases', 'ListAccountAliases'],
    ['sso-portal.awsapps.com', '/device', 'AnswerDevice'],
    ['eu-west-2.signin.aws.amazon.com', '/v1/token', 'CreateOAuth2Token'],
    ['signin-fips.us-east-1.amazonaws.com', '/v1/token', 'CreateOAuth2Token'],
    ['oidc.eu-west-2.amazonaws.com', '/v1/token', undefined],
    ['s3.amazonaws.com', '/token', undefined],
    ['localhost', '/token', 'CreateToken'],
  ])('%s has its own operations: %s', async (host, path, operation) => {
    const sandbox = await openSandbox()
    await ask(sandbox.url + path, host, { method: 'POST' })
    expect(sandbox.requests.all.map((request) => request.operation)).toEqual([operation])
  })

  it('of the console is told apart by action', async () => {
    const sandbox = await openSandbox()
    await ask(`${sandbox.url}/federation?Action=login`, 'signin.aws.amazon.com')
    await ask(`${sandbox.url}/federation?Action=getSigninToken`, 'eu-west-1.signin.aws.amazon.com')
    expect(sandbox.requests.all.map((request) => request.operation)).toEqual([
      'ConsoleLogin',
      'GetSigninToken',
    ])
  })

  it('of another region knows no session and no start URL', async () => {
    const sandbox = await openSandbox()
    const { accessToken } = await logIn(sandbox)
    const list = (region: string) =>
      ask(`${sandbox.url}/assignment/accounts`, `portal.sso.${region}.amazonaws.com`, {
        headers: { 'x-amz-sso_bearer_token': accessToken },
      })
    expect(await list('eu-west-2')).toMatchObject({ status: 200 })
    expect(await list('us-east-1')).toMatchObject({ status: 401 })

    const body = JSON.stringify({ ...(await registerDevice(sandbox)), startUrl })
    const start = (region: string) =>
      ask(`${sandbox.url}/device_authorization`, `oidc.${region}.amazonaws.com`, { method: 'POST', body })
    expect(await start('eu-west-2')).toMatchObject({ status: 200 })
    expect(await start('us-east-1')).toMatchObject({ status: 400 })
  })

  it('of somebody’s own leads to the start URL', async () => {
    const sandbox = await openSandbox({ vanityHosts: { 'aws.example.com': startUrl } })
    const answer = await ask(`${sandbox.url}/`, 'aws.example.com', { method: 'HEAD' })
    expect(answer).toEqual({ status: 302, location: startUrl, body: '' })
    expect(await ask(`${sandbox.url}/start`, 'sso-portal.awsapps.com')).toMatchObject({ status: 200 })
  })
})

describe('TLS', () => {
  it('serves the same, and pages stay where no certificate is needed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assume-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const host = 'oidc.eu-west-2.amazonaws.com'
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
    const files = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', key, '-out', cert]
    const name = ['-subj', '/CN=sandbox', '-addext', `subjectAltName=DNS:${host}`, '-days', '2']
    execFileSync('openssl', ['req', '-x509', '-nodes', ...files, ...name], { stdio: 'ignore' })
    const ca = readFileSync(cert, 'utf8')
    const sandbox = await openSandbox({ tls: { key: readFileSync(key, 'utf8'), cert: ca } })
    const registration = await registerDevice(sandbox)
    const body = JSON.stringify({ ...registration, startUrl })
    const answer = await ask(`${sandbox.tlsUrl}/device_authorization`, host, { method: 'POST', body, ca })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body).verificationUri).toBe(`${sandbox.url}/device`)
  })

  it('is absent without a key', async () => {
    expect((await openSandbox()).tlsUrl).toBeUndefined()
  })
})

describe('the server', () => {
  it('listens on 127.0.0.1 only', async () => {
    const sandbox = await openSandbox()
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    await expect(fetch(sandbox.url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow()
  })

  it('has the sandbox’s date in its answers', async () => {
    const sandbox = await openSandbox({ now: () => 1_700_000_000_000 })
    const { headers } = await post(sandbox, '/token', {})
    expect(headers.get('date')).toBe('Tue, 14 Nov 2023 22:13:20 GMT')
  })

  it('does without requests that are too long', async () => {
    const sandbox = await openSandbox()
    await expect(post(sandbox, '/token', 'x'.repeat(1_100_000))).rejects.toThrow()
    expect(await post(sandbox, '/token', {})).toMatchObject({ status: 400 })
  })
})
