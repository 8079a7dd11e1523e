import type { Context } from '../context.ts'
import type { Identity } from '../credentials/sts-answer.ts'
import { AssumeError } from '../errors.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { findRoute } from '../profiles/route.ts'
import type { Caller } from './caller.ts'

/** Who a caller is, and how the account calls itself, if that can be known. */
export interface CallerIdentity extends Identity {
  readonly accountAlias?: string
}

/** Asks STS and IAM. Throws AssumeError `keys-refused`, `network`, `service`, `invalid-endpoint`. */
export async function identifyCaller(
  context: Context,
  profiles: Profiles,
  caller: Caller,
): Promise<CallerIdentity> {
  const { profile, region, credentials } = caller
  const { getCallerIdentity } = await import('./identity-calls.ts')
  const route = findRoute(context, profiles, profile, 'sts', region)
  const [identity, accountAlias] = await Promise.all([
    getCallerIdentity(route, credentials),
    findAlias(context, profiles, caller),
  ])
  return { ...identity, ...(accountAlias !== undefined && { accountAlias }) }
}

/** The alias is there for people: without it the answer is as good. */
async function findAlias(
  context: Context,
  profiles: Profiles,
  { profile, region, credentials }: Caller,
): Promise<string | undefined> {
  try {
    const { findAccountAlias } = await import('./identity-calls.ts')
    const route = findRoute(context, profiles, profile, 'iam', region)
    return await findAccountAlias(route, credentials)
  } catch (error) {
    if (!(error instanceof AssumeError) || error.code === 'cancelled') throw error
    context.trace(`no alias: ${error.message}`)
    return undefined
  }
}
