import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loginFileName, type SessionKey, tokenFileName } from '../../aws/cache-file-name.ts'
import type { Context } from '../../context.ts'
import { checkCacheFolder } from '../files/cache-file.ts'
import { nameFile } from '../files/file-name.ts'
import type { OwnershipWorld } from '../files/ownership.ts'
import {
  type Claim,
  enterClaim,
  type Holder,
  type LockOwner,
  leaveClaim,
  makeClaim,
  readHolder,
  removeHolder,
} from './lock-claim.ts'
import { watchPresence } from './presence.ts'

export type LockWorld = OwnershipWorld & Pick<Context, 'cleanups' | 'interruption' | 'notify' | 'pid'>

/** Where in the folder `locks` the lock for the login and the refresh of a session lies. */
export function locateSessionLock(locks: string, session: SessionKey): string {
  // The path of a socket has to be short, and a part of a hash is as good as the whole.
  return join(locks, tokenFileName(session).slice(0, 16))
}

/** Where in the folder `locks` the lock for the renewal of a session of `aws login` lies. */
export function locateLoginLock(locks: string, loginSession: string): string {
  return join(locks, loginFileName(loginSession).slice(0, 16))
}

/** Where in the folder `locks` the lock for fetching the credentials of the role file `name` lies. */
export function locateRoleLock(locks: string, name: string): string {
  return join(locks, name.slice(0, 16))
}

/** Where in the folder `locks` the lock for what becomes of the stored key of a profile lies. */
export function locateKeyLock(locks: string, profileName: string): string {
  return join(locks, nameFile(`the key of ${profileName}`).slice(0, 16))
}

/**
 * Where in the folder `locks` the lock for editing a file lies; `path` is where all links to it lead. Whichever way it is
 * spelled on a file system without case, it is one lock.
 */
export function locateEditLock(locks: string, path: string): string {
  return join(locks, nameFile(path.toLowerCase()).slice(0, 16))
}

/**
 * Runs `body` while no other process (nor this one, so never nest it) has the lock at `path`. `task` is what it is
 * needed for, as in "the login to my-sso": who has waited a second for one and the same process is told so. A live
 * process keeps it for as long as it likes, be it busy or stopped; one that has ended in any way, SIGKILL included, has
 * lost it at that moment. Aborting the context's `interruption` ends the wait with its reason. Throws AssumeError
 * `unwritable-file`, `unsafe-file` before `body` when there can be no lock; nothing is then known of other processes.
 */
export async function withLock<T>(
  world: LockWorld,
  path: string,
  task: string,
  body: () => T | Promise<T>,
): Promise<T> {
  const claim = await acquire(world, path, { pid: world.pid, task })
  try {
    return await body()
  } finally {
    leaveClaim(world, claim)
  }
}

async function acquire(world: LockWorld, path: string, owner: LockOwner): Promise<Claim> {
  const { files, interruption, notify } = world
  checkCacheFolder(world, dirname(path))
  const notice = new WaitNotice(notify)
  try {
    for (;;) {
      interruption.throwIfAborted()
      const holder = readHolder(files, path)
      if (holder) {
        notice.meet(holder)
        const result = await watchPresence(holder.address, interruption)
        if (result === 'absent') removeHolder(files, path, holder)
        else await pause(interruption)
      } else {
        const claim = await claimFree(world, path, owner)
        if (claim) return claim
      }
    }
  } finally {
    notice.end()
  }
}

async function claimFree(world: LockWorld, path: string, owner: LockOwner): Promise<Claim | undefined> {
  const claim = await makeClaim(world, path, owner)
  let entered = false
  try {
    entered = enterClaim(world, path, claim)
  } finally {
    if (!entered) leaveClaim(world, claim)
  }
  return entered ? claim : undefined
}

/** Lets those who are all woken by one end try one after the other. */
async function pause(interruption: AbortSignal): Promise<void> {
  // The caller looks whether it was aborted.
  await sleep(Math.random() * 100, undefined, { signal: interruption }).catch(() => {})
}

/** Tells of an owner once, when it has been waited for long enough that a person would wonder. */
class WaitNotice {
  readonly #notify: LockWorld['notify']
  #id: string | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(notify: LockWorld['notify']) {
    this.#notify = notify
  }

  meet({ id, owner }: Holder): void {
    if (id === this.#id) return
    this.end()
    this.#id = id
    const { pid, task } = owner
    const line = `waiting for ${task} in process ${pid}; Ctrl-C ends the wait`
    this.#timer = setTimeout(() => this.#notify(line), 1000)
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}
