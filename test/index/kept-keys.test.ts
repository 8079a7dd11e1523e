import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noteKeptKeys, readKeptKeys } from '../../src/index/kept-keys.ts'
import { findFreshIndex, locateNotes, openIndex } from '../../src/index/profile-index.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { simulateCaselessFiles } from '../support/caseless-files.ts'
import { createContext } from '../support/context.ts'
import { createHome } from '../support/home.ts'
import { updateIndex } from '../support/profile-index.ts'

const names = [
  'prod',
  'Prod',
  'PROD',
  'my profile',
  'é',
  'e\u0301',
  `${'x'.repeat(120)}a`,
  `${'x'.repeat(120)}b`,
]

describe('on a case-insensitive file system, simulated at the port', () => {
  it('each profile gets its own kept keys', async () => {
    const home = createHome()
    home.writeAws(names.map((name) => `[profile "${name}"]\nregion = eu-west-1\n`).join(''))
    const context = createContext(home, { files: simulateCaselessFiles(home.path) })
    const paths = locatePaths(context.env, 'linux')
    await updateIndex(context)
    const opened = openIndex(context, paths)
    const index = findFreshIndex(context, paths, opened)
    if (!index) throw new Error('the index is stale')
    for (const [number, name] of names.entries()) {
      expect(readKeptKeys(context, paths, index, name)).toBeUndefined()
      const expiry = new Date(Date.now() + 3600_000).toISOString()
      const keys = {
        AccessKeyId: `ASIA${number}`,
        SecretAccessKey: 'x',
        SessionToken: 'x',
        Expiration: expiry,
      }
      const entry = home.write(`.aws/cli/cache/${number}.json`, JSON.stringify({ Credentials: keys }))
      noteKeptKeys(context, paths, index, { name, path: entry, isForCore: false })
    }
    const found = names.map((name) => readKeptKeys(context, paths, index, name)?.accessKeyId)
    expect(found).toEqual(names.map((_, number) => `ASIA${number}`))
    expect(context.files.list(locateNotes(paths))).toContain('of-prod')
    expect(context.files.stat(join(locateNotes(paths), 'of-prod'))?.mode).toBe(0o600)
  })
})
