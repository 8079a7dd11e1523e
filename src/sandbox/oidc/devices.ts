import type { Clock } from '../clock.ts'
import type { SandboxUser } from '../directory.ts'
import { refuseOidc } from '../refusal.ts'
import type { Secrets } from '../secrets.ts'
import type { Client } from './clients.ts'

interface DeviceRequest {
  readonly deviceCode: string
  readonly userCode: string
  readonly client: Client
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  answer: 'pending' | 'denied' | 'used' | SandboxUser
}

/** Device authorizations, RFC 8628. */
export class Devices {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #lifetime: number
  readonly #requests: DeviceRequest[] = []

  constructor(clock: Clock, secrets: Secrets, lifetime: number) {
    this.#clock = clock
    this.#secrets = secrets
    this.#lifetime = lifetime
  }

  start(client: Client): DeviceRequest {
    const request: DeviceRequest = {
      deviceCode: this.#secrets.issue('device-code'),
      userCode: this.#secrets.issue('user-code'),
      client,
      expiresAt: this.#clock.now() + this.#lifetime * 1000,
      answer: 'pending',
    }
    this.#requests.push(request)
    return request
  }

  /** What waits for an answer and can still get one: all of it, or what has this user code. */
  listPending(userCode?: string): DeviceRequest[] {
    return this.#requests.filter(
      (request) =>
        request.answer === 'pending' &&
        request.expiresAt > this.#clock.now() &&
        (userCode === undefined || request.userCode === userCode.toUpperCase()),
    )
  }

  /** Answers what is pending; undefined denies it. */
  answer(user: SandboxUser | undefined, userCode?: string): void {
    for (const request of this.listPending(userCode)) request.answer = user ?? 'denied'
  }

  /** The user who allowed the device in, once. */
  redeem(deviceCode: string, client: Client): SandboxUser {
    const request = this.#requests.find((candidate) => candidate.deviceCode === deviceCode)
    if (request?.client.id !== client.id || request.answer === 'used')
      throw refuseOidc('InvalidGrantException')
    if (request.expiresAt <= this.#clock.now()) throw refuseOidc('ExpiredTokenException')
    if (request.answer === 'pending') throw refuseOidc('AuthorizationPendingException')
    if (request.answer === 'denied') throw refuseOidc('AccessDeniedException')
    const user = request.answer
    request.answer = 'used'
    return user
  }
}
