import { type EditOutcome, editText } from '../system/files/edit-file.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import type { LockWorld } from '../system/lock/lock.ts'
import type { Paths } from '../system/paths.ts'

/**
 * Edits the AWS credentials file as `editText` does: links are followed, and the file is 0600 whatever it was. There is no
 * backup, which would be one more file with secrets. Returns and throws what `editText` does.
 */
export function editAwsCredentials(
  world: LockWorld,
  paths: Pick<Paths, 'locks' | 'awsCredentials'>,
  edit: (text: string) => string,
): Promise<EditOutcome<FileEdit>> {
  return editText(world, paths, paths.awsCredentials, edit, { mode: 0o600, forceMode: true })
}
