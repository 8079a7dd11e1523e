import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { partitionOfRegion } from '../console/console-view.ts'
import type { Secrets } from '../secrets.ts'
import type { IamUser } from './role.ts'

/** Who is behind an access key. */
export interface Principal {
  readonly accountId: string
  /** What GetCallerIdentity answers. */
  readonly arn: string
  readonly userId: string
  /** The ARN that a trust policy names: the user's, or the role's behind a session. */
  readonly principal: string
}

export interface TemporaryKeys extends Principal {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  /** Whether they were got with keys that were temporary themselves. */
  readonly isChained: boolean
  /** Of GetFederationToken without a policy. */
  readonly hasNoRights: boolean
  /** Of GetSessionToken with a code. */
  readonly hasMfa: boolean
}

/** Keys of a user, which have no token and no end. */
export interface LongTermKeys extends Principal {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: undefined
  readonly expiresAt?: undefined
  readonly hasMfa?: undefined
}

export interface SessionTerms {
  readonly seconds: number
  readonly isChained: boolean
  readonly hasNoRights?: boolean
  readonly hasMfa?: boolean
}

/** Every temporary key that was given here, with who is behind it. */
export class Identities {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #keys = new Map<string, TemporaryKeys>()

  constructor(clock: Clock, secrets: Secrets) {
    this.#clock = clock
    this.#secrets = secrets
  }

  find(accessKeyId: string): TemporaryKeys | undefined {
    return this.#keys.get(accessKeyId)
  }

  /** Keys for a session of a role. */
  issueForRole(roleArn: string, sessionName: string, terms: SessionTerms): TemporaryKeys {
    const [, partition, accountId, roleName] =
      /^arn:([^:]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? []
    return this.#issue(
      {
        accountId: accountId ?? '',
        arn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
        userId: `AROA${stableId(roleArn)}:${sessionName}`,
        principal: roleArn,
      },
      terms,
    )
  }

  /** Keys for a permission set in an account, whose role has a name made by Identity Center. */
  issueForPermissionSet(
    of: {
      readonly accountId: string
      readonly roleName: string
      readonly userName: string
      readonly region: string
    },
    seconds: number,
  ): TemporaryKeys {
    const suffix = createHash('sha256').update(`${of.accountId} ${of.roleName}`).digest('hex').slice(0, 16)
    const path = 'aws-reserved/sso.amazonaws.com'
    const role = `arn:${partitionOfRegion(of.region)}:iam::${of.accountId}:role/${path}/AWSReservedSSO_${of.roleName}_${suffix}`
    return this.issueForRole(role, of.userName, { seconds, isChained: false })
  }

  /** Keys for a user that has signed in. */
  issueForUser(user: IamUser, seconds: number): TemporaryKeys {
    return this.#issue(describeIamUser(user), { seconds, isChained: false })
  }

  /** Keys for who has others already: a session of a user. */
  issueForCaller(
    { accountId, arn, userId, principal }: Principal,
    seconds: number,
    hasMfa: boolean,
  ): TemporaryKeys {
    return this.#issue({ accountId, arn, userId, principal }, { seconds, isChained: false, hasMfa })
  }

  /** Keys for a user that has a name and nothing else, but for the rights that a policy leaves. */
  issueForFederatedUser(
    user: Omit<Principal, 'principal'>,
    seconds: number,
    hasNoRights: boolean,
  ): TemporaryKeys {
    const { accountId, arn, userId } = user
    return this.#issue({ accountId, arn, userId, principal: arn }, { seconds, isChained: false, hasNoRights })
  }

  #issue(
    identity: Principal,
    { seconds, isChained, hasNoRights = false, hasMfa = false }: SessionTerms,
  ): TemporaryKeys {
    const keys = {
      ...identity,
      accessKeyId: this.#secrets.issue('access-key-id'),
      secretAccessKey: this.#secrets.issue('secret-access-key'),
      sessionToken: this.#secrets.issue('session-token'),
      expiresAt: this.#clock.now() + seconds * 1000,
      isChained,
      hasNoRights,
      hasMfa,
    }
    this.#keys.set(keys.accessKeyId, keys)
    return keys
  }
}

/** Whether the policies of the user behind some keys forbid an action, or want MFA for it that these keys do not have. */
export function isDenied(
  users: readonly IamUser[],
  { arn, hasMfa }: LongTermKeys | TemporaryKeys,
  action: string,
): boolean {
  return users.some(
    (user) =>
      describeIamUser(user).arn === arn &&
      (user.denied?.includes(action) || (!hasMfa && user.deniedWithoutMfa?.includes(action))),
  )
}

/** Who a user is. */
export function describeIamUser({ name, accountId }: Pick<IamUser, 'name' | 'accountId'>): Principal {
  const arn = `arn:aws:iam::${accountId}:user/${name}`
  return { accountId, arn, userId: `AIDA${stableId(arn)}`, principal: arn }
}

/** Seventeen letters and digits that are always the same for this ARN. */
function stableId(arn: string): string {
  return createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase()
}
