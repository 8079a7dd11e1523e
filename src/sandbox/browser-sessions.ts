import type { Call } from './call.ts'
import type { Clock } from './clock.ts'
import type { Secrets } from './secrets.ts'

/** Sessions of one kind that browsers have, each held by a cookie. */
export class BrowserSessions<Subject> {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #sessions = new Map<string, { subject: Subject; endsAt: number }>()

  constructor(clock: Clock, secrets: Secrets) {
    this.#clock = clock
    this.#secrets = secrets
  }

  /** Starts a session and returns the header for a cookie of this name; `endsAt` in milliseconds since the epoch. */
  start(cookie: { name: string; path: string }, subject: Subject, endsAt: number): string {
    const id = this.#secrets.issue('session-cookie')
    this.#sessions.set(id, { subject, endsAt })
    return `${cookie.name}=${id}; Path=${cookie.path}; HttpOnly; SameSite=Lax`
  }

  /** Whose session the cookie of this name holds; undefined when there is none, or it is over. */
  find(call: Call, name: string): Subject | undefined {
    const cookies = (call.headers.cookie ?? '').split(/; */).map((text) => text.split('='))
    const [, id = ''] = cookies.find(([its]) => its === name) ?? []
    const session = this.#sessions.get(id)
    return session && session.endsAt > this.#clock.now() ? session.subject : undefined
  }

  endAll(): void {
    this.#sessions.clear()
  }
}
