import type { Clock } from '../clock.ts'
import { refuseOidc } from '../refusal.ts'
import { pickCharacters, type Secrets } from '../secrets.ts'
import { type Fields, requireText } from './fields.ts'

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
