import type { Clock } from '../clock.ts'
import type { SandboxUser } from '../directory.ts'
import type { SandboxSettings } from '../options.ts'
import { refuseOidc } from '../refusal.ts'
import type { Secrets } from '../secrets.ts'
import type { Client } from './clients.ts'

/** A user's session at the portal. Its tokens end with it. */
interface PortalSession {
  readonly user: SandboxUser
  /** Milliseconds since the epoch. */
  endsAt: number
}

export interface TokenReply {
  readonly accessToken: string
  readonly expiresIn: number
  readonly idToken: null
  readonly issuedTokenType: null
  readonly refreshToken: string | null
  readonly tokenType: 'Bearer'
}

interface AccessToken {
  readonly session: PortalSession
  expiresAt: number
}

/**
 * Portal sessions and their tokens. A refresh token comes only with the scope sso:account:access, and only to the
 * client that it was given to; earlier access tokens stay good
 * (https://github.com/aws/aws-toolkit-vscode/issues/4569).
 */
export class Sessions {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #settings: Pick<SandboxSettings, 'accessTokenLifetime' | 'sessionLifetime' | 'refreshTokens'>
  readonly #accessTokens = new Map<string, AccessToken>()
  readonly #refreshTokens = new Map<string, { session: PortalSession; clientId: string }>()

  constructor(
    clock: Clock,
    secrets: Secrets,
    settings: Pick<SandboxSettings, 'accessTokenLifetime' | 'sessionLifetime' | 'refreshTokens'>,
  ) {
    this.#clock = clock
    this.#secrets = secrets
    this.#settings = settings
  }

  /** Signs the user in and gives the client its tokens. */
  start(user: SandboxUser, client: Client): TokenReply {
    const session = { user, endsAt: this.#clock.now() + this.#settings.sessionLifetime * 1000 }
    const isRefreshable =
      client.scopes.includes('sso:account:access') && client.grantTypes.includes('refresh_token')
    return this.#grant(session, isRefreshable ? this.#issueRefreshToken(session, client) : null)
  }

  refresh(refreshToken: string, client: Client): TokenReply {
    const grant = this.#refreshTokens.get(refreshToken)
    if (grant?.clientId !== client.id || grant.session.endsAt <= this.#clock.now())
      throw refuseOidc('InvalidGrantException')
    if (this.#settings.refreshTokens === 'keep') return this.#grant(grant.session, null)
    this.#refreshTokens.delete(refreshToken)
    return this.#grant(grant.session, this.#issueRefreshToken(grant.session, client))
  }

  /** Whose access token this is; undefined when it is unknown, expired, or its session is over. */
  findUser(accessToken: string): SandboxUser | undefined {
    const token = this.#accessTokens.get(accessToken)
    if (!token || Math.min(token.expiresAt, token.session.endsAt) <= this.#clock.now()) return undefined
    return token.session.user
  }

  /** Signs out the session to which the access token belongs. */
  end(accessToken: string): void {
    const token = this.#accessTokens.get(accessToken)
    if (token) token.session.endsAt = this.#clock.now()
  }

  /** As if an administrator had revoked every session. */
  endAll(): void {
    for (const { session } of [...this.#accessTokens.values(), ...this.#refreshTokens.values()])
      session.endsAt = this.#clock.now()
  }

  expireAccessTokens(): void {
    for (const token of this.#accessTokens.values()) token.expiresAt = this.#clock.now()
  }

  #grant(session: PortalSession, refreshToken: string | null): TokenReply {
    const accessToken = this.#secrets.issue('access-token')
    const expiresIn = this.#settings.accessTokenLifetime
    this.#accessTokens.set(accessToken, { session, expiresAt: this.#clock.now() + expiresIn * 1000 })
    return { accessToken, expiresIn, idToken: null, issuedTokenType: null, refreshToken, tokenType: 'Bearer' }
  }

  #issueRefreshToken(session: PortalSession, client: Client): string {
    const refreshToken = this.#secrets.issue('refresh-token')
    this.#refreshTokens.set(refreshToken, { session, clientId: client.id })
    return refreshToken
  }
}
