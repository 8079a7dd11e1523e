import type { SSOOIDCClient } from '@aws-sdk/client-sso-oidc'
import type { Registration } from '../core/registration.ts'
import type { TokenGrant } from '../core/token.ts'
import { type Call, isNamed, translateFailure } from './failure.ts'
import { createHandlerOptions, type Route } from './network.ts'

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

/** What is granted: an authorization code, a device code, or a refresh token. */
export type Grant =
  | {
      readonly grantType: 'authorization_code'
      readonly code: string
      readonly codeVerifier: string
      readonly redirectUri: string
    }
  | { readonly grantType: 'urn:ietf:params:oauth:grant-type:device_code'; readonly deviceCode: string }
  | { readonly grantType: 'refresh_token'; readonly refreshToken: string }

/** `pending` and `slow_down` are for the device flow, `rejected` is a grant that is over or was never good. */
export type TokenRefusal = 'pending' | 'slow_down' | 'expired' | 'denied' | 'rejected'

/** The OIDC operations of one region. All throw AssumeError `network` or `service`. */
export class OidcService {
  readonly endpoint: string
  readonly #client: SSOOIDCClient
  readonly #sdk: typeof import('@aws-sdk/client-sso-oidc')

  private constructor(
    endpoint: string,
    client: SSOOIDCClient,
    sdk: typeof import('@aws-sdk/client-sso-oidc'),
  ) {
    this.endpoint = endpoint
    this.#client = client
    this.#sdk = sdk
  }

  static async open(route: Route, region: string): Promise<OidcService> {
    const sdk = await import('@aws-sdk/client-sso-oidc')
    const client = new sdk.SSOOIDCClient({
      region,
      endpoint: route.endpoint,
      credentials: { accessKeyId: '', secretAccessKey: '' },
      requestHandler: createHandlerOptions(route),
      maxAttempts: 3,
      retryMode: 'standard',
    })
    return new OidcService(route.endpoint, client, sdk)
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
    const answer = await this.#call('register with Identity Center', () => this.#client.send(command))
    return {
      clientId: answer.clientId ?? '',
      clientSecret: answer.clientSecret ?? '',
      expiresAt: (answer.clientSecretExpiresAt ?? 0) * 1000,
    }
  }

  async startDeviceAuthorization(registration: Registration, startUrl: string): Promise<DeviceAuthorization> {
    const { clientId, clientSecret } = registration
    const command = new this.#sdk.StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl })
    const answer = await this.#call(`start a login at ${startUrl}`, () => this.#client.send(command))
    const verificationUri = answer.verificationUri ?? ''
    return {
      deviceCode: answer.deviceCode ?? '',
      userCode: answer.userCode ?? '',
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
    try {
      const answer = await this.#client.send(command)
      const { accessToken = '', expiresIn = 0, refreshToken } = answer
      return { accessToken, expiresIn, ...(refreshToken && { refreshToken }) }
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal) return refusal
      throw translateFailure(error, { doing: 'get a token from Identity Center', endpoint: this.endpoint })
    }
  }

  async #call<Answer>(doing: Call['doing'], send: () => Promise<Answer>): Promise<Answer> {
    try {
      return await send()
    } catch (error) {
      throw translateFailure(error, { doing, endpoint: this.endpoint })
    }
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
