import type { Credentials, RoleSession } from '../aws/credentials.ts'
import type { Context } from '../context.ts'
import { hasHook } from '../profiles/plugin-settings.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { requireRegion } from '../profiles/region.ts'
import { findRoute } from '../profiles/route.ts'
import { printable } from '../text/redact.ts'
import { type Chain, dropLastRole, planChain, type RoleLink } from './chain.ts'
import { MfaCodes } from './mfa.ts'
import { checkProcessChain } from './process-chain.ts'
import { keepRole, locateRoleEntry } from './role-cache.ts'
import { checkDuration } from './role-duration.ts'
import { findRoleFile } from './role-file.ts'
import type { Source } from './source.ts'
import { fetchSourceKeys } from './source-keys.ts'
import type { StsService } from './sts.ts'
import { findStsRegion } from './sts-region.ts'

/** Whose credentials are wanted, and what may be done to get them. */
export interface CredentialRequest {
  /** It need not be in the files. */
  readonly profile: Profile
  /** One more role, on top of the profile's. */
  readonly roleArn?: string | undefined
  /** How long the last role is assumed for. */
  readonly durationSeconds?: number | undefined
  /** For the first role that needs one. */
  readonly mfaCode?: string | undefined
  /** Whether what is cached does not count. */
  readonly refresh: boolean
  /** Whether a login may be started, in the browser or with a code, and for a stored key passphrase and MFA code be asked for. */
  readonly mayLogIn: boolean
  /** Whether the terminal may be asked for an MFA code. */
  readonly mayAsk: boolean
  /** Whether a store of keys stays closed. */
  readonly opensNothing?: boolean
  /**
   * Told the cache file that these credentials are in; not where next time it could be another one. `hasPlugin`: whether a
   * plugin takes part in getting them.
   */
  readonly onKept?: (path: string, hasPlugin: boolean) => void
}

/**
 * The credentials of a profile: those in the role cache, else new ones, which are kept there for the next command and for
 * the AWS CLI. Throws what `planChain` throws, and AssumeError `login-needed`, `mfa-needed`, `mfa-refused`,
 * `role-refused`, `keys-refused`, `not-assigned`, `unreadable-file`, `invalid-region`, `network`, `service`, `cancelled`, and what a login and the
 * store of keys throw.
 * What a switch has set counts as absent, and messages say so.
 */
export async function fetchCredentials(
  context: Context,
  profiles: Profiles,
  request: CredentialRequest,
): Promise<Credentials> {
  const { env, ownEnv, platform } = context
  const source = await findProvidedSource(context, profiles, request.profile)
  const planned = planChain(profiles.config, request.profile, { ...request, env, ownEnv, platform, source })
  // Before there are locks: a helper that leads back here would wait for the one that waits for it.
  if (planned.source.kind === 'process') checkProcessChain(ownEnv, planned.source.profile.name)
  const chain = await settleSource(context, planned)
  const credentials = await new ChainFetcher(context, profiles, request, chain).fetch(chain)
  // What plugins know, and keys of the surroundings, can be others next time, and then the file is another, too.
  const asksPlugins =
    hasHook(profiles.plugins, 'profiles') || hasHook(profiles.plugins, 'credentials', request.profile)
  const isSteady = !asksPlugins && planned.source.profile.credentialSource === undefined
  const file = request.onKept && isSteady ? findRoleFile(profiles.config, chain, platform) : undefined
  if (file) request.onKept?.(locateRoleEntry(profiles.paths, file), hasMfaPlugin(profiles, request.profile))
  return credentials
}

/** The keys that a plugin has for the profile, if one has. */
async function findProvidedSource(
  context: Context,
  profiles: Profiles,
  profile: Profile,
): Promise<Source | undefined> {
  if (!hasHook(profiles.plugins, 'credentials', profile)) return undefined
  const { askPluginsForCredentials } = await import('../plugins/consult.ts')
  const credentials = await askPluginsForCredentials(context, profiles, profile)
  return credentials && { kind: 'static', profile, credentials }
}

/** What is around is fetched first: that it is the same as last time would only be a guess. */
async function settleSource(context: Context, chain: Chain): Promise<Chain> {
  const { source } = chain
  if (source.kind !== 'container' && source.kind !== 'instance-metadata') return chain
  const credentials = await fetchSourceKeys(context, source)
  return { ...chain, source: { kind: 'static', profile: source.profile, credentials } }
}

function hasMfaPlugin({ plugins }: Profiles, profile: Profile): boolean {
  return hasHook(plugins, 'mfa', profile, { unasked: true })
}

/** Fetches from the end of a chain: what is kept there spares everything before it. */
class ChainFetcher {
  readonly #context: Context
  readonly #profiles: Profiles
  readonly #request: CredentialRequest
  readonly #codes: MfaCodes
  readonly #openSts: (credentials?: Credentials) => Promise<StsService>

  constructor(context: Context, profiles: Profiles, request: CredentialRequest, chain: Chain) {
    this.#context = context
    this.#profiles = profiles
    this.#request = request
    const hasPlugin = hasMfaPlugin(profiles, request.profile)
    const mayAsk = request.mayAsk || (chain.source.kind === 'keys' && request.mayLogIn)
    const askPlugins = hasPlugin ? this.#askPlugins : undefined
    this.#codes = new MfaCodes(context, { mfaCode: request.mfaCode, mayAsk, askPlugins })
    this.#openSts = (credentials) => openSts(context, profiles, chain, credentials)
  }

  readonly #askPlugins = async (serial: string): Promise<string | undefined> => {
    const { askPluginsForMfaCode } = await import('../plugins/consult.ts')
    return askPluginsForMfaCode(this.#context, this.#profiles, this.#request.profile, serial)
  }

  async fetch(chain: Chain): Promise<Credentials> {
    const { source, roles } = chain
    const role = roles.at(-1)
    if (role) {
      return this.#keep(chain, async () => this.#assumeRole(role, await this.fetch(dropLastRole(chain))))
    }
    if (source.kind === 'sso') {
      return this.#keep(chain, async () => {
        const { fetchSsoRole } = await import('./from/sso-role.ts')
        return fetchSsoRole(this.#context, this.#profiles, source, this.#request)
      })
    }
    if (source.kind === 'web-identity') {
      return this.#keep(chain, async () => {
        const { fetchWebIdentity } = await import('./from/web-identity.ts')
        return fetchWebIdentity(this.#context, this.#profiles.paths, source, this.#openSts)
      })
    }
    if (source.kind === 'login') {
      const { fetchLoginSession } = await import('./from/aws-login.ts')
      return fetchLoginSession(this.#context, this.#profiles, source, this.#request)
    }
    if (source.kind === 'keys') {
      const { fetchKeySession } = await import('./from/keys.ts')
      const means = { codes: this.#codes, openSts: this.#openSts }
      return fetchKeySession(this.#context, this.#profiles, source, { ...this.#request, ...means })
    }
    return fetchSourceKeys(this.#context, source)
  }

  async #keep(chain: Chain, fetch: () => Promise<RoleSession>): Promise<Credentials> {
    const { config, paths } = this.#profiles
    const file = findRoleFile(config, chain, this.#context.platform)
    const options = { task: describeTask(chain), refresh: this.#request.refresh }
    return file ? keepRole(this.#context, paths, file, options, fetch) : (await fetch()).credentials
  }

  async #assumeRole({ request }: RoleLink, keys: Credentials): Promise<RoleSession> {
    // Whether the keys of a helper program are temporary shows only now.
    checkDuration(request, keys.sessionToken !== undefined)
    const [sts, { fetchAssumedRole }] = await Promise.all([
      this.#openSts(keys),
      import('./from/assume-role.ts'),
    ])
    return fetchAssumedRole(this.#context, request, this.#codes, sts)
  }
}

async function openSts(
  context: Context,
  profiles: Profiles,
  chain: Chain,
  credentials: Credentials | undefined,
): Promise<StsService> {
  const { StsService } = await import('./sts.ts')
  const region = requireRegion(profiles, findStsRegion(context.ownEnv, chain))
  const route = findRoute(context, profiles, chain.profile, 'sts', region)
  return StsService.open(route, credentials)
}

/** As in "waiting for ${task} in process 1". */
function describeTask({ source, roles }: Chain): string {
  const arn = roles.at(-1)?.request.RoleArn ?? source.profile.roleArn
  if (source.kind !== 'sso' || roles.length > 0) return `the credentials of ${printable(arn ?? '')}`
  return `the credentials of ${printable(source.roleName)} in ${printable(source.accountId)}`
}
