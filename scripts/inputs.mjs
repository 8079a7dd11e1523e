import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const files = ['package.json', 'package-lock.json', 'scripts/build.mjs']

/**
 * Returns a digest of the names and bytes of all that a build of the checkout at `root` depends on, times left out. Hidden
 * files below src are an editor's.
 * @param {string} root
 * @returns {string}
 */
export function digestInputs(root) {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const path of [...files.map((name) => join(root, name)), ...sources.sort()]) {
    const bytes = createHash('sha256').update(readFileSync(path)).digest('hex')
    hash.update(`${bytes} ${path.slice(root.length)}\0`)
  }
  return hash.digest('hex')
}
