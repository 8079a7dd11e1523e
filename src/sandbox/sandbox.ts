import type { Directory } from './directory.ts'
import { type Failure, FailurePlan, type Occasion } from './failure.ts'
import type { UserKey } from './iam/user-keys.ts'
import { answerDevices } from './oidc/device.ts'
import type { Operation } from './operation.ts'
import type { SandboxOptions, UserAnswer } from './options.ts'
import { RequestLog } from './request-log.ts'
import type { Secret } from './secrets.ts'
import { close, createListener, listen, portOf } from './server.ts'
import { createState } from './state.ts'

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`: endpoint of every service, and where the pages are. */
  readonly url: string
  /** `https://127.0.0.1:PORT`, with the key and certificate of the options. */
  readonly tlsUrl: string | undefined
  readonly requests: RequestLog
  /** The accounts and their roles, which can be changed at any time. */
  readonly directory: Directory
  /** What becomes of logins from now on. */
  answer: UserAnswer
  /** Allows the device logins that wait, or the one with this user code. */
  approve(userCode?: string): void
  /** Denies them. */
  deny(userCode?: string): void
  /** Makes an operation fail; failures of one operation come in the order in which they were asked for. */
  fail(operation: Operation, failure: Failure, occasion?: Occasion): void
  /** Lets an operation, or all, work again. */
  mend(operation?: Operation): void
  /** Logs the first of the users in as `aws login` does: what `login_session` names, and the text of the file in the cache. */
  startLoginSession(): { readonly arn: string; readonly text: string }
  /** The long-lived keys of a user, whatever a list shows. */
  userKeys(name: string): readonly UserKey[]
  /** Everything secret that was handed out since the start. */
  secrets(): readonly Secret[]
  /** Moves the sandbox's clock, not the clients'. */
  advance(milliseconds: number): void
  /** Refresh tokens stay good. */
  expireAccessTokens(): void
  expireRegistrations(): void
  /** Ends every session of the portal and of `aws login`, refresh tokens included. */
  endSessions(): void
  /** Stops at once, requests that still wait included. */
  close(): Promise<void>
}

/** Starts a local Identity Center, with STS and console sign-in, that is reached through loopback only. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const state = createState(options)
  const failures = new FailurePlan()
  const requests = new RequestLog()
  const listener = createListener(state, failures, requests)
  const server = await listen(listener)
  const tlsServer = options.tls && (await listen(listener, options.tls))
  state.url = `http://127.0.0.1:${portOf(server)}`
  return {
    url: state.url,
    tlsUrl: tlsServer && `https://127.0.0.1:${portOf(tlsServer)}`,
    requests,
    directory: state.directory,
    get answer() {
      return state.answer
    },
    set answer(answer) {
      state.answer = answer
    },
    approve: (userCode) => answerDevices(state, 'allow', userCode),
    deny: (userCode) => answerDevices(state, 'deny', userCode),
    fail: (operation, failure, occasion) => failures.add(operation, failure, occasion),
    mend: (operation) => failures.clear(operation),
    userKeys: (name) => state.userKeys.all().filter(({ userName }) => userName === name),
    secrets: () => state.secrets.all(),
    advance: (milliseconds) => state.clock.advance(milliseconds),
    expireAccessTokens: () => state.sessions.expireAccessTokens(),
    expireRegistrations: () => state.clients.forgetAll(),
    startLoginSession: () => state.loginSessions.start(),
    endSessions: () => {
      state.sessions.endAll()
      state.portalSessions.endAll()
      state.loginSessions.endAll()
    },
    close: async () => {
      await Promise.all([close(server), ...(tlsServer ? [close(tlsServer)] : [])])
    },
  }
}
