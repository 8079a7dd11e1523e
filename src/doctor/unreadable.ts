import { dirname } from 'node:path'
import type { Context, Files } from '../context.ts'
import type { AssumeError } from '../errors.ts'
import type { Hint } from '../text/words.ts'
import type { Unreadable } from './facts.ts'

interface World extends Pick<Context, 'user'> {
  readonly files: Pick<Files, 'stat' | 'resolve'>
}

/** Why something cannot be read, with the command that opens it to the user where its mode or its owner is the reason. */
export function describeUnreadable(world: World, { message, advice, cause }: AssumeError): Unreadable {
  const { code, path } = (cause ?? {}) as NodeJS.ErrnoException
  const isRefused = code === 'EACCES' && path !== undefined
  return { message, hint: isRefused ? findOpening(world, world.files.resolve(path)) : advice }
}

/** For the outermost folder on the way that is closed, or the file. */
function findOpening({ files, user }: World, path: string): Hint | undefined {
  if (!user) return undefined
  for (const each of listWay(path)) {
    const stat = files.stat(each)
    if (!stat) return undefined
    const { mode, userId, isDirectory } = stat
    const isOwn = userId === user.id
    // In which groups the user is cannot be told.
    const needed = isDirectory ? 0o111 : 0o444
    if ((mode & needed & (isOwn ? 0o700 : 0o077)) !== 0) continue
    if (isOwn) return (quote) => `chmod ${isDirectory ? 'u+rwx' : 'u+r'} ${quote(each)}`
    return (quote) => `sudo chown ${isDirectory ? '-R ' : ''}${user.id} ${quote(each)}`
  }
  return undefined
}

/** A path behind all that it lies in, the root first. */
function listWay(path: string): string[] {
  const above = dirname(path)
  return above === path ? [path] : [...listWay(above), path]
}
