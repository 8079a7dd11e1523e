import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import type { KeyStore } from '../../keys/key-store.ts'
import type { AccessKey, StoredKey } from '../../keys/stored-key.ts'
import { printable } from '../../text/redact.ts'
import { formatProfileWord, type Hint } from '../../text/words.ts'
import { isUnknownKey } from './iam.ts'
import type { IamKey } from './iam-answer.ts'
import { askPatiently, waitForAnswers } from './key-trial.ts'
import { agreeToDelete } from './other-key.ts'
import { isOver, type OtherKey, planRotation, type RotationStep, type StopReason } from './rotation.ts'
import type { RotationCalls } from './rotation-calls.ts'

export interface RotationTask {
  readonly profileName: string
  /** Whether the old key is deleted, too. */
  readonly deletes: boolean
  readonly saysYes: boolean
  readonly store: KeyStore
  readonly calls: Pick<RotationCalls, 'openIam' | 'identify'>
  /** Removes what is cached of sessions that were made from the key. */
  readonly forgetSessions: () => void
}

/** What there is when a rotation is over. */
export interface RotationEnd {
  /** The key that is in use. */
  readonly accessKeyId: string
  /** The one before, and what became of it; absent where that is not known any more. */
  readonly oldKey?: { readonly accessKeyId: string; readonly state: 'inactive' | 'deleted' }
}

/** How old a new key has to be for us to believe that IAM has none of its id, in milliseconds. */
const settled = 15 * 60_000

/**
 * The rotation of one stored key, from wherever an earlier one has left it. Each step is noted in the store before or after it, so
 * that whatever ends this process, the stored key works, and the next run knows what there is.
 */
export class KeyRotation {
  readonly #context: Context
  readonly #task: RotationTask
  /** Those that this run has deleted: IAM may list them for a while. */
  readonly #gone = new Set<string>()
  #isUnderWay = false
  #oldKey: RotationEnd['oldKey']

  constructor(context: Context, task: RotationTask) {
    this.#context = context
    this.#task = task
  }

  /** Throws as `rotateKey` says. */
  async run(): Promise<RotationEnd> {
    const { store, profileName, deletes } = this.#task
    let stored = await store.read(profileName)
    if (!stored) throw reportNoKey(profileName)
    const step = stored.rotation?.step
    this.#isUnderWay = step !== undefined && (step !== 'retired' || deletes)
    if (step !== undefined && step !== 'retired') this.#say('an earlier rotation was interrupted; it goes on')
    for (;;) {
      const next = await this.#advance(stored)
      if (!next) return { accessKeyId: stored.accessKeyId, ...(this.#oldKey && { oldKey: this.#oldKey }) }
      stored = next
    }
  }

  /** Takes one step, and returns what the store has then; undefined when there is none to take. */
  async #advance(stored: StoredKey): Promise<StoredKey | undefined> {
    if (this.#isUnderWay && isOver(stored.rotation, this.#task.deletes)) return undefined
    if (stored.rotation?.step === 'pending') return this.#tryKey(stored, stored.rotation.key)
    // Whatever ended an earlier run between the new key and this.
    if (stored.rotation?.step === 'retiring') this.#task.forgetSessions()
    const { own, others } = await this.#look(stored)
    const { deletes } = this.#task
    const now = this.#context.now()
    return this.#take(stored, planRotation({ stored, own, others, deletes, now }))
  }

  async #take(stored: StoredKey, step: RotationStep): Promise<StoredKey> {
    switch (step.kind) {
      case 'create':
        return this.#create(stored, step)
      case 'discard':
        this.#say(
          `${printable(step.accessKeyId)} was made by a rotation that was interrupted, and its secret is lost`,
        )
        return this.#clear(stored, step.accessKeyId)
      case 'make-room':
        await agreeToDelete(this.#context, { ...this.#task, own: stored.accessKeyId, other: step.other })
        return this.#clear(stored, step.other.accessKeyId)
      case 'deactivate':
        return this.#deactivate(stored, step.accessKeyId)
      case 'note-inactive':
        return this.#noteInactive(stored, step.accessKeyId)
      case 'delete':
        await this.#delete(stored, step.accessKeyId)
        this.#oldKey = { accessKeyId: step.accessKeyId, state: 'deleted' }
        return this.#store(withoutRotation(stored))
      case 'forget-old':
        return this.#store(withoutRotation(stored))
      case 'stop':
        throw this.#stop(describeStop(step.reason, stored))
    }
  }

  /** What IAM has of the user's keys. The last use of the old key is of no interest. */
  async #look(stored: StoredKey): Promise<{ own: 'active' | 'inactive' | 'absent'; others: OtherKey[] }> {
    const listed = await this.#list(stored)
    const own = listed.find(({ accessKeyId }) => accessKeyId === stored.accessKeyId)
    const { rotation } = stored
    const oldId = rotation && 'accessKeyId' in rotation ? rotation.accessKeyId : undefined
    const others: OtherKey[] = []
    for (const key of listed) {
      const id = key.accessKeyId
      if (key === own || this.#gone.has(id)) continue
      const lastUse = id === oldId ? undefined : await this.#askIam(stored, (iam) => iam.findLastUse(id))
      others.push({ ...key, lastUse })
    }
    return { own: own ? (own.isActive ? 'active' : 'inactive') : 'absent', others }
  }

  async #list(stored: StoredKey): Promise<readonly IamKey[]> {
    return this.#askIam(stored, (iam) => iam.list())
  }

  /** A key that was just made is known to IAM later than to STS. */
  async #askIam<Answer>(
    stored: StoredKey,
    ask: (iam: Awaited<ReturnType<RotationCalls['openIam']>>) => Promise<Answer>,
  ): Promise<Answer> {
    const iam = await this.#task.calls.openIam(stored)
    const mayBeNew = stored.rotation?.step === 'retiring'
    return askPatiently(
      this.#context,
      () => ask(iam),
      (error) => mayBeNew && isUnknownKey(error),
    )
  }

  /** First what there was is noted: should the answer be lost, the next run knows the key that has come by it. */
  async #create(
    stored: StoredKey,
    { startedAt, knownIds }: Extract<RotationStep, { kind: 'create' }>,
  ): Promise<StoredKey> {
    const { rotation } = stored
    const isNoted = rotation?.step === 'creating' && rotation.startedAt === startedAt
    const noted = isNoted
      ? stored
      : await this.#store({ ...stored, rotation: { step: 'creating', startedAt, knownIds } })
    this.#isUnderWay = true
    const iam = await this.#task.calls.openIam(stored)
    const made = await iam.create(this.#context.now())
    if (made === 'limit') return this.#findHiddenKey(noted)
    const pending = await this.#store({ ...noted, rotation: { step: 'pending', key: made } })
    this.#say(
      `made ${printable(made.accessKeyId)}; until it is known everywhere, ${printable(stored.accessKeyId)} stays in use`,
    )
    return pending
  }

  /** There is another key, which IAM did not list yet. */
  async #findHiddenKey(stored: StoredKey): Promise<StoredKey> {
    const failure = await waitForAnswers(this.#context, async () => {
      if ((await this.#list(stored)).length < 2)
        throw this.#stop('AWS says that the user has two keys, but lists one')
    })
    if (failure) throw failure
    return stored
  }

  async #tryKey(stored: StoredKey, key: AccessKey): Promise<StoredKey> {
    const failure = await waitForAnswers(this.#context, () => this.#task.calls.identify(key))
    if (failure) return this.#judgeRefused(stored, key, failure)
    const { accessKeyId, secretAccessKey, createdAt } = key
    const rotation = { step: 'retiring', accessKeyId: stored.accessKeyId } as const
    return this.#store({ accessKeyId, secretAccessKey, createdAt, rotation })
  }

  /** A new key that does not answer: the one that is in use stays so. */
  async #judgeRefused(stored: StoredKey, key: AccessKey, failure: AssumeError): Promise<StoredKey> {
    const id = printable(key.accessKeyId)
    if (!isUnknownKey(failure)) throw failure
    const listed = (await this.#list(stored)).find(({ accessKeyId }) => accessKeyId === key.accessKeyId)
    if (!listed && this.#context.now() - key.createdAt > settled) {
      this.#say(`${id}, which an earlier rotation had made, is gone; a new one is made`)
      this.#isUnderWay = false
      return this.#store(withoutRotation(stored))
    }
    throw this.#stop(
      listed && !listed.isActive
        ? `${id}, which it has made, was made inactive; make it active, or delete it, in the IAM console`
        : `AWS does not know ${id} after a minute, which it has made; ${printable(stored.accessKeyId)} stays in use`,
    )
  }

  async #deactivate(stored: StoredKey, accessKeyId: string): Promise<StoredKey> {
    const isThere = await this.#askIam(stored, (iam) => iam.deactivate(accessKeyId))
    if (!isThere) return this.#store(withoutRotation(stored))
    if (!this.#task.deletes) return this.#noteInactive(stored, accessKeyId)
    await this.#delete(stored, accessKeyId)
    this.#oldKey = { accessKeyId, state: 'deleted' }
    return this.#store(withoutRotation(stored))
  }

  async #noteInactive(stored: StoredKey, accessKeyId: string): Promise<StoredKey> {
    this.#oldKey = { accessKeyId, state: 'inactive' }
    return this.#store({ ...stored, rotation: { step: 'retired', accessKeyId } })
  }

  async #delete(stored: StoredKey, accessKeyId: string): Promise<void> {
    await this.#askIam(stored, (iam) => iam.delete(accessKeyId))
    this.#gone.add(accessKeyId)
  }

  /** Deletes a key that stands in the way. */
  async #clear(stored: StoredKey, accessKeyId: string): Promise<StoredKey> {
    await this.#delete(stored, accessKeyId)
    this.#say(`${printable(accessKeyId)} is deleted`)
    return stored
  }

  async #store(stored: StoredKey): Promise<StoredKey> {
    await this.#task.store.write(this.#task.profileName, stored)
    return stored
  }

  #say(line: string): void {
    this.#context.notify(line)
  }

  #stop(reason: string): AssumeError {
    const { profileName } = this.#task
    const hint: Hint = (quote) => `assume keys rotate ${formatProfileWord(profileName, quote)}`
    return new AssumeError(
      'rotation-stopped',
      `the rotation of the key of ${printable(profileName)} stops here: ${reason}`,
      { hint },
    )
  }
}

/** The AssumeError for a profile without a stored key; `isPlain`: but with one in the AWS files. */
export function reportNoKey(profileName: string, isPlain = false): AssumeError {
  return new AssumeError('unknown-key', `there is no stored key of ${printable(profileName)}`, {
    hint: (quote) =>
      `assume keys add ${formatProfileWord(profileName, quote)}${isPlain ? ' --from-credentials' : ''}`,
  })
}

function withoutRotation({ accessKeyId, secretAccessKey, createdAt }: StoredKey): StoredKey {
  return { accessKeyId, secretAccessKey, createdAt }
}

function describeStop(reason: StopReason, { accessKeyId, rotation }: StoredKey): string {
  const id = printable(accessKeyId)
  if (reason === 'own-absent') return `AWS has no ${id} of the user that asks; whose key is it?`
  if (reason === 'own-inactive')
    return `${id}, the stored key, is inactive; make it active in the IAM console`
  const old = rotation && 'accessKeyId' in rotation ? printable(rotation.accessKeyId) : 'the old key'
  return `${old}, which the last rotation has made inactive, is active again; make it inactive where nothing needs it any more`
}
