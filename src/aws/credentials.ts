/** Keys that sign requests to AWS. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Absent for the keys of a user. */
  readonly sessionToken?: string
  /** Milliseconds since the epoch; absent for keys without an end. */
  readonly expiresAt?: number
  /** Twelve digits, where the one who gave the keys said so. */
  readonly accountId?: string
}

/** Credentials with an end, as a service gives them for a role, or in front of a key. */
export interface RoleSession {
  readonly credentials: Credentials & { readonly sessionToken: string; readonly expiresAt: number }
  /** Who STS says that we are; absent from what Identity Center gives. */
  readonly user?: { readonly id: string; readonly arn: string }
  /** Whether it is one of a user, in front of a long-lived key, and not of a role. */
  readonly isOfUser?: true
}
