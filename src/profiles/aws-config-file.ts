import type { Files } from '../context.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import { type EditOutcome, type EditRequest, editFile } from '../system/files/edit-file.ts'
import { type FileEdit, isSameChange } from '../system/files/file-edit.ts'
import { replaceText } from '../system/files/replace-text.ts'
import type { LockWorld } from '../system/lock/lock.ts'
import type { Paths } from '../system/paths.ts'
import { encodeText } from '../text/utf-8.ts'
import { nameSections } from './config/section-names.ts'

/** Where the file is kept as it was before the first edit. */
export function locateBackup(path: string): string {
  return `${path}.assume-backup`
}

/**
 * Edits the AWS config file as `editFile` does, which says more: whole or not at all, links are followed, the mode stays,
 * a new file is 0600. The first edit leaves a backup beside the file. `keep` is given the edit before it is made.
 */
export function editAwsConfig<Edit extends FileEdit>(
  world: LockWorld,
  paths: Pick<Paths, 'locks' | 'awsConfig'>,
  {
    plan,
    agree,
    agreed,
    keep,
  }: Pick<EditRequest<Edit>, 'plan' | 'agree' | 'agreed'> & { readonly keep?: (edit: Edit) => void },
): Promise<EditOutcome<Edit>> {
  return editFile(world, paths, {
    path: paths.awsConfig,
    plan,
    ...(agree && { agree }),
    ...(agreed && { agreed }),
    isSame: (agreed, planned) => isSameChange(agreed, planned, (text) => nameSections(text, 'config')),
    replace: (edit) => {
      keep?.(edit)
      return replaceWithBackup(world.files, edit)
    },
  })
}

function replaceWithBackup(files: Files, edit: FileEdit): boolean {
  const discardBackup = keepBackup(files, edit)
  let isReplaced = false
  try {
    isReplaced = replaceText(files, edit)
  } finally {
    if (!isReplaced) discardBackup()
  }
  return isReplaced
}

/** Makes the backup if there is none yet, and returns what takes it away again when there was no edit after all. */
function keepBackup(files: Files, { path, before }: FileEdit): () => void {
  const backup = locateBackup(path)
  const owner = files.stat(path)
  if (before === undefined || !owner || files.stat(backup)) return () => {}
  try {
    writeAtomically(files, backup, encodeText(before), { mode: owner.mode, owner })
  } catch (error) {
    // What cannot be given to the owner of the file cannot take the place of the file either, and that says so.
    if ((error as { cause?: NodeJS.ErrnoException }).cause?.syscall !== 'fchown') throw error
    return () => {}
  }
  return () => files.remove(backup)
}
