import { deviceGrant } from '../../core/oidc-answer.ts'
import { type Call, type Reply, replyJson } from '../call.ts'
import type { Clock } from '../clock.ts'
import { refuseOidc } from '../refusal.ts'
import { pickCharacters, type Secrets } from '../secrets.ts'
import type { SandboxState } from '../state.ts'
import { type Fields, readFields, readTexts, requireText } from './fields.ts'

/** The one redirect URI that clients on a user's machine may register; any port is allowed later. */
export const loopbackRedirect = 'http://127.0.0.1/oauth/callback'

/** A registered client. */
export interface Client {
  readonly id: string
  readonly secret: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  readonly redirectUris: readonly string[]
  /** Seconds since the epoch. */
  readonly issuedAt: number
  readonly expiresAt: number
}

export class Clients {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #lifetime: number
  readonly #clients = new Map<string, Client>()

  constructor(clock: Clock, secrets: Secrets, lifetime: number) {
    this.#clock = clock
    this.#secrets = secrets
    this.#lifetime = lifetime
  }

  register(about: Pick<Client, 'name' | 'scopes' | 'grantTypes' | 'redirectUris'>): Client {
    const id = pickCharacters('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 22)
    const issuedAt = this.#clock.seconds()
    const secret = this.#secrets.issue('client-secret')
    const client = { ...about, id, secret, issuedAt, expiresAt: issuedAt + this.#lifetime }
    this.#clients.set(id, client)
    return client
  }

  find(id: string): Client | undefined {
    const client = this.#clients.get(id)
    return client && client.expiresAt > this.#clock.seconds() ? client : undefined
  }

  /** The client that a request names, or InvalidClientException. */
  authenticate(fields: Fields): Client {
    const client = this.find(requireText(fields, 'clientId'))
    if (client && client.secret === requireText(fields, 'clientSecret')) return client
    throw refuseOidc('InvalidClientException')
  }

  /** Every registration is over. */
  forgetAll(): void {
    this.#clients.clear()
  }
}

/** POST /client/register. */
export function registerClient(state: SandboxState, call: Call): Reply {
  const fields = readFields(call)
  const name = requireText(fields, 'clientName')
  if (requireText(fields, 'clientType') !== 'public') throw refuseOidc('InvalidClientMetadataException')

  const grantTypes = readTexts(fields, 'grantTypes')
  const known = ['authorization_code', 'refresh_token', deviceGrant]
  if (!grantTypes.every((type) => known.includes(type))) throw refuseOidc('UnsupportedGrantTypeException')

  const redirectUris = readTexts(fields, 'redirectUris')
  if (grantTypes.includes('authorization_code') && redirectUris.length === 0)
    throw refuseOidc('InvalidRequestException', 'Missing redirectUris')
  if (!redirectUris.every((uri) => uri === loopbackRedirect)) throw refuseOidc('InvalidRedirectUriException')

  const client = state.clients.register({
    name,
    scopes: readTexts(fields, 'scopes'),
    grantTypes: grantTypes.length > 0 ? grantTypes : [deviceGrant, 'refresh_token'],
    redirectUris,
  })
  return replyJson({
    authorizationEndpoint: null,
    clientId: client.id,
    clientIdIssuedAt: client.issuedAt,
    clientSecret: client.secret,
    clientSecretExpiresAt: client.expiresAt,
    tokenEndpoint: null,
  })
}
