import type { RoleSession } from '../aws/credentials.ts'
import { isAccountId, isRoleName, isSecretKey, isTime, isToken, readWords } from '../text/answer-forms.ts'
import { type JsonObject, objectIn, toJsonObject } from '../text/json-object.ts'

/** An account that is assigned to the user. */
export interface Account {
  readonly accountId: string
  readonly accountName?: string
  readonly emailAddress?: string
}

/** A part of a list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** How many entries are none. */
  readonly odd: number
  /** Names the next part; absent from the last. */
  readonly nextToken?: string
}

/** What `ListAccounts` answers; undefined for what is no list. */
export function parseAccountPage(answer: JsonObject): Page<Account> | undefined {
  return parsePage(answer, 'accountList', parseAccount)
}

/** The names of the roles that `ListAccountRoles` answers; undefined for what is no list. */
export function parseRolePage(answer: JsonObject): Page<string> | undefined {
  return parsePage(answer, 'roleList', ({ roleName }) => (isRoleName(roleName) ? roleName : undefined))
}

/** What `GetRoleCredentials` answers for a role of an account; undefined for anything else. */
export function parseRoleCredentials(answer: JsonObject, accountId: string): RoleSession | undefined {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = objectIn(answer, 'roleCredentials')
  if (!isToken(accessKeyId) || !isSecretKey(secretAccessKey) || !isToken(sessionToken)) return undefined
  if (!isTime(expiration)) return undefined
  return { credentials: { accessKeyId, secretAccessKey, sessionToken, expiresAt: expiration, accountId } }
}

function parseAccount({ accountId, ...fields }: JsonObject): Account | undefined {
  if (!isAccountId(accountId)) return undefined
  const [accountName, emailAddress] = [readWords(fields['accountName']), readWords(fields['emailAddress'])]
  return { accountId, ...(accountName && { accountName }), ...(emailAddress && { emailAddress }) }
}

function parsePage<Item>(
  answer: JsonObject,
  name: string,
  parse: (entry: JsonObject) => Item | undefined,
): Page<Item> | undefined {
  const { [name]: list = [], nextToken = '' } = answer
  if (!Array.isArray(list) || typeof nextToken !== 'string') return undefined
  const items = list.flatMap((entry) => parse(toJsonObject(entry)) ?? [])
  return { items, odd: list.length - items.length, ...(nextToken !== '' && { nextToken }) }
}
