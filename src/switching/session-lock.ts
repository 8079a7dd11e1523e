import type { Context } from '../context.ts'
import type { SessionKey } from '../core/session.ts'
import { describeWait, locateSessionLock, withLock } from '../store/lock.ts'

/**
 * Runs `body` while no other process logs in to or refreshes this session. Who waits is told for whom, and Ctrl-C ends
 * the wait only. `task` says what is done, as in "the login to my-sso".
 */
export function lockSession<Result>(
  context: Context,
  locks: string,
  session: SessionKey,
  task: string,
  body: () => Promise<Result>,
): Promise<Result> {
  return withLock(
    context,
    locateSessionLock(locks, session),
    {
      owner: { pid: context.pid, task },
      onWait: (owner) => context.notify(describeWait(owner)),
    },
    body,
  )
}
