import { type Call, readForm } from './call.ts'
import type { Protocol } from './refusal.ts'

type Group = 'oidc' | 'pages' | 'portal' | 'sts' | 'iam' | 'console' | 'signin'

/** Every operation: the group of hosts that has it, how its errors are phrased, methods, path. */
const operations = {
  RegisterClient: ['oidc', 'oidc', 'POST', '/client/register'],
  StartDeviceAuthorization: ['oidc', 'oidc', 'POST', '/device_authorization'],
  CreateToken: ['oidc', 'oidc', 'POST', '/token'],
  Authorize: ['oidc', 'page', 'GET', '/authorize'],
  AnswerAuthorize: ['oidc', 'page', 'POST', '/authorize'],
  VerifyDevice: ['pages', 'page', 'GET', '/device'],
  AnswerDevice: ['pages', 'page', 'POST', '/device'],
  StartPage: ['pages', 'page', 'GET', '/start'],
  OpenConsoleLink: ['pages', 'page', 'GET', '/start/console'],
  AnswerConsoleLink: ['pages', 'page', 'POST', '/start/console'],
  ListAccounts: ['portal', 'portal', 'GET', '/assignment/accounts'],
  ListAccountRoles: ['portal', 'portal', 'GET', '/assignment/roles'],
  GetRoleCredentials: ['portal', 'portal', 'GET', '/federation/credentials'],
  Logout: ['portal', 'portal', 'POST', '/logout'],
  AssumeRole: ['sts', 'query', 'POST', '/'],
  AssumeRoleWithWebIdentity: ['sts', 'query', 'POST', '/'],
  GetFederationToken: ['sts', 'query', 'POST', '/'],
  GetSessionToken: ['sts', 'query', 'POST', '/'],
  GetCallerIdentity: ['sts', 'query', 'POST', '/'],
  ListAccountAliases: ['iam', 'query', 'POST', '/'],
  CreateAccessKey: ['iam', 'query', 'POST', '/'],
  ListAccessKeys: ['iam', 'query', 'POST', '/'],
  UpdateAccessKey: ['iam', 'query', 'POST', '/'],
  DeleteAccessKey: ['iam', 'query', 'POST', '/'],
  GetAccessKeyLastUsed: ['iam', 'query', 'POST', '/'],
  GetSigninToken: ['console', 'page', 'GET POST', '/federation'],
  ConsoleLogin: ['console', 'page', 'GET POST', '/federation'],
  ShowConsole: ['pages', 'page', 'GET', '/console'],
  CreateOAuth2Token: ['signin', 'signin', 'POST', '/v1/token'],
} as const satisfies Record<string, readonly [Group, Protocol, string, string]>

export type Operation = keyof typeof operations

/** The `Action` of console federation, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html */
const consoleActions: Readonly<Record<string, Operation>> = {
  getSigninToken: 'GetSigninToken',
  login: 'ConsoleLogin',
}

/** Hosts as the endpoint rules of the services name them, FIPS and dual-stack included. */
const hosts: readonly (readonly [RegExp, readonly Group[]])[] = [
  [/^(127\.0\.0\.1|localhost)$/, ['oidc', 'pages', 'portal', 'sts', 'iam', 'console', 'signin']],
  [/^oidc(-fips)?\./, ['oidc']],
  [/^portal\.sso(-fips)?\./, ['portal']],
  [/^sts(-fips)?\./, ['sts']],
  [/^iam(-fips)?\./, ['iam']],
  [/(^|\.)signin(-fips)?\./, ['console', 'signin']],
  [/\.awsapps\.(com|cn)$|\.app\.aws$|\.portal\.amazonaws\.(com(\.cn)?|eu)$/, ['pages']],
]

/** Which operation a request means; undefined when the host that it is sent to has none like it. */
export function recogniseOperation(call: Call): Operation | undefined {
  const groups = hosts.find(([pattern]) => pattern.test(call.host))?.[1] ?? []
  const method = call.method === 'HEAD' ? 'GET' : call.method
  const path = readPath(call, method)
  const action = readForm(call).get('Action') ?? ''
  return (Object.keys(operations) as Operation[]).find((name) => {
    const [group, protocol, methods, itsPath] = operations[name]
    if (!groups.includes(group) || !methods.split(' ').includes(method) || itsPath !== path) return false
    if (group === 'console') return consoleActions[action] === name
    return protocol !== 'query' || action === name
  })
}

/** The path by which the table knows what is asked for: start URLs need not end in /start, and may have a slash there. */
function readPath({ path, query }: Call, method: string): string {
  if (path === '/start' && (method === 'POST' || query.has('user_code'))) return '/device'
  if (method === 'GET' && /^\/(start\/|directory\/[^/]+\/?)?$/.test(path)) return '/start'
  return path.startsWith('/console/') ? '/console' : path
}

/** How the errors of an operation are phrased. */
export function protocolOf(operation: Operation): Protocol {
  return operations[operation][1]
}
