import type { QuoteWord } from '../../text/words.ts'

/** What the system says of who may change a file or a folder. */
export interface Ownership {
  readonly userId: number
  readonly groupId: number
  /** Permission bits only (`0o600`). */
  readonly mode: number
  readonly isDirectory: boolean
}

/** From whom files are believed. */
export interface Trust {
  /** Root, the user, and for root also the owner of the home. */
  readonly userIds: readonly number[]
  /** Whether nobody but one of these users is in a group. */
  readonly isPrivate: (groupId: number) => boolean
}

/** `foreign`: another user owns it; `open-to-group`: a group that is not private can write to it, and nobody else. */
export type Flaw = 'foreign' | 'open-to-group' | 'open-to-others'

/** Why something cannot be believed. */
export interface Objection {
  /** The path of that. */
  readonly subject: string
  /** The file or folder that is to blame, where all links lead. */
  readonly path: string
  readonly flaw: Flaw
  readonly ownership: Ownership
}

/**
 * By what somebody who is not trusted can change a file or what is in a folder; undefined where nobody can. In a folder
 * with the sticky bit, like /tmp, others cannot replace what is ours.
 */
export function findFlaw({ userId, groupId, mode, isDirectory }: Ownership, trust: Trust): Flaw | undefined {
  if (!trust.userIds.includes(userId)) return 'foreign'
  if (isDirectory && (mode & 0o1000) !== 0) return undefined
  if ((mode & 0o002) !== 0) return 'open-to-others'
  return (mode & 0o020) !== 0 && !trust.isPrivate(groupId) ? 'open-to-group' : undefined
}

/** Who else can read something. */
export type Onlooker = `group ${number}` | 'others'

/**
 * Who else can read a file, by its mode and by those of the folders above it, from the innermost on, through which one has
 * to get. A group is somebody else unless nobody but the user is in it, as in one that a system makes for each user.
 */
export function findOnlooker(
  file: Ownership,
  folders: readonly Ownership[],
  trust: Pick<Trust, 'isPrivate'>,
): Onlooker | undefined {
  const { groupId, mode } = file
  if ((mode & 0o004) !== 0 && folders.every((folder) => (folder.mode & 0o001) !== 0)) return 'others'
  const letsGroupIn = (folder: Ownership) =>
    (folder.mode & (folder.groupId === groupId ? 0o010 : 0o001)) !== 0
  const isGroups = (mode & 0o040) !== 0 && folders.every(letsGroupIn) && !trust.isPrivate(groupId)
  return isGroups ? `group ${groupId}` : undefined
}

/** What is objected to, as a clause on `subject`. */
export function describeObjection({ flaw, ownership }: Objection, subject = 'it'): string {
  const { userId, groupId } = ownership
  switch (flaw) {
    case 'foreign':
      return `${subject} belongs to another user (${userId})`
    case 'open-to-group':
      return `group ${groupId} can write to ${subject}`
    case 'open-to-others':
      return `others can write to ${subject}`
  }
}

/** The command by which the user with this id mends it. */
export function formatRemedy({ path, flaw }: Objection, userId: number, quote: QuoteWord): string {
  const word = quote(path)
  if (flaw === 'foreign') return `${userId === 0 ? '' : 'sudo '}chown ${userId} ${word}`
  return `chmod ${flaw === 'open-to-group' ? 'g-w' : 'go-w'} ${word}`
}
