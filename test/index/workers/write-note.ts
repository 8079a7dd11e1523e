/**
 * Brings the profile index of HOME up to date, and notes that the keys of `dev` are in a file of the AWS CLI: `KILL-AT FILE`,
 * the number of the change of the disk at which it is killed.
 */
import { join } from 'node:path'
import type { Context } from '../../../src/context.ts'
import { noteKeptKeys } from '../../../src/index/kept-keys.ts'
import { findFreshIndex, openIndex } from '../../../src/index/profile-index.ts'
import { locatePaths } from '../../../src/system/paths.ts'
import { updateIndex } from '../../support/profile-index.ts'
import { countChanges } from './killed-files.ts'

const [, , killAt, file = ''] = process.argv
const { files, count } = countChanges(Number(killAt))
const env = { HOME: process.env['HOME'] }
const world = { env, platform: process.platform, now: Date.now, trace: () => {}, files }
const context = world as unknown as Context
const paths = locatePaths(env, process.platform)
await updateIndex(context)
const index = findFreshIndex(context, paths, openIndex(context, paths))
if (index)
  noteKeptKeys(context, paths, index, { name: 'dev', path: join(paths.cliCache, file), isForCore: false })
process.stdout.write(`${count()} changes\n`)
