import { type Call, type Reply, regionOf, replyJson } from '../call.ts'
import type { SandboxUser } from '../directory.ts'
import { refusePortal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import { takePage } from './page-token.ts'

/** GET /assignment/accounts. */
export function listAccounts(state: SandboxState, call: Call): Reply {
  const accounts = state.directory.listAccounts(requireUser(state, call))
  const { page, nextToken } = takePage(accounts, call.query, state.settings.pageSize)
  const accountList = page.map(({ id, name, email }) => ({
    accountId: id,
    accountName: name,
    emailAddress: email,
  }))
  return replyJson({ accountList, nextToken })
}

/** GET /assignment/roles. */
export function listAccountRoles(state: SandboxState, call: Call): Reply {
  const user = requireUser(state, call)
  const accountId = requireParameter(call, 'account_id')
  const roles = state.directory.listRoles(user, accountId)
  if (roles.length === 0) throw refusePortal('ForbiddenException')
  const { page, nextToken } = takePage(roles, call.query, state.settings.pageSize)
  return replyJson({ nextToken, roleList: page.map((roleName) => ({ accountId, roleName })) })
}

/** GET /federation/credentials. */
export function getRoleCredentials(state: SandboxState, call: Call): Reply {
  const user = requireUser(state, call)
  const accountId = requireParameter(call, 'account_id')
  const roleName = requireParameter(call, 'role_name')
  if (!state.directory.listRoles(user, accountId).includes(roleName)) throw refusePortal('ForbiddenException')
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = state.identities.issueForPermissionSet(
    { accountId, roleName, userName: user.name, region: state.settings.region },
    state.settings.roleSessionLifetime,
  )
  return replyJson({
    roleCredentials: { accessKeyId, expiration: expiresAt, secretAccessKey, sessionToken },
  })
}

/** POST /logout. */
export function logOut(state: SandboxState, call: Call): Reply {
  requireUser(state, call)
  state.sessions.end(readToken(call))
  return { status: 200, headers: {}, body: '' }
}

function readToken(call: Call): string {
  return String(call.headers['x-amz-sso_bearer_token'] ?? '')
}

function requireUser(state: SandboxState, call: Call): SandboxUser {
  const region = regionOf(call.host)
  const isHere = region === undefined || region === state.settings.region
  const user = isHere ? state.sessions.findUser(readToken(call)) : undefined
  if (!user) throw refusePortal('UnauthorizedException')
  return user
}

function requireParameter(call: Call, name: string): string {
  const value = call.query.get(name)
  if (!value) throw refusePortal('InvalidRequestException', `Missing ${name}`)
  return value
}
