import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { firstProfile } from './world.mjs'

const recorder = join(import.meta.dirname, '../../test/support/record-modules.cjs')

/** How many files a switch loads, and how many modules of Node beyond those that it starts with. */
export function countModules(world) {
  const record = join(world.home, 'modules')
  const env = { NODE_OPTIONS: `--require "${recorder}"`, MODULES: record }
  // The profile index is fresh then.
  world.run(world.program, ['list'])
  world.run(world.program, ['env', firstProfile, '--shell', 'bash'], env)
  const { files, nodeModules } = JSON.parse(readFileSync(record, 'utf8'))
  return { files: files.length, nodeModules: nodeModules.length }
}
