import type { SSOOIDCClient } from '@aws-sdk/client-sso-oidc'
import { readAnswer } from '../aws/answer.ts'
import { toClientOptions } from '../aws/client-options.ts'
import { isNamed, translateFailure } from '../aws/failure.ts'
import type { Route } from '../aws/route.ts'
import type { JsonObject } from '../text/json-object.ts'
import { printable } from '../text/redact.ts'
import {
  type DeviceAuthorization,
  deviceGrant,
  parseDeviceAuthorization,
  parseRegistrationAnswer,
  parseTokenAnswer,
} from './oidc-answer.ts'
import type { Registration } from './registration.ts'
import type { TokenAnswer, TokenGrant } from './token.ts'

/** What is granted: an authorization code, a device code, or a refresh token. */
export type Grant =
  | {
      readonly grantType: 'authorization_code'
      readonly code: string
      readonly codeVerifier: string
      readonly redirectUri: string
    }
  | { readonly grantType: typeof deviceGrant; readonly deviceCode: string }
  | { readonly grantType: 'refresh_token'; readonly refreshToken: string }

/** `pending` and `slow_down` come in the device flow only, `rejected` is a grant that is over or was never good. */
export type TokenRefusal = 'pending' | 'slow_down' | 'expired' | 'denied' | 'rejected'

/** The OIDC operations of one region. All throw AssumeError `network` or `service`. */
export class OidcService {
  readonly endpoint: string
  readonly #route: Route
  readonly #client: SSOOIDCClient
  readonly #sdk: typeof import('@aws-sdk/client-sso-oidc')

  private constructor(route: Route, client: SSOOIDCClient, sdk: typeof import('@aws-sdk/client-sso-oidc')) {
    this.endpoint = route.endpoint
    this.#route = route
    this.#client = client
    this.#sdk = sdk
  }

  static async open(route: Route): Promise<OidcService> {
    const sdk = await import('@aws-sdk/client-sso-oidc')
    const client = new sdk.SSOOIDCClient({
      ...toClientOptions(route),
      credentials: { accessKeyId: '', secretAccessKey: '' },
    })
    return new OidcService(route, client, sdk)
  }

  async register(request: {
    clientName: string
    scopes?: readonly string[]
    /** Absent for the device flow. */
    redirectUri?: string
    issuerUrl?: string
  }): Promise<Registration> {
    const { clientName, scopes, redirectUri, issuerUrl } = request
    const command = new this.#sdk.RegisterClientCommand({
      clientName,
      clientType: 'public',
      ...(scopes && { scopes: [...scopes] }),
      ...(redirectUri && {
        redirectUris: [redirectUri],
        grantTypes: ['authorization_code', 'refresh_token'],
        issuerUrl,
      }),
    })
    return this.#call('register with Identity Center', parseRegistrationAnswer, () =>
      this.#client.send(command),
    )
  }

  async startDeviceAuthorization(registration: Registration, startUrl: string): Promise<DeviceAuthorization> {
    const { clientId, clientSecret } = registration
    const command = new this.#sdk.StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl })
    return this.#call(`start a login at ${printable(startUrl)}`, parseDeviceAuthorization, () =>
      this.#client.send(command),
    )
  }

  /**
   * Exchanges a grant for a token, or says why it is refused. `keep` gets what there is in the answer before anything else
   * is made of it: after a refresh the old refresh token may be good no more.
   */
  async createToken(
    registration: Pick<Registration, 'clientId' | 'clientSecret'>,
    grant: Grant,
    keep: (answer: TokenAnswer) => void = () => {},
  ): Promise<TokenGrant | TokenRefusal> {
    const { clientId, clientSecret } = registration
    const command = new this.#sdk.CreateTokenCommand({ clientId, clientSecret, ...grant })
    const doing =
      grant.grantType === 'refresh_token'
        ? 'renew the Identity Center token'
        : 'get a token from Identity Center'
    const parse = (fields: JsonObject) => {
      const answer = parseTokenAnswer(fields)
      if (answer.accessToken !== undefined || answer.refreshToken !== undefined) keep(answer)
      return isGrant(answer) ? answer : undefined
    }
    try {
      return await this.#call(doing, parse, () => this.#client.send(command))
    } catch (error) {
      const refusal = refusalOf((error as Error).cause)
      const isAnswer = grant.grantType === deviceGrant || (refusal !== 'pending' && refusal !== 'slow_down')
      if (refusal && isAnswer) return refusal
      throw error
    }
  }

  async #call<Answer>(
    doing: string,
    parse: (fields: JsonObject) => Answer | undefined,
    send: () => Promise<object>,
  ): Promise<Answer> {
    const call = { doing, ...this.#route }
    const fields = await send().catch((error) => {
      throw translateFailure(error, call)
    })
    return readAnswer(fields, parse, call)
  }
}

function isGrant(answer: TokenAnswer): answer is TokenGrant {
  return answer.accessToken !== undefined && answer.expiresIn !== undefined
}

function refusalOf(error: unknown): TokenRefusal | undefined {
  if (isNamed(error, 'AuthorizationPendingException')) return 'pending'
  if (isNamed(error, 'SlowDownException')) return 'slow_down'
  if (isNamed(error, 'ExpiredTokenException')) return 'expired'
  if (isNamed(error, 'AccessDeniedException')) return 'denied'
  if (isNamed(error, 'InvalidGrantException', 'InvalidClientException', 'UnauthorizedClientException'))
    return 'rejected'
  return undefined
}
