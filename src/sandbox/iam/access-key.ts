import { formatTimestamp } from '../../text/time.ts'
import { type Call, type Reply, readForm } from '../call.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import { answerQuery, type Content } from '../sts/answer.ts'
import { refuseAccess, refuseValue, requireParameter } from '../sts/parameter.ts'
import type { IamUser } from '../sts/role.ts'
import { authenticateForIam, type IamCaller } from './iam-caller.ts'
import type { UserKey } from './user-keys.ts'

const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; inactive ones count. */
const mostKeys = 2

/** CreateAccessKey, https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export function createAccessKey(state: SandboxState, call: Call): Reply {
  const { user, arn } = findUser(state, call, 'CreateAccessKey')
  if (state.userKeys.count(arn) >= mostKeys)
    throw new Refusal(409, 'LimitExceeded', `Cannot exceed quota for AccessKeysPerUser: ${mostKeys}`)
  const key = state.userKeys.create(user)
  const made = { ...describeKey(key), SecretAccessKey: key.secretAccessKey }
  return answerQuery('CreateAccessKey', namespace, { AccessKey: made })
}

/** ListAccessKeys, https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export function listAccessKeys(state: SandboxState, call: Call): Reply {
  const { arn } = findUser(state, call, 'ListAccessKeys')
  const form = readForm(call)
  const marker = form.get('Marker')
  const start = marker === null ? 0 : Number(Buffer.from(marker, 'base64url').toString())
  if (!Number.isInteger(start) || start < 0) throw new Refusal(400, 'ValidationError', 'Invalid Marker.')
  const wanted = Number(form.get('MaxItems') ?? state.settings.pageSize)
  if (!(wanted >= 1 && wanted <= 1000))
    throw refuseValue(
      `Value '${wanted}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000`,
    )
  const keys = state.userKeys.list(arn)
  const end = start + Math.min(wanted, state.settings.pageSize)
  return answerQuery('ListAccessKeys', namespace, {
    AccessKeyMetadata: keys.slice(start, end).map(describeKey),
    IsTruncated: String(end < keys.length),
    ...(end < keys.length && { Marker: Buffer.from(String(end)).toString('base64url') }),
  })
}

/** UpdateAccessKey, https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export function updateAccessKey(state: SandboxState, call: Call): Reply {
  const key = requireKey(state, call, 'UpdateAccessKey')
  const status = requireParameter(readForm(call), 'Status')
  if (status !== 'Active' && status !== 'Inactive')
    throw refuseValue(
      `Value '${status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]`,
    )
  state.userKeys.change(key.accessKeyId, status)
  return answerQuery('UpdateAccessKey', namespace, {})
}

/** DeleteAccessKey, https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export function deleteAccessKey(state: SandboxState, call: Call): Reply {
  const key = requireKey(state, call, 'DeleteAccessKey')
  state.userKeys.change(key.accessKeyId, 'deleted')
  return answerQuery('DeleteAccessKey', namespace, {})
}

/** GetAccessKeyLastUsed, https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html */
export function getAccessKeyLastUsed(state: SandboxState, call: Call): Reply {
  const action = 'GetAccessKeyLastUsed'
  const caller = authenticateForIam(state, call, action)
  const id = requireParameter(readForm(call), 'AccessKeyId')
  const key = state.userKeys.find(id)
  if (!key || !mayReach(caller, key.arn, key.accountId))
    throw refuseAccess(caller.keys, `iam:${action}`, `access key ${id}`)
  const { lastUse } = key
  return answerQuery(action, namespace, {
    UserName: key.userName,
    AccessKeyLastUsed: {
      ...(lastUse && { LastUsedDate: formatTimestamp(lastUse.at) }),
      ServiceName: lastUse?.service ?? 'N/A',
      Region: lastUse?.region ?? 'N/A',
    },
  })
}

function describeKey({ userName, accessKeyId, status, createdAt }: UserKey): Record<string, Content> {
  return {
    UserName: userName,
    AccessKeyId: accessKeyId,
    Status: status,
    CreateDate: formatTimestamp(createdAt),
  }
}

/** The user that a request is about: the one that it names, else the one whose keys sign. */
function findUser(
  state: SandboxState,
  call: Call,
  action: string,
): { readonly user: Pick<IamUser, 'name' | 'accountId'>; readonly arn: string } {
  const caller = authenticateForIam(state, call, action)
  const { accountId } = caller.keys
  const name = readForm(call).get('UserName') || caller.userName
  if (name === undefined)
    throw new Refusal(400, 'ValidationError', 'Must specify userName when calling with non-User credentials')
  const arn = `arn:aws:iam::${accountId}:user/${name}`
  if (!mayReach(caller, arn, accountId)) throw refuseAccess(caller.keys, `iam:${action}`, arn)
  if (!state.settings.iamUsers.some((user) => user.name === name && user.accountId === accountId))
    throw new Refusal(404, 'NoSuchEntity', `The user with name ${name} cannot be found.`)
  return { user: { name, accountId }, arn }
}

function requireKey(state: SandboxState, call: Call, action: string): UserKey {
  const { arn } = findUser(state, call, action)
  const id = requireParameter(readForm(call), 'AccessKeyId')
  const key = state.userKeys.find(id)
  if (key?.arn === arn) return key
  throw new Refusal(404, 'NoSuchEntity', `The Access Key with id ${id} cannot be found.`)
}

/** A user reaches what is its own, a role all users of its account. */
function mayReach({ keys, userName }: IamCaller, userArn: string, accountId: string): boolean {
  return userName === undefined ? keys.accountId === accountId : keys.arn === userArn
}
