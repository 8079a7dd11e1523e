import type { Credentials } from '../aws/credentials.ts'
import { findOwnEndpoint, wantsFips } from '../aws/endpoint.ts'
import type { Route } from '../aws/route.ts'
import { parseWebUrl } from '../aws/web-url.ts'
import type { Context } from '../context.ts'
import { fetchCredentials } from '../credentials/credentials.ts'
import { readEnvironmentKeys } from '../credentials/environment-keys.ts'
import { AssumeError } from '../errors.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { connect, describeEndpointSettings } from '../profiles/route.ts'
import { nameSession } from '../profiles/session-list.ts'
import type { SwitchOptions } from '../switch/request.ts'
import { printable } from '../text/redact.ts'
import { nameFederationHost } from './console-host.ts'
import { type ConsoleKeys, type KeyOrigin, prepareKeys } from './console-keys.ts'
import type { ConsoleProfile } from './console-profile.ts'
import type { Destination } from './destination.ts'
import { buildLoginForm, type LoginForm } from './login-form.ts'
import { buildShortcutLink } from './shortcut-link.ts'
import { requestSigninToken } from './signin-token.ts'

/** What opens a page of the console: a link that is no secret, or a form that is one. */
export type ConsoleLogin =
  | { readonly link: URL }
  | { readonly form: LoginForm; readonly accountId?: string | undefined }

/** Keys with less than this left, in milliseconds, are renewed first. */
const leastLeft = 2 * 60_000

const govCloud = 'aws-us-gov'

/** Signs in as one subject, as often as there are pages; keys are got once. */
export class ConsoleSignIn {
  readonly #context: Context
  readonly #profiles: Profiles
  readonly #subject: ConsoleProfile
  readonly #options: SwitchOptions
  readonly #federates: boolean
  #keys: Promise<ConsoleKeys> | undefined

  constructor(
    context: Context,
    profiles: Profiles,
    subject: ConsoleProfile,
    { options, federates }: { readonly options: SwitchOptions; readonly federates: boolean },
  ) {
    this.#context = context
    this.#profiles = profiles
    this.#subject = subject
    this.#options = options
    this.#federates = federates
  }

  /**
   * The login to a page: by a link to the portal where that is all that the profile needs, else by federation, with a token
   * for each. Throws what `fetchCredentials`, `prepareKeys` and `requestSigninToken` throw, and AssumeError `invalid-endpoint`.
   */
  async open({ url }: Destination): Promise<ConsoleLogin> {
    return this.#buildLink(url) ?? this.#federate(url)
  }

  #buildLink(destination: string): ConsoleLogin | undefined {
    const { chain } = this.#subject
    const { durationSeconds } = this.#options
    if (this.#federates || durationSeconds !== undefined || !chain || chain.roles.length > 0) return undefined
    const { source } = chain
    if (source.kind !== 'sso') return undefined
    const own = this.#findOwnEndpoint()
    const link = buildShortcutLink({
      startUrl: source.session.startUrl,
      accountId: source.accountId,
      roleName: source.roleName,
      destination,
      ...(own && { origin: new URL(own.url).origin }),
    })
    if (link) return { link }
    throw new AssumeError(
      'invalid-profile',
      `sso_start_url of ${nameSession(source.session)} is none that a browser may open: ${printable(source.session.startUrl)}`,
      { hint: 'a start URL begins with https://, as in https://my-company.awsapps.com/start' },
    )
  }

  async #federate(destination: string): Promise<ConsoleLogin> {
    const { place, chain } = this.#subject
    const route = this.#findRoute()
    this.#keys ??= this.#prepareKeys()
    const { credentials, mayLast } = await this.#keys
    const token = await requestSigninToken(route, {
      credentials,
      durationSeconds: mayLast ? this.#options.durationSeconds : undefined,
      mayGet: place.partition.id !== 'aws',
    })
    const portal = chain?.source.kind === 'sso' ? parseWebUrl(chain.source.session.startUrl) : undefined
    const own = this.#findOwnEndpoint()
    const form = buildLoginForm(route.endpoint, {
      token,
      destination,
      issuer: portal && `${own ? new URL(own.url).origin : portal.origin}${portal.pathname}`,
      consoleDomain: place.partition.signinSuffix,
    })
    return { form, accountId: credentials.accountId }
  }

  async #prepareKeys(): Promise<ConsoleKeys> {
    const { profile, stsRegion, place } = this.#subject
    const { durationSeconds } = this.#options
    const credentials = await this.#fetchKeys()
    const keys = await prepareKeys(this.#context, this.#profiles, credentials, {
      profile,
      region: stsRegion,
      partition: place.partition,
      kind: this.#judgeOrigin(),
      durationSeconds,
    })
    if (durationSeconds !== undefined && !keys.mayLast && credentials.sessionToken !== undefined) {
      this.#context.notifyOnce('AWS takes no --duration for these keys; the console ends with them')
    }
    return keys
  }

  #judgeOrigin(): KeyOrigin['kind'] {
    const { chain } = this.#subject
    if (!chain) return 'unknown'
    const { source, roles } = chain
    const isUsers =
      source.kind === 'keys'
        ? source.profile.handsOutKey
        : source.kind === 'static' && source.credentials.sessionToken === undefined
    if (roles.length > 0) return roles.length === 1 && isUsers ? 'role' : 'chained'
    return source.kind === 'sso' || source.kind === 'web-identity' ? 'role' : 'unknown'
  }

  async #fetchKeys(): Promise<Credentials> {
    const { name, profile, isByKeys } = this.#subject
    const { roleArn, mfaCode, refresh, noLogin } = this.#options
    const { env, now } = this.#context
    // Whose keys these are is no matter: they are those that this shell works with.
    const context = isByKeys ? { ...this.#context, ownEnv: env } : this.#context
    if (!profile) {
      const keys = readEnvironmentKeys(context, '')
      if (keys.expiresAt === undefined || keys.expiresAt > now()) return keys
      throw new AssumeError('no-credentials', `${name}: the keys in the environment are over`, {
        hint: 'assume console NAME',
      })
    }
    const { source, roles = [] } = this.#subject.chain ?? {}
    // AWS gives no console to a session of a user, which stands in front of the key.
    if (source?.kind === 'keys' && roles.length === 0) {
      const { readStoredKey } = await import('../credentials/from/keys.ts')
      return readStoredKey(context, this.#profiles, source, { mayAsk: true, opensNothing: noLogin })
    }
    const fetch = (isRenewal: boolean) =>
      fetchCredentials(context, this.#profiles, {
        profile,
        ...(roleArn !== undefined && !isByKeys && { roleArn }),
        ...(mfaCode !== undefined && { mfaCode }),
        refresh: refresh || isRenewal,
        mayLogIn: !noLogin,
        mayAsk: true,
        opensNothing: noLogin,
      })
    const credentials = await fetch(false)
    const { expiresAt = Number.POSITIVE_INFINITY } = credentials
    return expiresAt - now() < leastLeft ? fetch(true) : credentials
  }

  /** No endpoint counts but that of Sign-In itself: keys do not go where those of all other services are. */
  #findRoute(): Route {
    const { profile, place, stsRegion } = this.#subject
    const own = this.#findOwnEndpoint()
    const isFips = stsRegion.isFips || wantsFips(this.#endpointSettings())
    if (isFips && !own && place.partition.id !== govCloud) {
      this.#context.notifyOnce(
        `warning: no FIPS host is known that signs in to the console in partition ${place.partition.id}; it is done at the usual one`,
      )
    }
    const url = own?.url ?? `https://${nameFederationHost(place, { isFips })}`
    return connect(this.#context, this.#profiles.paths, profile, 'signin', {
      signingRegion: place.region ?? place.partition.home,
      ...own,
      url,
    })
  }

  #findOwnEndpoint() {
    return findOwnEndpoint('signin', this.#endpointSettings())
  }

  #endpointSettings() {
    return describeEndpointSettings(this.#context, this.#profiles.config, this.#subject.profile)
  }
}
