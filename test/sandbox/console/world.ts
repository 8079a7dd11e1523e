import type { SandboxOptions } from '../../../src/sandbox/options.ts'
import type { Sandbox } from '../../../src/sandbox/sandbox.ts'
import { askPortal, logIn, openSandbox } from '../client.ts'

export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

/** A sandbox, and keys that its portal has given for a role. */
export async function openPortal(
  options?: SandboxOptions,
  account = '999988887777',
  role = 'Admin',
): Promise<{ sandbox: Sandbox; keys: Keys }> {
  const sandbox = await openSandbox(options)
  const { accessToken } = await logIn(sandbox)
  const path = `/federation/credentials?account_id=${account}&role_name=${role}`
  const { json } = await askPortal(sandbox, path, accessToken)
  const { accessKeyId, secretAccessKey, sessionToken } = json.roleCredentials
  return { sandbox, keys: { accessKeyId, secretAccessKey, sessionToken } }
}

/** The Session of federation. */
export function formatSession({ accessKeyId, secretAccessKey, sessionToken }: Keys): string {
  return JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken })
}

export type Method = 'GET' | 'POST'

/** Asks the sign-in host, without following where it leads. */
export function federate(
  sandbox: Sandbox,
  method: Method,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  const form = new URLSearchParams(fields)
  const url = `${sandbox.url}/federation`
  return method === 'POST'
    ? fetch(url, { method, body: form, redirect: 'manual' })
    : fetch(`${url}?${form}`, { redirect: 'manual' })
}

export async function getToken(
  sandbox: Sandbox,
  keys: Keys,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const fields = { Action: 'getSigninToken', Session: formatSession(keys), ...more }
  const response = await federate(sandbox, 'POST', fields)
  const { SigninToken = '' } = (await response.json()) as { SigninToken?: string }
  return SigninToken
}

/** Logs in and opens the page that it leads to, with the cookie that came. */
export async function openConsole(
  sandbox: Sandbox,
  SigninToken: string,
  Destination: string,
  method: Method = 'POST',
): Promise<{ location: string; cookie: string; status: number; facts: Record<string, string> }> {
  const login = await federate(sandbox, method, { Action: 'login', SigninToken, Destination })
  const location = login.headers.get('location') ?? ''
  const cookie = login.headers.get('set-cookie') ?? ''
  const page = await fetch(new URL(location, sandbox.url), {
    headers: { cookie: cookie.split(';')[0] ?? '' },
  })
  return { location, cookie, status: page.status, facts: readFacts(await page.text()) }
}

/** What the page says, by the names of its facts. */
export function readFacts(page: string): Record<string, string> {
  const facts = page.matchAll(/<dd id="([^"]+)">([^<]*)<\/dd>/g)
  return Object.fromEntries([...facts].map(([, name, value]) => [name, value]))
}
