import type { SsoSession } from '../../profiles/profile.ts'
import type { OidcService } from '../oidc.ts'
import type { Registration } from '../registration.ts'
import type { TokenGrant } from '../token.ts'

/** What a login needs of the world besides the service. */
export interface LoginPorts {
  /** The session as messages call it. */
  readonly sessionName: string
  /** Shows a line to the user. */
  readonly say: (line: string) => void
  /** Opens the user's browser, if there is one and it is to be opened. */
  readonly openBrowser: (url: URL) => Promise<void>
  /** Ends the wait. */
  readonly signal: AbortSignal
}

/** The last line of what the user is told to do. */
export const waitingLine = 'waiting; Ctrl-C ends the wait'

/** A registration for this session and flow, kept or made; the redirect URI is absent for the device flow. */
export type Register = (redirectUri?: string) => Promise<Registration>

export interface LoginResult {
  readonly registration: Registration
  readonly grant: TokenGrant
}

/** A way to log in. Throws AssumeError `login-failed`, `network`, `service`; the signal's reason when aborted. */
export type LogIn = (
  service: OidcService,
  session: SsoSession,
  register: Register,
  ports: LoginPorts,
) => Promise<LoginResult>
