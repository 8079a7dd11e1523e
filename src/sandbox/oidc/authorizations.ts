import { createHash, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { SandboxUser } from '../directory.ts'
import { Refusal, refuseOidc } from '../refusal.ts'
import type { Secrets } from '../secrets.ts'
import type { Client } from './clients.ts'

/** What a browser came with to /authorize. */
export interface AuthorizationRequest {
  readonly client: Client
  readonly redirectUri: string
  readonly state: string
  readonly challenge: string
}

const codeLifetime = 600_000

/** Authorization requests that wait for a button, and the codes that came of them; RFC 6749 4.1, RFC 7636. */
export class Authorizations {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #open = new Map<string, AuthorizationRequest>()
  readonly #codes = new Map<string, AuthorizationRequest & { user: SandboxUser; expiresAt: number }>()

  constructor(clock: Clock, secrets: Secrets) {
    this.#clock = clock
    this.#secrets = secrets
  }

  /** Keeps a request until its page is answered and returns its name. */
  open(request: AuthorizationRequest): string {
    const id = randomUUID()
    this.#open.set(id, request)
    return id
  }

  /** The request of a page, which is answered only once. */
  close(id: string): AuthorizationRequest {
    const request = this.#open.get(id)
    if (!request) throw new Refusal(400, 'invalid_request', 'This login is unknown or already answered.')
    this.#open.delete(id)
    return request
  }

  issueCode(request: AuthorizationRequest, user: SandboxUser): string {
    const code = this.#secrets.issue('authorization-code')
    this.#codes.set(code, { ...request, user, expiresAt: this.#clock.now() + codeLifetime })
    return code
  }

  /** The user who allowed the client in. A code is spent by the first attempt, right or wrong. */
  redeem(code: string, client: Client, redirectUri: string, verifier: string): SandboxUser {
    const grant = this.#codes.get(code)
    this.#codes.delete(code)
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    if (
      grant?.client.id !== client.id ||
      grant.redirectUri !== redirectUri ||
      grant.challenge !== challenge ||
      grant.expiresAt <= this.#clock.now()
    )
      throw refuseOidc('InvalidGrantException')
    return grant.user
  }
}
