import { type Call, type Reply, readForm } from '../call.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import { answerSts, describeCredentials } from './answer.ts'
import { authenticateCaller } from './caller.ts'
import { isDenied, type LongTermKeys } from './identity.ts'
import { checkMfa } from './mfa.ts'
import { readSeconds, refuseAccess, refuseValue, requireParameter } from './parameter.ts'

/** Seconds that a session of a user may live, and does when nothing is asked for. */
const limits = { least: 900, most: 129_600, usual: 43_200 }

/** GetFederationToken, https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html */
export function getFederationToken(state: SandboxState, call: Call): Reply {
  const form = readForm(call)
  const caller = requireUserKeys(state, call, 'GetFederationToken')
  const name = requireParameter(form, 'Name')
  if (!/^[\w+=,.@-]{2,32}$/.test(name))
    throw refuseValue(
      `Value '${name}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 32, and satisfy regular expression pattern: [\\w+=,.@-]*`,
    )
  const seconds = readSeconds(form, limits)
  const policy = readPolicy(form)
  const arn = `arn:${caller.arn.split(':')[1]}:sts::${caller.accountId}:federated-user/${name}`
  if (isDenied(state.settings.iamUsers, caller, 'sts:GetFederationToken'))
    throw refuseAccess(caller, 'sts:GetFederationToken', arn)
  const hasNoRights = policy === undefined && !form.has('PolicyArns.member.1.arn')
  const userId = `${caller.accountId}:${name}`
  const keys = state.identities.issueForFederatedUser({ ...caller, arn, userId }, seconds, hasNoRights)
  return answerSts('GetFederationToken', {
    ...describeCredentials(keys),
    FederatedUser: { FederatedUserId: userId, Arn: arn },
    PackedPolicySize: String(Math.ceil((policy ?? '').length / 20)),
  })
}

/** GetSessionToken, https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export function getSessionToken(state: SandboxState, call: Call): Reply {
  const form = readForm(call)
  const caller = requireUserKeys(state, call, 'GetSessionToken')
  const seconds = readSeconds(form, limits)
  const hasMfa = checkMfa(form, state.settings.mfaDevices)
  if (isDenied(state.settings.iamUsers, caller, 'sts:GetSessionToken'))
    throw refuseAccess(caller, 'sts:GetSessionToken', '*')
  const keys = state.identities.issueForCaller(caller, seconds, hasMfa)
  return answerSts('GetSessionToken', describeCredentials(keys))
}

/** Neither is for keys that are temporary themselves. */
function requireUserKeys(state: SandboxState, call: Call, operation: string): LongTermKeys {
  const caller = authenticateCaller(state, call)
  if (caller.sessionToken === undefined) return caller
  throw new Refusal(403, 'AccessDenied', `Cannot call ${operation} with session credentials`)
}

/** The text of a policy; undefined when there is none. */
function readPolicy(form: URLSearchParams): string | undefined {
  const text = form.get('Policy') ?? undefined
  if (text === undefined) return undefined
  if (text.length > 2048)
    throw refuseValue(
      `Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048`,
    )
  if (!isPolicy(text))
    throw new Refusal(400, 'MalformedPolicyDocument', 'The policy is not in the valid JSON format.')
  return text
}

function isPolicy(text: string): boolean {
  try {
    const { Statement } = Object(JSON.parse(text)) as { Statement?: unknown }
    return typeof Statement === 'object' && Statement !== null
  } catch {
    return false
  }
}
