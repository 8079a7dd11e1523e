import { statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { User } from '../context.ts'

/** Who runs this process; `home` is the home folder that the environment names. Undefined on Windows. */
export function identifyUser(home: string | undefined): User | undefined {
  const id = process.geteuid?.()
  const groupId = process.getegid?.()
  if (id === undefined || groupId === undefined) return undefined
  if (id !== 0) return { id, groupId }
  const homeOwnerId = findHomeOwner(home)
  return { id, groupId, ...(homeOwnerId !== undefined && homeOwnerId !== id && { homeOwnerId }) }
}

/** By the folder that AWS's tools keep their files in, which may be all that there is of that user in a container. */
function findHomeOwner(named: string | undefined): number | undefined {
  try {
    const home = named ?? userInfo().homedir
    return (statSync(join(home, '.aws'), { throwIfNoEntry: false }) ?? statSync(home)).uid
  } catch {
    return undefined
  }
}
