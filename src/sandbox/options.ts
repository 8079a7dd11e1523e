import { exampleAccounts, exampleUsers, type SandboxAccount, type SandboxUser } from './directory.ts'
import type { KeyDelay } from './iam/user-keys.ts'
import { exampleIamUsers, exampleRoles, type IamUser, type Role } from './sts/role.ts'

/** What the user answers to a login: on the page, or by itself at once. */
export type UserAnswer = 'ask' | 'allow' | 'deny'

export interface SandboxOptions {
  readonly accounts?: readonly SandboxAccount[]
  /** The first one is signed in unless the page's form says otherwise. */
  readonly users?: readonly SandboxUser[]
  /** Users with access keys. */
  readonly iamUsers?: readonly IamUser[]
  /** How late changes of their keys are known. Default: at once. */
  readonly keyDelay?: KeyDelay
  /** Roles that AssumeRole knows. */
  readonly roles?: readonly Role[]
  /** The right code of each MFA device, by serial number. */
  readonly mfaDevices?: Readonly<Record<string, string>>
  /** Where Identity Center is: services of other regions, told apart by host name, know nothing of it. */
  readonly region?: string
  /** Default `ask`. */
  readonly answer?: UserAnswer
  /** Seconds that an access token lives. Default 3600. */
  readonly accessTokenLifetime?: number
  /** Seconds that a portal session lives, and with it its refresh tokens. Default 28800. */
  readonly sessionLifetime?: number
  /** Seconds that a client registration lives. Default 90 days. */
  readonly registrationLifetime?: number
  /** Seconds that a device code lives. Default 600. */
  readonly deviceCodeLifetime?: number
  /** Seconds between two polls that a device is told to keep; it is not enforced. Default 1. */
  readonly interval?: number
  /** Seconds that the keys of an assigned role live. Default 3600. */
  readonly roleSessionLifetime?: number
  /** Whether a refresh gives a new refresh token, and ends the old one, or gives none. Default `rotate`. */
  readonly refreshTokens?: 'rotate' | 'keep'
  /** Most items on a page of accounts or roles when the client does not say. Default 100. */
  readonly pageSize?: number
  /**
   * How many requests Identity Center takes within a second, of all its operations and clients together; above that it
   * answers 429. Default: as many as come. The service itself takes 20.
   */
  readonly requestsPerSecond?: number
  /** The steps of federation that take GET alone, as in partitions that have no POST. Default: none. */
  readonly refusesPost?: readonly ('GetSigninToken' | 'ConsoleLogin')[]
  /** Start URLs of people's own domains: host to the address that it redirects to. */
  readonly vanityHosts?: Readonly<Record<string, string>>
  /** PEM texts; with them the sandbox listens with TLS too. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Milliseconds since the epoch. Default: the machine's clock. */
  readonly now?: () => number
}

/** All options but TLS, decided. */
export type SandboxSettings = Required<Omit<SandboxOptions, 'tls'>>

export function decideSettings({ tls: _, ...options }: SandboxOptions): SandboxSettings {
  return {
    accounts: exampleAccounts,
    users: exampleUsers,
    iamUsers: exampleIamUsers,
    keyDelay: {},
    roles: exampleRoles,
    mfaDevices: { 'arn:aws:iam::111122223333:mfa/me': '123456' },
    region: 'eu-west-2',
    answer: 'ask',
    accessTokenLifetime: 3600,
    sessionLifetime: 28_800,
    registrationLifetime: 90 * 86_400,
    deviceCodeLifetime: 600,
    interval: 1,
    roleSessionLifetime: 3600,
    refreshTokens: 'rotate',
    pageSize: 100,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    refusesPost: [],
    vanityHosts: {},
    now: Date.now,
    ...options,
  }
}
