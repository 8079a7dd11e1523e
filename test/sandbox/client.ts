import { createHash, randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
export const startUrl = 'https://sso-portal.awsapps.com/start'
export const callback = 'http://127.0.0.1:49152/oauth/callback'

/** A sandbox that goes when the test is over. */
export async function openSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options)
  onTestFinished(() => sandbox.close())
  return sandbox
}

/** What a JSON operation answered; members are read as they come. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: the tests look at whatever is there.
  readonly json: any
}

export async function post(
  sandbox: Sandbox,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return readAnswer(
    await fetch(sandbox.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  )
}

/** A GET of the portal with this access token. */
export async function askPortal(sandbox: Sandbox, path: string, accessToken: string): Promise<Answer> {
  return readAnswer(await fetch(sandbox.url + path, { headers: { 'x-amz-sso_bearer_token': accessToken } }))
}

async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response
  const text = await response.text()
  return { status, headers, json: text === '' ? undefined : JSON.parse(text) }
}

export interface Registration {
  readonly clientId: string
  readonly clientSecret: string
}

/** Registers as the AWS CLI does for PKCE, or as given. */
export async function register(sandbox: Sandbox, changes: object = {}): Promise<Registration> {
  const { json } = await post(sandbox, '/client/register', {
    clientName: 'botocore-client-devto-article',
    clientType: 'public',
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: ['http://127.0.0.1/oauth/callback'],
    issuerUrl: startUrl,
    scopes: ['sso:account:access'],
    ...changes,
  })
  return { clientId: json.clientId, clientSecret: json.clientSecret }
}

/** Registers as the AWS CLI does for the device flow. */
export function registerDevice(sandbox: Sandbox): Promise<Registration> {
  return register(sandbox, { grantTypes: undefined, redirectUris: undefined, issuerUrl: undefined })
}

export interface Pkce {
  readonly verifier: string
  readonly challenge: string
}

export function createPkce(): Pkce {
  const verifier = randomBytes(48).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** The address that a browser is sent to; undefined removes a parameter. */
export function authorizeUrl(
  sandbox: Sandbox,
  clientId: string,
  challenge: string,
  changes: Record<string, string | undefined> = {},
): string {
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: callback,
    state: 'state-1',
    code_challenge_method: 'S256',
    scopes: 'sso:account:access',
    code_challenge: challenge,
    ...changes,
  }
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return `${sandbox.url}/authorize?${new URLSearchParams(given)}`
}

/** Opens an address as a browser, without following where it leads. */
export async function browse(
  url: string,
): Promise<{ status: number; page: string; location: URL | undefined }> {
  const response = await fetch(url, { redirect: 'manual' })
  const location = response.headers.get('location')
  return {
    status: response.status,
    page: await response.text(),
    location: location ? new URL(location) : undefined,
  }
}

/** Presses a button of the page, with the form's hidden fields and what is chosen. */
export async function press(
  sandbox: Sandbox,
  page: string,
  decision: 'allow' | 'deny',
  chosen: Record<string, string> = {},
): Promise<{ status: number; page: string; location: URL | undefined; cookie: string }> {
  const [, action] = /<form method="post" action="([^"]+)"/.exec(page) ?? []
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const fields = Object.fromEntries(hidden.map(([, name, value]) => [name, value]))
  const response = await fetch(sandbox.url + action, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, ...chosen, decision }),
    redirect: 'manual',
  })
  const location = response.headers.get('location')
  return {
    status: response.status,
    page: await response.text(),
    location: location ? new URL(location) : undefined,
    cookie: response.headers.get('set-cookie') ?? '',
  }
}

export interface Login extends Registration {
  readonly accessToken: string
  readonly refreshToken: string
}

/** A whole device login that is allowed at once. */
export async function logIn(sandbox: Sandbox): Promise<Login> {
  const registration = await registerDevice(sandbox)
  const { json: device } = await post(sandbox, '/device_authorization', { ...registration, startUrl })
  sandbox.approve(device.userCode)
  const grant = { ...registration, grantType: deviceGrant, deviceCode: device.deviceCode }
  const { json } = await post(sandbox, '/token', grant)
  return { ...registration, accessToken: json.accessToken, refreshToken: json.refreshToken }
}

export function refresh(sandbox: Sandbox, login: Login, changes: object = {}): Promise<Answer> {
  const { clientId, clientSecret, refreshToken } = login
  return post(sandbox, '/token', {
    clientId,
    clientSecret,
    grantType: 'refresh_token',
    refreshToken,
    ...changes,
  })
}
