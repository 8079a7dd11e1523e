import type { SSOOIDCClient } from '@aws-sdk/client-sso-oidc'
import type { Registration } from '../core/registration.ts'
import type { TokenGrant } from '../core/token.ts'
import { printable } from '../redact.ts'
import { isNamed, strangeAnswer, translateFailure } from './failure.ts'
import { type Route, toClientOptions } from './network.ts'

export interface DeviceAuthorization {
  readonly deviceCode: string
  readonly userCode: string
  readonly verificationUri: string
  readonly verificationUriComplete: string
  /** Seconds. */
  readonly expiresIn: number
  /** Seconds between two attempts. */
  readonly interval: number
}

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

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
    const answer = await this.#call(
      'register with Identity Center',
      ['clientId', 'clientSecret', 'clientSecretExpiresAt'],
      () => this.#client.send(command),
    )
    const { clientId, clientSecret, clientSecretExpiresAt } = answer
    return { clientId, clientSecret, expiresAt: clientSecretExpiresAt * 1000 }
  }

  async startDeviceAuthorization(registration: Registration, startUrl: string): Promise<DeviceAuthorization> {
    const { clientId, clientSecret } = registration
    const command = new this.#sdk.StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl })
    const answer = await this.#call(
      `start a login at ${printable(startUrl)}`,
      ['deviceCode', 'userCode', 'verificationUri'],
      () => this.#client.send(command),
    )
    const { deviceCode, userCode, verificationUri } = answer
    return {
      deviceCode,
      userCode,
      verificationUri,
      verificationUriComplete: answer.verificationUriComplete ?? verificationUri,
      expiresIn: answer.expiresIn ?? 600,
      interval: answer.interval ?? 5,
    }
  }

  /** Exchanges a grant for a token, or says why it is refused. */
  async createToken(
    registration: Pick<Registration, 'clientId' | 'clientSecret'>,
    grant: Grant,
  ): Promise<TokenGrant | TokenRefusal> {
    const { clientId, clientSecret } = registration
    const command = new this.#sdk.CreateTokenCommand({ clientId, clientSecret, ...grant })
    const doing =
      grant.grantType === 'refresh_token'
        ? 'renew the Identity Center token'
        : 'get a token from Identity Center'
    try {
      const { accessToken, expiresIn, refreshToken } = await this.#call(
        doing,
        ['accessToken', 'expiresIn'],
        () => this.#client.send(command),
      )
      return { accessToken, expiresIn, ...(refreshToken && { refreshToken }) }
    } catch (error) {
      const refusal = refusalOf((error as Error).cause)
      const isAnswer = grant.grantType === deviceGrant || (refusal !== 'pending' && refusal !== 'slow_down')
      if (refusal && isAnswer) return refusal
      throw error
    }
  }

  /** What the service answers; an answer without one of the `needed` fields is not from the service. */
  async #call<Answer, Field extends keyof Answer>(
    doing: string,
    needed: readonly Field[],
    send: () => Promise<Answer>,
  ): Promise<Answer & { [Name in Field]-?: NonNullable<Answer[Name]> }> {
    const answer = await send().catch((error) => {
      throw translateFailure(error, { doing, ...this.#route })
    })
    if (needed.some((field) => !answer[field])) throw strangeAnswer({ doing, ...this.#route })
    return answer as Answer & { [Name in Field]-?: NonNullable<Answer[Name]> }
  }
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
