import type { StsService } from '../aws/sts.ts'
import type { Context } from '../context.ts'
import { type Chain, dropLastRole, planChain, type RoleLink } from '../core/chain.ts'
import { removeSwitch } from '../core/change.ts'
import type { Credentials } from '../core/credentials.ts'
import type { Profile } from '../core/profile.ts'
import { checkDuration } from '../core/role-duration.ts'
import type { RoleSession } from '../core/role-entry.ts'
import { findRoleFile } from '../core/role-file.ts'
import type { Source } from '../core/source.ts'
import { findStsRegion } from '../core/sts-region.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import type { Profiles } from '../store/profiles.ts'
import { keepRole } from '../store/role-cache.ts'
import { MfaCodes } from './mfa.ts'
import { findRoute } from './route.ts'

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
  /** Whether a login may be started, in the browser or with a code. */
  readonly mayLogIn: boolean
  /** Whether the terminal may be asked for an MFA code. */
  readonly mayAsk: boolean
}

/**
 * The credentials of a profile: those in the role cache, else new ones, which are kept there for the next command and for
 * the AWS CLI. Throws what `planChain` throws, and AssumeError `login-needed`, `mfa-needed`, `mfa-refused`,
 * `role-refused`, `not-assigned`, `unreadable-file`, `network`, `service`, `cancelled`, and what a login throws.
 */
export async function fetchCredentials(
  context: Context,
  profiles: Profiles,
  request: CredentialRequest,
): Promise<Credentials> {
  const { env, platform } = context
  const chain = planChain(profiles.config, request.profile, { ...request, env, platform })
  const fetcher = new ChainFetcher({ ...context, env: removeSwitch(env) }, profiles, request, chain)
  return fetcher.fetch(chain)
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
    this.#codes = new MfaCodes(context, request)
    this.#openSts = (credentials) => openSts(context, profiles, chain, credentials)
  }

  async fetch(chain: Chain): Promise<Credentials> {
    const { config, paths } = this.#profiles
    const file = findRoleFile(config, chain, this.#context.platform)
    if (!file) return this.#fetchKeys(chain.source)
    const options = { task: describeTask(chain), refresh: this.#request.refresh }
    return keepRole(this.#context, paths, file, options, () => this.#fetchRole(chain))
  }

  async #fetchRole(chain: Chain): Promise<RoleSession> {
    const { source, roles } = chain
    const last = roles.at(-1)
    if (last) return this.#assumeRole(last, await this.fetch(dropLastRole(chain)))
    if (source.kind === 'web-identity') {
      const { fetchWebIdentity } = await import('./links/web-identity.ts')
      return fetchWebIdentity(this.#context, this.#profiles.paths, source, this.#openSts)
    }
    if (source.kind !== 'sso') throw new Error(`keys of kind ${source.kind} are not kept`)
    const { fetchSsoRole } = await import('./links/sso-role.ts')
    return fetchSsoRole(this.#context, this.#profiles, source, this.#request)
  }

  async #assumeRole({ request }: RoleLink, keys: Credentials): Promise<RoleSession> {
    // Whether the keys of a helper program are temporary shows only now.
    checkDuration(request, keys.sessionToken !== undefined)
    const [sts, { fetchAssumedRole }] = await Promise.all([
      this.#openSts(keys),
      import('./links/assume-role.ts'),
    ])
    return fetchAssumedRole(this.#context, request, this.#codes, sts)
  }

  async #fetchKeys(source: Source): Promise<Credentials> {
    if (source.kind === 'static') return source.credentials
    const name = printable(source.profile.name)
    throw new AssumeError('invalid-profile', `profile ${name}: ${source.kind} is not supported`)
  }
}

async function openSts(
  context: Context,
  profiles: Profiles,
  chain: Chain,
  credentials: Credentials | undefined,
): Promise<StsService> {
  const { StsService } = await import('../aws/sts.ts')
  const region = findStsRegion(context.env, chain)
  const route = findRoute(context, profiles, chain.profile, 'sts', region)
  return StsService.open(route, region, credentials)
}

/** As in "waiting for ${task} in process 1". */
function describeTask({ source, roles }: Chain): string {
  const arn = roles.at(-1)?.request.RoleArn ?? source.profile.roleArn
  if (source.kind !== 'sso' || roles.length > 0) return `the credentials of ${printable(arn ?? '')}`
  return `the credentials of ${printable(source.roleName)} in ${printable(source.accountId)}`
}
