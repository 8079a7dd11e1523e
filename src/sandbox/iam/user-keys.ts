import type { Clock } from '../clock.ts'
import type { Secrets } from '../secrets.ts'
import { describeIamUser, type LongTermKeys } from '../sts/identity.ts'
import type { IamUser } from '../sts/role.ts'

export type KeyStatus = 'Active' | 'Inactive'

/** When a key signed last, for which service and region. */
export interface KeyUse {
  readonly at: number
  readonly service: string
  readonly region: string
}

/** A key of a user as IAM has it. */
export interface UserKey extends LongTermKeys {
  readonly userName: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly status: KeyStatus
  readonly lastUse: KeyUse | undefined
}

/**
 * How long it takes until all of AWS knows of a change: the requests that a key has to sign until it is taken, or no longer
 * taken, and the lists in which a new key does not stand yet.
 */
export interface KeyDelay {
  readonly signed?: number
  readonly listed?: number
}

interface Entry {
  readonly keys: LongTermKeys
  readonly userName: string
  readonly createdAt: number
  status: KeyStatus | 'deleted'
  lastUse: KeyUse | undefined
  /** Whether requests that it signs are taken, and how many more it is until they are judged by the status. */
  isTaken: boolean
  signaturesToGo: number
  listsToGo: number
}

/** As long ago as a key is made, in milliseconds, that the sandbox begins with. */
const usualAge = 400 * 86_400_000

/** The long-lived keys of all users. */
export class UserKeys {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #delay: KeyDelay
  readonly #entries = new Map<string, Entry>()

  constructor(clock: Clock, secrets: Secrets, users: readonly IamUser[], delay: KeyDelay) {
    this.#clock = clock
    this.#secrets = secrets
    this.#delay = delay
    for (const user of users) {
      secrets.remember('user-key-id', user.accessKeyId)
      secrets.remember('secret-access-key', user.secretAccessKey)
      this.#add(user, { createdAt: clock.now() - usualAge, isTaken: true, signaturesToGo: 0, listsToGo: 0 })
    }
  }

  /** The keys with which a request is signed, if they are taken; each call counts as one such request. */
  use(accessKeyId: string, service: string, region: string): LongTermKeys | undefined {
    const entry = this.#entries.get(accessKeyId)
    if (!entry) return undefined
    if (entry.signaturesToGo > 0) entry.signaturesToGo -= 1
    else entry.isTaken = entry.status === 'Active'
    if (!entry.isTaken) return undefined
    entry.lastUse = { at: this.#clock.now(), service, region }
    return entry.keys
  }

  /** The keys of a user as a list shows them, in the order in which they were made. */
  list(userArn: string): UserKey[] {
    const shown = this.#ofUser(userArn).filter(({ listsToGo }) => listsToGo === 0)
    for (const entry of this.#ofUser(userArn)) entry.listsToGo = Math.max(0, entry.listsToGo - 1)
    return shown.map(describe)
  }

  /** Those of all users, whatever a list shows. */
  all(): UserKey[] {
    return [...this.#entries.values()].filter(({ status }) => status !== 'deleted').map(describe)
  }

  /** How many a user has, be they in a list or not. */
  count(userArn: string): number {
    return this.#ofUser(userArn).length
  }

  /** A key, whosever it is. */
  find(accessKeyId: string): UserKey | undefined {
    const entry = this.#entries.get(accessKeyId)
    return entry && entry.status !== 'deleted' ? describe(entry) : undefined
  }

  create(user: Pick<IamUser, 'name' | 'accountId'>): UserKey {
    const { signed = 0, listed = 0 } = this.#delay
    const accessKeyId = this.#secrets.issue('user-key-id')
    const secretAccessKey = this.#secrets.issue('secret-access-key')
    const since = { createdAt: this.#clock.now(), isTaken: false, signaturesToGo: signed, listsToGo: listed }
    return describe(this.#add({ ...user, accessKeyId, secretAccessKey }, since))
  }

  /** Makes a key that there is active or inactive, or deletes it. */
  change(accessKeyId: string, status: KeyStatus | 'deleted'): void {
    const entry = this.#entries.get(accessKeyId)
    if (!entry) return
    if (entry.status !== status) entry.signaturesToGo = this.#delay.signed ?? 0
    entry.status = status
  }

  #add(user: IamUser, since: Pick<Entry, 'createdAt' | 'isTaken' | 'signaturesToGo' | 'listsToGo'>): Entry {
    const { name: userName, accessKeyId, secretAccessKey } = user
    const keys = { ...describeIamUser(user), accessKeyId, secretAccessKey }
    const entry: Entry = { ...since, keys, userName, status: 'Active', lastUse: undefined }
    this.#entries.set(accessKeyId, entry)
    return entry
  }

  #ofUser(userArn: string): Entry[] {
    return [...this.#entries.values()].filter(
      ({ keys, status }) => keys.arn === userArn && status !== 'deleted',
    )
  }
}

function describe({ keys, userName, createdAt, status, lastUse }: Entry): UserKey {
  return { ...keys, userName, createdAt, lastUse, status: status === 'Active' ? 'Active' : 'Inactive' }
}
