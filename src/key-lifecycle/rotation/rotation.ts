import type { Rotation, StoredKey } from '../../keys/stored-key.ts'
import type { IamKey, LastUse } from './iam-answer.ts'

/** A key of the user that is not the stored one, with its last use; undefined where nobody may know that. */
export interface OtherKey extends IamKey {
  readonly lastUse: LastUse | undefined
}

/** What the next step goes by. */
export interface RotationFacts {
  readonly stored: StoredKey
  /** Whether IAM lists the stored key, and as active. */
  readonly own: 'active' | 'inactive' | 'absent'
  /** The other keys that IAM lists. */
  readonly others: readonly OtherKey[]
  /** Whether the old key is to be deleted, too. */
  readonly deletes: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * `create`: note `startedAt` and `knownIds`, then make a key · `discard`: delete a key whose secret was lost · `make-room`: a key
 * of somebody else is in the way · `deactivate`, `note-inactive`, `delete`: of the old key · `forget-old`: it is gone ·
 * `stop`: something that nobody but the user can decide.
 */
export type RotationStep =
  | { readonly kind: 'create'; readonly startedAt: number; readonly knownIds: readonly string[] }
  | { readonly kind: 'discard'; readonly accessKeyId: string }
  | { readonly kind: 'make-room'; readonly other: OtherKey }
  | { readonly kind: 'deactivate' | 'note-inactive' | 'delete'; readonly accessKeyId: string }
  | { readonly kind: 'forget-old' }
  | { readonly kind: 'stop'; readonly reason: StopReason }

/** `active-again`: the old key, which was made inactive. */
export type StopReason = 'own-absent' | 'own-inactive' | 'active-again'

/** How far this machine's clock and that of AWS may be apart for a signature to be taken, in milliseconds. */
const clockDifference = 15 * 60_000
/** How long what was noted before a key is made stays good: what IAM lists may be that late. */
const noteLifetime = 15 * 60_000

/** The next step of a rotation; where a new key is still to be tried, that comes before. */
export function planRotation(facts: RotationFacts): RotationStep {
  const { rotation } = facts.stored
  return rotation?.step === 'retiring' || rotation?.step === 'retired'
    ? planEnd(facts, rotation.step, rotation.accessKeyId)
    : planBeginning(facts)
}

/** Whether a rotation that was begun is over; a plain one ends with an inactive key. */
export function isOver(rotation: Rotation | undefined, deletes: boolean): boolean {
  return rotation === undefined || (rotation.step === 'retired' && !deletes)
}

function planBeginning({ stored, own, others, now }: RotationFacts): RotationStep {
  if (own !== 'active') return { kind: 'stop', reason: own === 'absent' ? 'own-absent' : 'own-inactive' }
  const begun = stored.rotation?.step === 'creating' ? stored.rotation : undefined
  const orphan = begun && others.find((other) => isOrphan(other, begun))
  if (orphan) return { kind: 'discard', accessKeyId: orphan.accessKeyId }
  const [other] = others
  if (other) return { kind: 'make-room', other }
  const isRecent = begun !== undefined && Math.abs(now - begun.startedAt) < noteLifetime
  const { startedAt, knownIds } = isRecent ? begun : { startedAt: now, knownIds: [stored.accessKeyId] }
  return { kind: 'create', startedAt, knownIds }
}

/** Made when we were about to make one, not there before, and used by nobody: it can only be ours, and its secret is nowhere. */
function isOrphan(
  { accessKeyId, createdAt, lastUse }: OtherKey,
  { startedAt, knownIds }: { readonly startedAt: number; readonly knownIds: readonly string[] },
): boolean {
  return (
    !knownIds.includes(accessKeyId) &&
    createdAt > startedAt - clockDifference &&
    createdAt < startedAt + noteLifetime + clockDifference &&
    lastUse === 'never'
  )
}

function planEnd(
  { others, deletes }: RotationFacts,
  step: 'retiring' | 'retired',
  accessKeyId: string,
): RotationStep {
  const old = others.find((each) => each.accessKeyId === accessKeyId)
  if (!old) return { kind: 'forget-old' }
  if (old.isActive)
    return step === 'retiring'
      ? { kind: 'deactivate', accessKeyId }
      : { kind: 'stop', reason: 'active-again' }
  // After one that was over, the next rotation is wanted, and there is no room for a third key.
  return { kind: deletes || step === 'retired' ? 'delete' : 'note-inactive', accessKeyId }
}

/** How long a key that is inactive has to have been unused for `--yes` to delete it, in milliseconds. */
const longUnused = 90 * 86_400_000

/** Whether nobody can miss a key that is in the way: it is inactive, and was not used for three months, or never. */
export function isForgotten({ isActive, createdAt, lastUse }: OtherKey, now: number): boolean {
  if (isActive || lastUse === undefined) return false
  return now - (lastUse === 'never' ? createdAt : lastUse) > longUnused
}
