import type { Credentials } from '../aws/credentials.ts'
import type { Region } from '../aws/region.ts'
import type { Context } from '../context.ts'
import { planChain } from '../credentials/chain.ts'
import { type CredentialRequest, fetchCredentials } from '../credentials/credentials.ts'
import { readEnvironmentKeys } from '../credentials/environment-keys.ts'
import { findHomeRegion, findStsRegion } from '../credentials/sts-region.ts'
import { AssumeError } from '../errors.ts'
import { describeProfile, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { requireRegion } from '../profiles/region.ts'
import { resolveProfile } from '../profiles/resolve.ts'
import { findConfiguredRegion } from '../profiles/written-region.ts'
import { shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import type { Hint } from '../text/words.ts'
import type { CredentialSource } from './credential-source.ts'
import { findExpiredKeys } from './expired-keys.ts'
import { findToolSource } from './tool-sources.ts'

/** Somebody who signs requests, and the settings of the way to AWS. */
export interface Caller {
  readonly credentials: Credentials
  readonly source: CredentialSource
  /** The profile whose settings count; absent where there is none. */
  readonly profile: Profile | undefined
  readonly region: Region
}

type Request = Omit<CredentialRequest, 'profile'>

/** The profile `name` as a caller. Throws AssumeError `invalid-region`, and what `resolveProfile` and `fetchCredentials` throw. */
export async function callAsProfile(
  context: Context,
  profiles: Profiles,
  name: string,
  request: Request,
): Promise<Caller> {
  const { config, paths } = profiles
  const profile = resolveProfile(config, name, shortenPath(paths.awsConfig, paths))
  const source = { kind: 'profile', profile: name, reason: 'it is named' } as const
  const region = requireRegion(profiles, findStsRegion(context.ownEnv, planChain(config, profile, context)))
  const credentials = await fetchCredentials(context, profiles, { ...request, profile })
  return { credentials, source, profile, region }
}

/**
 * Whoever the AWS CLI is in the user's own environment, which has to be the one as it is if what a switch has set is to
 * count. Throws AssumeError `no-credentials` when it would be nobody, and what `callAsProfile` throws.
 */
export async function callAsEnvironment(
  context: Context,
  profiles: Profiles,
  request: Request,
): Promise<Caller> {
  const { ownEnv: env } = context
  const { config, readAs } = profiles
  const source = findToolSource('aws-cli', { env, config, readAs, now: context.now() })
  if (source.profile !== undefined) {
    return { ...(await callAsProfile(context, profiles, source.profile, request)), source }
  }
  const profile = describeProfile(config, env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE'] || 'default')
  const region = requireRegion(profiles, findConfiguredRegion(env, profile) ?? findHomeRegion())
  const credentials = await fetchOutside(
    context,
    profiles,
    source,
    profile,
    request,
    findExpiredKeys({ env: context.env, config, now: context.now() }, context.keptKeyId)?.command,
  )
  return { credentials, source, profile, region }
}

async function fetchOutside(
  context: Context,
  profiles: Profiles,
  { kind, reason }: CredentialSource,
  profile: Profile | undefined,
  request: Request,
  remedy: Hint | undefined,
): Promise<Credentials> {
  const { ownEnv: env } = context
  switch (kind) {
    case 'environment':
      return readEnvironmentKeys(context, '')
    case 'web-identity':
      return fetchCredentials(context, profiles, { ...request, profile: describeWebIdentity(env, profile) })
    case 'container': {
      const { fetchContainerCredentials } = await import('../credentials/from/container.ts')
      return fetchContainerCredentials({ profile: '' }, context)
    }
    case 'instance': {
      const { fetchInstanceCredentials } = await import('../credentials/from/instance-metadata.ts')
      const properties = profile?.properties ?? new Map<string, string>()
      // On most machines nobody answers, since they are no instance.
      return fetchInstanceCredentials({ profile: '', properties }, context).catch((error: unknown) => {
        if (!(error instanceof AssumeError) || error.code === 'cancelled') throw error
        throw nobody(`${reason}, and ${error.message}`, error)
      })
    }
    default:
      throw nobody(printable(reason), undefined, remedy)
  }
}

function nobody(reason: string, cause?: AssumeError, hint: Hint = 'assume status'): AssumeError {
  return new AssumeError('no-credentials', `there are no credentials here: ${reason}`, { hint, cause })
}

/** The profile that the variables of a web identity make, with the settings of the one that is active. */
function describeWebIdentity(env: Context['ownEnv'], profile: Profile | undefined): Profile {
  const roleArn = env['AWS_ROLE_ARN'] ?? profile?.roleArn
  const roleSessionName = env['AWS_ROLE_SESSION_NAME'] ?? profile?.roleSessionName
  return {
    name: profile?.name ?? 'default',
    kind: 'web-identity',
    ...(profile?.region !== undefined && { region: profile.region }),
    ...(roleArn !== undefined && { roleArn }),
    ...(roleSessionName !== undefined && { roleSessionName }),
    webIdentityTokenFile: env['AWS_WEB_IDENTITY_TOKEN_FILE'] ?? profile?.webIdentityTokenFile ?? '',
    properties: profile?.properties ?? new Map(),
    files: [],
  }
}
