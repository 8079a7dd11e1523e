import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Files } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import { printable } from '../../text/redact.ts'
import { type LockWorld, locateEditLock, withLock } from '../lock/lock.ts'
import type { Paths } from '../paths.ts'
import { describeFailure, findReplaceable } from './atomic-write.ts'
import type { FileEdit } from './file-edit.ts'
import { readText } from './read-text.ts'
import { replaceText } from './replace-text.ts'

/** What is to become of a file that others edit too. */
export interface EditRequest<Edit extends FileEdit> {
  readonly path: string
  /** Works the edit out from the text of the file, as often as that changes; undefined when there is nothing to do. */
  readonly plan: (before: string | undefined) => Edit | undefined
  /** Whether who has agreed to the one has agreed to the other. Absent: nobody is shown anything, and any edit will do. */
  readonly isSame?: (agreed: Edit, planned: Edit) => boolean
  /** Shows an edit to the user and asks. Absent: nobody is asked. */
  readonly agree?: (edit: Edit) => Promise<boolean>
  /** What the user has agreed to before. */
  readonly agreed?: Edit
  /** Makes the edit, or returns false when the text is no longer the one that it was made from; `replaceText` unless told. */
  readonly replace?: (edit: Edit) => boolean
}

/** `needless`: the file says so already. */
export type EditOutcome<Edit> = { readonly written: Edit } | 'declined' | 'needless'

/**
 * Edits a file that others edit too, and loses nothing of theirs. Other assumes wait for the lock of the file, which is
 * not held while the user is asked. Other programs have no lock, and may write in place: the text is compared again
 * directly before the file is replaced. Where it is another, the edit is worked out again as soon as that text stays; it
 * is made if it is the same, else the user is asked again, and where nobody is asked it fails.
 * Throws AssumeError `unwritable-file`, `unsafe-file`, `unreadable-file`, what the functions of the request throw, and the
 * reason when a wait is interrupted.
 */
export async function editFile<Edit extends FileEdit>(
  world: LockWorld,
  { locks }: Pick<Paths, 'locks'>,
  request: EditRequest<Edit>,
): Promise<EditOutcome<Edit>> {
  const { path, plan, agree } = request
  let { agreed } = request
  for (;;) {
    if (agree && !agreed) {
      agreed = plan(readText(world.files, path))
      if (!agreed) return 'needless'
      if (!(await agree(agreed))) return 'declined'
    }
    const lock = locateEditLock(locks, findTarget(world.files, path))
    let isLocked = false
    const outcome = await withLock(world, lock, `the edit of ${path}`, () => {
      isLocked = true
      return makeEdit(world, request, agreed)
    }).catch((error) => {
      throw isLocked ? error : explainLock(path, error)
    })
    if (outcome !== 'another') return outcome
    if (!agree) throw changedMeanwhile(path, 'somebody else has changed it just now')
    world.notify(`${path} was changed by somebody else just now; this is what would be changed in it now`)
    agreed = undefined
  }
}

/**
 * Edits such a file without showing or asking anything. `edit` gets the empty text where there is no file; the same text
 * is no edit. `options` are those of the write. Returns what `editFile` does, and throws what that and `edit` throw.
 */
export function editText(
  world: LockWorld,
  paths: Pick<Paths, 'locks'>,
  path: string,
  edit: (text: string) => string,
  options?: Parameters<typeof replaceText>[2],
): Promise<EditOutcome<FileEdit>> {
  return editFile(world, paths, {
    path,
    plan: (before) => {
      const after = edit(before ?? '')
      return after === (before ?? '') ? undefined : { path, before, after }
    },
    replace: (change) => replaceText(world.files, change, options),
  })
}

/** Whoever wants a file edited knows nothing of its lock. */
function explainLock(path: string, error: unknown): unknown {
  if (!(error instanceof AssumeError) || error.code === 'cancelled') return error
  const message = `cannot edit ${printable(path)}, which needs a lock: ${error.message}`
  return new AssumeError(error.code, message, { hint: error.advice, cause: error })
}

/** `another`: it would not be the edit that was agreed to. */
async function makeEdit<Edit extends FileEdit>(
  world: LockWorld,
  { path, plan, isSame, replace = (edit) => replaceText(world.files, edit) }: EditRequest<Edit>,
  agreed: Edit | undefined,
): Promise<EditOutcome<Edit> | 'another'> {
  let first = agreed
  let text = readText(world.files, path)
  if (text !== first?.before) text = await readSettledText(world, path, text)
  for (;;) {
    const edit = plan(text)
    if (!edit) return 'needless'
    const isGone = agreed?.before !== undefined && edit.before === undefined
    if (first && isSame && (isGone || !isSame(first, edit))) return 'another'
    first ??= edit
    if (replace(edit)) return { written: edit }
    text = await readSettledText(world, path, readText(world.files, path))
  }
}

/** How far apart, in milliseconds, two equal readings lie of a file that nobody is in the middle of writing. */
const settleTime = 50

/** Who writes in place empties the file first: so many equal readings, which are a second, and it is meant to be empty. */
const emptyReadings = 20

/** After so many readings, which are ten seconds, somebody writes without end. */
const mostReadings = 200

async function readSettledText(
  { files, interruption }: LockWorld,
  path: string,
  first: string | undefined,
): Promise<string | undefined> {
  let text = first
  let equal = 0
  for (let count = 0; count < mostReadings; count++) {
    await sleep(settleTime, undefined, { signal: interruption }).catch(() => {})
    interruption.throwIfAborted()
    const next = readText(files, path)
    equal = next === text ? equal + 1 : 0
    if (equal >= (text === '' ? emptyReadings : 1)) return text
    text = next
  }
  throw changedMeanwhile(path, 'somebody else keeps changing it')
}

function changedMeanwhile(path: string, reason: string): AssumeError {
  return new AssumeError('unwritable-file', `${path} was left as it is: ${reason}`, {
    hint: 'run the command again',
  })
}

/** Where all links to a path lead, as far as there is something at all. */
function findTarget(files: Files, path: string): string {
  const folder = dirname(path)
  try {
    const existing = files.stat(path)
    if (existing) return findReplaceable(files, path, existing)
  } catch (cause) {
    throw describeFailure(path, cause)
  }
  return folder === path ? path : join(findTarget(files, folder), basename(path))
}
