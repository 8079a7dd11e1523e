import type { RoleSession } from '../aws/credentials.ts'
import { describeRole } from '../profiles/profile.ts'
import { isAccountArn, isAccountId, isSecretKey, isTime, isToken } from '../text/answer-forms.ts'
import { type JsonObject, objectIn } from '../text/json-object.ts'

/** Who signs with some keys, as STS says. */
export interface Identity {
  readonly accountId: string
  readonly arn: string
  readonly userId: string
}

/** What `AssumeRole` and its like answer; undefined for anything else. */
export function parseAssumedRole(answer: JsonObject): RoleSession | undefined {
  const { AssumedRoleId, Arn } = objectIn(answer, 'AssumedRoleUser')
  if (!isToken(AssumedRoleId) || !isAccountArn(Arn)) return undefined
  const credentials = parseSession(answer, Arn)
  return credentials && { credentials, user: { id: AssumedRoleId, arn: Arn } }
}

/** The keys that `GetFederationToken` answers; undefined for anything else. */
export function parseFederatedUser(answer: JsonObject): RoleSession['credentials'] | undefined {
  const { Arn } = objectIn(answer, 'FederatedUser')
  return isAccountArn(Arn) ? parseSession(answer, Arn) : undefined
}

/** The keys that `GetSessionToken` answers, which says no account; undefined for anything else. */
export function parseUserSession(answer: JsonObject): RoleSession | undefined {
  const credentials = parseSession(answer)
  return credentials && { credentials, isOfUser: true }
}

function parseSession(answer: JsonObject, arn?: string): RoleSession['credentials'] | undefined {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = objectIn(answer, 'Credentials')
  if (!isToken(AccessKeyId) || !isSecretKey(SecretAccessKey) || !isToken(SessionToken)) return undefined
  const expiresAt = Expiration instanceof Date ? Expiration.getTime() : undefined
  if (!isTime(expiresAt)) return undefined
  const { accountId } = describeRole(arn)
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAt,
    ...(accountId && { accountId }),
  }
}

/** What `GetCallerIdentity` answers; undefined for anything else. */
export function parseIdentity({ Account, Arn, UserId }: JsonObject): Identity | undefined {
  if (!isAccountId(Account) || !isAccountArn(Arn) || !isToken(UserId)) return undefined
  return { accountId: Account, arn: Arn, userId: UserId }
}

/** The first alias that `ListAccountAliases` answers; undefined when there is none, or something else. */
export function parseAccountAlias(answer: JsonObject): string | undefined {
  const alias = objectIn(answer, 'AccountAliases')[0]
  return typeof alias === 'string' && /^[a-z0-9-]{3,63}$/.test(alias) ? alias : undefined
}
