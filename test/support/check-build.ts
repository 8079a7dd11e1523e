import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { digestInputs } from '../../scripts/inputs.mjs'

/** Before the tests, most of which run what is built. */
export default function checkBuild(): void {
  requireBuild(join(import.meta.dirname, '../..'))
}

/** Throws where what is built in a checkout is not what its sources are now. */
export function requireBuild(root: string): void {
  const record = join(root, 'dist/inputs')
  if (!existsSync(record)) throw new Error('there is no whole dist: npm run build')
  if (readFileSync(record, 'utf8') !== digestInputs(root))
    throw new Error('dist was built from other sources: npm run build')
}
