import type { Credentials } from '../aws/credentials.ts'
import { type Partition, partitionOfArn } from '../aws/partition.ts'
import type { Region } from '../aws/region.ts'
import type { Context } from '../context.ts'
import { StsService } from '../credentials/sts.ts'
import { AssumeError } from '../errors.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { findRoute } from '../profiles/route.ts'
import { getCallerIdentity } from '../status/identity-calls.ts'

/** Keys that a sign-in host takes. */
export interface ConsoleKeys {
  readonly credentials: Credentials & { readonly sessionToken: string }
  /** Whether AWS lets somebody with these keys say how long the console lasts. */
  readonly mayLast: boolean
}

/** What is known of keys: where they come from, and whether that says that they are those of a role. */
export interface KeyOrigin {
  readonly profile: Profile | undefined
  readonly region: Region
  /** Of the console: keys of another one are not sent to its sign-in host. */
  readonly partition: Partition
  /** `role`, `chained`: those of a role, assumed with keys that are no role's, or with such; `unknown`: whoever's. */
  readonly kind: 'role' | 'chained' | 'unknown'
  readonly durationSeconds?: number | undefined
}

/** How long a console of a user lasts unless told, in seconds. */
const usualDuration = 3600

/**
 * The keys to sign in to the console with. Those of a user open none: what they get is a session of that user's own rights,
 * by GetFederationToken. Throws AssumeError `keys-refused`, `network`, `service`, `invalid-endpoint`.
 */
export async function prepareKeys(
  context: Context,
  profiles: Profiles,
  credentials: Credentials,
  { profile, region, partition, kind, durationSeconds = usualDuration }: KeyOrigin,
): Promise<ConsoleKeys> {
  const { sessionToken } = credentials
  if (sessionToken !== undefined && kind !== 'unknown')
    return { credentials: { ...credentials, sessionToken }, mayLast: kind === 'role' }
  const route = findRoute(context, profiles, profile, 'sts', region)
  const { arn } = await getCallerIdentity(route, credentials)
  if (partitionOfArn(arn).id !== partition.id) throw refusePartition(arn, partition)
  const [type = '', ...path] = arn.split(':').slice(5).join(':').split('/')
  if (sessionToken !== undefined) {
    if (type !== 'assumed-role' && type !== 'federated-user') throw refuseSession(arn)
    return { credentials: { ...credentials, sessionToken }, mayLast: type === 'assumed-role' }
  }
  const sts = await StsService.open(route, credentials)
  const name = (path.at(-1) ?? type).slice(0, 32).padEnd(2, '-')
  return { credentials: await sts.getFederationToken(name, durationSeconds), mayLast: false }
}

function refusePartition(arn: string, { id }: Partition): AssumeError {
  const own = partitionOfArn(arn)
  return new AssumeError(
    'usage',
    `the keys are those of ${arn}, of partition ${own.id}, and the console of ${id}`,
    {
      hint: `assume console -r ${own.home}`,
    },
  )
}

function refuseSession(arn: string): AssumeError {
  return new AssumeError(
    'keys-refused',
    `AWS opens no console with temporary keys of ${arn}, only with those of a role`,
    { hint: 'name a profile with a role, or add one: assume console --role ARN' },
  )
}
