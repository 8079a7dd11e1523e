import type { Credentials } from '../../aws/credentials.ts'
import type { Route } from '../../aws/route.ts'
import type { Context } from '../../context.ts'
import { fetchCredentials } from '../../credentials/credentials.ts'
import { findHomeRegion } from '../../credentials/sts-region.ts'
import type { AccessKey } from '../../keys/stored-key.ts'
import type { Profile } from '../../profiles/profile.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { requireRegion } from '../../profiles/region.ts'
import { findRoute } from '../../profiles/route.ts'
import { findConfiguredRegion } from '../../profiles/written-region.ts'
import { getCallerIdentity } from '../../status/identity-calls.ts'
import { canAsk } from '../../ui/terminal.ts'
import { UserKeyService } from './iam.ts'

/** What a rotation asks AWS, and who signs it. */
export class RotationCalls {
  readonly #context: Context
  readonly #profiles: Profiles
  readonly #profile: Profile
  readonly #mfaCode: string | undefined
  /** The IAM of a session with MFA, for which one code is enough; whose key it was made from does not matter. */
  #sessionService: UserKeyService | undefined

  constructor(context: Context, profiles: Profiles, profile: Profile, mfaCode: string | undefined) {
    this.#context = context
    this.#profiles = profiles
    this.#profile = profile
    this.#mfaCode = mfaCode
  }

  /**
   * IAM, asked with the session of the profile where it has an MFA device, else with the stored key itself: IAM takes no session
   * that was made without. Throws what `fetchCredentials` throws, and AssumeError `invalid-region`, `invalid-endpoint`.
   */
  async openIam(stored: AccessKey): Promise<UserKeyService> {
    const route = this.#findRoute('iam')
    if (this.#profile.properties.get('mfa_serial') === undefined)
      return UserKeyService.open(route, toCredentials(stored))
    if (this.#sessionService) return this.#sessionService
    const session = await this.#fetchSession()
    // With assume_session_token = off it is the stored key.
    if (session.sessionToken === undefined) return UserKeyService.open(route, toCredentials(stored))
    this.#sessionService = await UserKeyService.open(route, session)
    return this.#sessionService
  }

  /** Fails as `getCallerIdentity` does where AWS does not know the key. */
  async identify(key: AccessKey): Promise<void> {
    await getCallerIdentity(this.#findRoute('sts'), toCredentials(key))
  }

  #fetchSession(): Promise<Credentials> {
    return fetchCredentials(this.#context, this.#profiles, {
      profile: this.#profile,
      mfaCode: this.#mfaCode,
      refresh: false,
      mayLogIn: true,
      mayAsk: canAsk(this.#context.terminal),
    })
  }

  #findRoute(service: 'iam' | 'sts'): Route {
    const region = findConfiguredRegion(this.#context.ownEnv, this.#profile) ?? findHomeRegion()
    const known = requireRegion(this.#profiles, region)
    return findRoute(this.#context, this.#profiles, this.#profile, service, known)
  }
}

function toCredentials({ accessKeyId, secretAccessKey }: AccessKey): Credentials {
  return { accessKeyId, secretAccessKey }
}
