import type { Context } from '../context.ts'
import { describeWait, locateCredentialsLock, withLock } from './lock.ts'
import type { Paths } from './paths.ts'
import { readText } from './read-text.ts'
import { replaceText } from './replace-text.ts'

type World = Pick<Context, 'files' | 'platform' | 'interruption' | 'pid' | 'notify'>

/**
 * Edits the AWS credentials file, whole or not at all, while no other assume does: links are followed, and the file is
 * 0600 whatever it was. There is no backup, which would be one more file with secrets.
 * Throws AssumeError `unwritable-file`, `unreadable-file`, what `edit` throws, and the reason when a wait is interrupted.
 */
export function editAwsCredentials(
  { pid, notify, ...world }: World,
  { locks, awsCredentials }: Paths,
  edit: (text: string) => string,
): Promise<void> {
  const owner = { pid, task: `the edit of ${awsCredentials}` }
  const onWait = (other: typeof owner) => notify(describeWait(other))
  return withLock(world, locateCredentialsLock(locks), { owner, onWait }, () => {
    const before = readText(world.files, awsCredentials)
    const after = edit(before ?? '')
    if (after === (before ?? '')) return
    replaceText(world.files, awsCredentials, before, after, { mode: 0o600, forceMode: true })
  })
}
