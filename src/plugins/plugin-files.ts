import { isAbsolute, join } from 'node:path'
import type { Files } from '../context.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import { type CacheWorld, checkCacheFolder, readCacheFile } from '../system/files/cache-file.ts'
import type { Paths } from '../system/paths.ts'

/** The folders that a plugin is told of: the home folder, and where the files of its plans are written. */
export function findPluginFolders({ home, pluginFiles }: Paths, plugin: string) {
  return { home, own: join(pluginFiles, plugin) }
}

/**
 * Writes the files of a plan, texts by names, to the folder of its plugin. They are read-only: a tool that wants to
 * keep something in one of them fails, where it would lose that at the next switch. Throws AssumeError
 * `unwritable-file`, and `unsafe-file` where others could put other files in their places.
 */
export function writePluginFiles(
  world: CacheWorld,
  folder: string,
  texts: Readonly<Record<string, string>> = {},
): void {
  for (const [name, text] of Object.entries(texts)) {
    checkCacheFolder(world, folder)
    const path = join(folder, name)
    if (readCacheFile(world, path)?.text === text) continue
    writeAtomically(world.files, path, new TextEncoder().encode(text), { mode: 0o400, isCache: true })
  }
}

/** The first of some paths that is not the absolute path of a file that can be seen. */
export function findMissingFile(files: Files, paths: readonly string[] = []): string | undefined {
  return paths.find((path) => !isAbsolute(path) || !isFile(files, path))
}

function isFile(files: Files, path: string): boolean {
  try {
    return files.stat(path)?.isDirectory === false
  } catch {
    return false
  }
}
