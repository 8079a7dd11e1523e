/** A role that AssumeRole knows. */
export interface Role {
  readonly arn: string
  /** Account ids, or ARNs of users and roles, that may assume it; absent: everybody. */
  readonly trusts?: readonly string[]
  readonly externalId?: string
  /** Whether an MFA code is needed. */
  readonly mfa?: boolean
  /** Seconds; default 3600. */
  readonly maxSessionDuration?: number
  /** The token with which AssumeRoleWithWebIdentity works. */
  readonly webIdentityToken?: string
}

/** A user with access keys. */
export interface IamUser {
  readonly name: string
  readonly accountId: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** What policies do not let the user do: `sts:GetFederationToken`, `sts:GetSessionToken`, `iam:CreateAccessKey`, … */
  readonly denied?: readonly string[]
  /** What they let the user do in a session that was made with MFA, and not else. */
  readonly deniedWithoutMfa?: readonly string[]
}

/** The user whose key the throw-away home of the sandbox has. */
export const exampleCiUser: IamUser = {
  name: 'ci',
  accountId: '123456789011',
  accessKeyId: 'AKIAI7SANDBOXEXAMPLE',
  secretAccessKey: 'uBq8rTn3LxVd/Z5KpWm2c/sAnDbOxEXAMPLEKEY4',
}

/** The users behind the keys of AWS's documentation, as the example credentials file has them, and one more. */
export const exampleIamUsers: readonly IamUser[] = [
  {
    name: 'me',
    accountId: '111122223333',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  },
  {
    name: 'legacy-user',
    accountId: '111122223333',
    accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
    secretAccessKey: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
  },
  exampleCiUser,
]

/** The roles of the example config file, and one of each other kind. */
export const exampleRoles: readonly Role[] = [
  { arn: 'arn:aws:iam::777788889999:role/Audit', externalId: 'ext#1' },
  { arn: 'arn:aws:iam::777788889999:role/Admin', mfa: true, maxSessionDuration: 43_200 },
  { arn: 'arn:aws:iam::999988887777:role/Deploy' },
  { arn: 'arn:aws:iam::777788889999:role/Pipeline', webIdentityToken: 'sandbox.web-identity.token' },
]
