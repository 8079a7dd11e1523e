/** Brings the profile index of HOME up to date: `KILL-AT`, the number of the change of the disk at which it is killed. */
import type { Context } from '../../../src/context.ts'
import { updateIndex } from '../../support/profile-index.ts'
import { countChanges } from './killed-files.ts'

const { files, count } = countChanges(Number(process.argv[2]))
const world = {
  env: { HOME: process.env['HOME'] },
  platform: process.platform,
  now: Date.now,
  trace: () => {},
}
await updateIndex({ ...world, files } as unknown as Context)
process.stdout.write(`${count()} changes\n`)
