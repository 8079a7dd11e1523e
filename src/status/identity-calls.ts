import { readAnswer } from '../aws/answer.ts'
import { toClientOptions } from '../aws/client-options.ts'
import type { Credentials } from '../aws/credentials.ts'
import { isNamed, translateFailure } from '../aws/failure.ts'
import type { Route } from '../aws/route.ts'
import { type Identity, parseAccountAlias, parseIdentity } from '../credentials/sts-answer.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'

/**
 * Who signs with these keys: GetCallerIdentity of STS, which no policy can forbid. Throws AssumeError `keys-refused`,
 * `network`, `service`.
 */
export async function getCallerIdentity(route: Route, credentials: Credentials): Promise<Identity> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient({ ...toClientOptions(route), ...signAs(credentials) })
  const call = { doing: 'ask who you are', settings: 'region', ...route }
  try {
    return readAnswer(await client.send(new GetCallerIdentityCommand({})), parseIdentity, call)
  } catch (error) {
    throw describeRefusal(error) ?? translateFailure(error, call)
  }
}

/**
 * The alias of the account that these keys are for: ListAccountAliases of IAM; undefined when there is none, or the keys
 * may not ask. Throws AssumeError `network`, `service`.
 */
export async function findAccountAlias(route: Route, credentials: Credentials): Promise<string | undefined> {
  const { IAMClient, ListAccountAliasesCommand } = await import('./iam-sdk.ts')
  const client = new IAMClient({ ...toClientOptions(route, { attempts: 1 }), ...signAs(credentials) })
  try {
    return parseAccountAlias({ ...(await client.send(new ListAccountAliasesCommand({}))) })
  } catch (error) {
    if (isNamed(error, 'AccessDenied', 'AccessDeniedException')) return undefined
    throw translateFailure(error, { doing: 'ask for the alias of the account', settings: 'region', ...route })
  }
}

function signAs({ accessKeyId, secretAccessKey, sessionToken }: Credentials) {
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }
}

/** What AWS answers to keys that are not good, and what that means. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['ExpiredToken', 'they are over'],
  ['ExpiredTokenException', 'they are over'],
  ['InvalidClientTokenId', 'it does not know them, or the session token is not theirs'],
  ['SignatureDoesNotMatch', 'the secret key is not theirs, or the clock of this machine is wrong'],
])

function describeRefusal(error: unknown): AssumeError | undefined {
  const reason = error instanceof Error ? refusals.get(error.name) : undefined
  if (reason === undefined) return undefined
  return new AssumeError(
    'keys-refused',
    `AWS refuses the keys: ${reason} (${printable((error as Error).name)})`,
    {
      cause: error,
    },
  )
}
