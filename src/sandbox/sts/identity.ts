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
}

/** Keys of a user, which have no token and no end. */
export interface LongTermKeys extends Principal {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: undefined
  readonly expiresAt?: undefined
}

export interface SessionTerms {
  readonly seconds: number
  readonly isChained: boolean
}

/** Every key that is good here, with who is behind it. */
export class Identities {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #keys = new Map<string, TemporaryKeys | LongTermKeys>()

  constructor(clock: Clock, secrets: Secrets, users: readonly IamUser[]) {
    this.#clock = clock
    this.#secrets = secrets
    for (const user of users) {
      const { accessKeyId, secretAccessKey } = user
      secrets.remember('access-key-id', accessKeyId)
      secrets.remember('secret-access-key', secretAccessKey)
      this.#keys.set(accessKeyId, { ...identifyUser(user), accessKeyId, secretAccessKey })
    }
  }

  find(accessKeyId: string): TemporaryKeys | LongTermKeys | undefined {
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
    return this.#issue(identifyUser(user), { seconds, isChained: false })
  }

  /** Keys for who has others already: a session of a user. */
  issueForCaller({ accountId, arn, userId, principal }: Principal, seconds: number): TemporaryKeys {
    return this.#issue({ accountId, arn, userId, principal }, { seconds, isChained: false })
  }

  /** Keys for a user that has a name and nothing else, but for the rights that a policy leaves. */
  issueForFederatedUser(
    user: Omit<Principal, 'principal'>,
    seconds: number,
    hasNoRights: boolean,
  ): TemporaryKeys {
    const { accountId, arn, userId } = user
    return this.#issue({ accountId, arn, userId, principal: arn }, { seconds, isChained: false }, hasNoRights)
  }

  #issue(identity: Principal, { seconds, isChained }: SessionTerms, hasNoRights = false): TemporaryKeys {
    const keys = {
      ...identity,
      accessKeyId: this.#secrets.issue('access-key-id'),
      secretAccessKey: this.#secrets.issue('secret-access-key'),
      sessionToken: this.#secrets.issue('session-token'),
      expiresAt: this.#clock.now() + seconds * 1000,
      isChained,
      hasNoRights,
    }
    this.#keys.set(keys.accessKeyId, keys)
    return keys
  }
}

function identifyUser({ name, accountId }: IamUser): Principal {
  const arn = `arn:aws:iam::${accountId}:user/${name}`
  return { accountId, arn, userId: `AIDA${stableId(arn)}`, principal: arn }
}

/** Seventeen letters and digits that are always the same for this ARN. */
function stableId(arn: string): string {
  return createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase()
}
