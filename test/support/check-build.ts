import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** Most tests run what is built. Throws where a source is newer than that. */
export default function checkBuild(): void {
  const builtAt = timeOf('dist/plugin-schema.json')
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => join('src', name))
    .concat('scripts/build.mjs', 'package-lock.json')
  const newer = sources.find((path) => /\.\w+$/.test(path) && timeOf(path) > builtAt)
  if (builtAt === 0) throw new Error('there is no dist: npm run build')
  if (newer !== undefined) throw new Error(`dist is older than ${newer}: npm run build`)
}

function timeOf(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
