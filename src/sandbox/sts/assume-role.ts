import { type Call, type Reply, readForm } from '../call.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import { answerSts, describeKeys } from './answer.ts'
import { authenticateCaller } from './caller.ts'
import type { Principal } from './identity.ts'
import { checkMfa } from './mfa.ts'
import { readSeconds, refuseAccess, refuseValue, requireParameter } from './parameter.ts'
import type { Role } from './role.ts'

/** AssumeRole, https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function assumeRole(state: SandboxState, call: Call): Reply {
  const caller = authenticateCaller(state, call)
  const form = readForm(call)
  const roleArn = requireParameter(form, 'RoleArn')
  const sessionName = readSessionName(form)
  const isFederated = caller.arn.includes(':federated-user/')
  const isChained = caller.arn.includes(':assumed-role/')
  const role = state.settings.roles.find(({ arn }) => arn === roleArn)
  const hasMfa = checkMfa(form, state.settings.mfaDevices) || caller.hasMfa === true
  if (isFederated || !role || !isTrusted(role, caller, form, hasMfa))
    throw refuseAccess(caller, 'sts:AssumeRole', roleArn)
  const terms = { seconds: readDuration(form, role, isChained), isChained }
  return answerSts('AssumeRole', describeKeys(state.identities.issueForRole(roleArn, sessionName, terms)))
}

/** AssumeRoleWithWebIdentity, which nobody signs. */
export function assumeRoleWithWebIdentity(state: SandboxState, call: Call): Reply {
  const form = readForm(call)
  const roleArn = requireParameter(form, 'RoleArn')
  const sessionName = readSessionName(form)
  const token = requireParameter(form, 'WebIdentityToken')
  const role = state.settings.roles.find(({ arn }) => arn === roleArn)
  if (role?.webIdentityToken === undefined)
    throw new Refusal(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')
  if (role.webIdentityToken !== token)
    throw new Refusal(400, 'InvalidIdentityToken', 'The ID Token provided is not a valid JWT.')
  const terms = { seconds: readDuration(form, role, false), isChained: false }
  const keys = state.identities.issueForRole(roleArn, sessionName, terms)
  return answerSts('AssumeRoleWithWebIdentity', {
    ...describeKeys(keys),
    SubjectFromWebIdentityToken: 'sandbox-subject',
    Audience: 'sts.amazonaws.com',
    Provider: 'https://sandbox.invalid',
  })
}

function isTrusted(role: Role, caller: Principal, form: URLSearchParams, hasMfa: boolean): boolean {
  const { trusts, externalId, mfa, webIdentityToken } = role
  return (
    webIdentityToken === undefined &&
    (!trusts || trusts.includes(caller.accountId) || trusts.includes(caller.principal)) &&
    (externalId === undefined || externalId === form.get('ExternalId')) &&
    (!mfa || hasMfa)
  )
}

function readSessionName(form: URLSearchParams): string {
  const name = requireParameter(form, 'RoleSessionName')
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return name
  const constraint = 'Member must satisfy regular expression pattern: [\\w+=,.@-]*'
  throw refuseValue(`Value '${name}' at 'roleSessionName' failed to satisfy constraint: ${constraint}`)
}

/** Between 15 minutes and the role's maximum, an hour for a chained role; an hour when nothing is asked for. */
function readDuration(form: URLSearchParams, role: Role, isChained: boolean): number {
  if (!form.has('DurationSeconds')) return 3600
  const seconds = readSeconds(form, { least: 900, most: 43_200, usual: 3600 })
  if (isChained && seconds > 3600)
    throw new Refusal(
      400,
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    )
  if (seconds > (role.maxSessionDuration ?? 3600))
    throw new Refusal(
      400,
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  return seconds
}
