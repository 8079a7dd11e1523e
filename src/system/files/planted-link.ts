import { lstatSync, readlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The system follows no more of them either. */
const mostLinks = 40

/**
 * Whether a file, as it was opened or found by its path, is reached only by a link of the user `ownerId`: who works as root
 * in that user's home would read, or write, for that user what the user may not. Links of others are root's own doing.
 */
export function isPlanted(path: string, file: { dev: number; ino: number }, ownerId: number): boolean {
  const target = followForeignLinks(resolve(path), ownerId, 0)
  const found = target === undefined ? undefined : lstatSync(target, { throwIfNoEntry: false })
  return found === undefined || found.dev !== file.dev || found.ino !== file.ino
}

/** Where a path leads; undefined where a link of the user is on the way. */
function followForeignLinks(path: string, ownerId: number, links: number): string | undefined {
  const folder = dirname(path)
  if (folder === path) return path
  const above = followForeignLinks(folder, ownerId, links)
  if (above === undefined) return undefined
  const entry = join(above, path.slice(folder.length))
  const stat = lstatSync(entry, { throwIfNoEntry: false })
  if (!stat?.isSymbolicLink()) return entry
  if (stat.uid === ownerId || links === mostLinks) return undefined
  return followForeignLinks(resolve(above, readlinkSync(entry)), ownerId, links + 1)
}
