import { BrowserSessions } from './browser-sessions.ts'
import { Clock } from './clock.ts'
import { SigninTokens } from './console/signin-tokens.ts'
import { Directory, type SandboxUser } from './directory.ts'
import { UserKeys } from './iam/user-keys.ts'
import { Authorizations } from './oidc/authorizations.ts'
import { Clients } from './oidc/clients.ts'
import { Devices } from './oidc/devices.ts'
import { Sessions } from './oidc/session.ts'
import { decideSettings, type SandboxOptions, type SandboxSettings, type UserAnswer } from './options.ts'
import { Quota } from './quota.ts'
import { Secrets } from './secrets.ts'
import { LoginSessions } from './signin/login-session.ts'
import { Identities, type TemporaryKeys } from './sts/identity.ts'

/** Everything that the operations read and change. */
export interface SandboxState {
  readonly settings: SandboxSettings
  readonly clock: Clock
  readonly secrets: Secrets
  readonly directory: Directory
  readonly clients: Clients
  /** Of Identity Center. */
  readonly quota: Quota
  readonly devices: Devices
  readonly authorizations: Authorizations
  readonly sessions: Sessions
  readonly identities: Identities
  readonly userKeys: UserKeys
  readonly loginSessions: LoginSessions
  readonly signinTokens: SigninTokens
  readonly portalSessions: BrowserSessions<SandboxUser>
  readonly consoleSessions: BrowserSessions<TemporaryKeys>
  answer: UserAnswer
  /** Where the pages are; set when the server listens. */
  url: string
}

export function createState(options: SandboxOptions): SandboxState {
  const settings = decideSettings(options)
  const clock = new Clock(settings.now)
  const secrets = new Secrets()
  const identities = new Identities(clock, secrets)
  return {
    settings,
    clock,
    secrets,
    directory: new Directory(settings.accounts, settings.users),
    clients: new Clients(clock, secrets, settings.registrationLifetime),
    quota: new Quota(settings.requestsPerSecond),
    devices: new Devices(clock, secrets, settings.deviceCodeLifetime),
    authorizations: new Authorizations(clock, secrets),
    sessions: new Sessions(clock, secrets, settings),
    identities,
    userKeys: new UserKeys(clock, secrets, settings.iamUsers, settings.keyDelay),
    loginSessions: new LoginSessions(secrets, identities, settings.iamUsers),
    signinTokens: new SigninTokens(clock, secrets),
    portalSessions: new BrowserSessions(clock, secrets),
    consoleSessions: new BrowserSessions(clock, secrets),
    answer: settings.answer,
    url: '',
  }
}
