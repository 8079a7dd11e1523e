import { join } from 'node:path'
import type { Files } from '../context.ts'

/** All that is run of an installation, below its folder; `node` is the record of `install.sh`. */
const parts = ['bin', 'dist', 'shell', 'install.sh', 'package.json', 'node']

/** The permission bits by which a group and all others may write. */
const writableByOthers = 0o022

/**
 * Takes from group and others the right to write to the folder of an installation and to what is run of it, and says of
 * how many files and folders, and which stay open because they are somebody else's. Links are not followed.
 */
export function closeToOthers(files: Files, installation: string): { closed: number; open: string[] } {
  if (!files.stat(installation)) return { closed: 0, open: [] }
  const root = files.resolve(installation)
  const open: string[] = []
  let closed = 0
  for (const path of listInstallation(files, root)) {
    const mode = files.stat(path)?.mode ?? 0
    if ((mode & writableByOthers) === 0) continue
    try {
      files.setMode(path, mode & ~writableByOthers)
      closed += 1
    } catch {
      open.push(path)
    }
  }
  return { closed, open }
}

/** The folder of an installation and all that is run of it. `root` is where it lies, without links. */
export function listInstallation(files: Files, root: string): string[] {
  return [root, ...parts.flatMap((part) => listTree(files, join(root, part)))]
}

function listTree(files: Files, path: string): string[] {
  const stat = files.stat(path)
  if (!stat || files.resolve(path) !== path) return []
  if (!stat.isDirectory) return [path]
  return [path, ...files.list(path).flatMap((name) => listTree(files, join(path, name)))]
}
