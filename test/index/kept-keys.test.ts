import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ssoRoleFileName } from '../../src/aws/cache-file-name.ts'
import { noteKeptKeys, readKeptKeys } from '../../src/index/kept-keys.ts'
import { findFreshIndex, locateNotes, openIndex } from '../../src/index/profile-index.ts'
import { describeProfile } from '../../src/profiles/profile.ts'
import { loadProfiles } from '../../src/profiles/profiles.ts'
import { obtainCredentials } from '../../src/switch/kept-credentials.ts'
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

describe('keys of another config file than the index is of', () => {
  const startUrl = 'https://corp.awsapps.com/start'
  const configOf = (accountId: string) =>
    `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n[profile dev]\nsso_session = corp\nsso_account_id = ${accountId}\nsso_role_name = Dev\n`

  it.each([
    ['are noted for the same', '111111111111', true],
    ['are not noted, and no note is gone by', '222222222222', false],
  ])('%s', async (_what, accountId, isNoted) => {
    const home = createHome()
    home.writeAws(configOf('111111111111'))
    const context = createContext(home)
    const paths = locatePaths(context.env, 'linux')
    await updateIndex(context)
    const index = findFreshIndex(context, paths, openIndex(context, paths))
    for (const each of ['111111111111', '222222222222']) {
      const keys = {
        AccessKeyId: `ASIA${each}`,
        SecretAccessKey: 'x',
        SessionToken: 'x',
        Expiration: new Date(Date.now() + 3600_000).toISOString(),
      }
      const name = ssoRoleFileName({ session: { name: 'corp', startUrl }, accountId: each, roleName: 'Dev' })
      home.write(`.aws/cli/cache/${name}`, JSON.stringify({ Credentials: keys }))
    }
    // A link can be moved there and back, and the index is as fresh as before.
    if (!isNoted) home.writeAws(configOf(accountId))
    const profiles = loadProfiles(context, paths)
    const profile = describeProfile(profiles.config, 'dev')
    if (!profile) throw new Error('no profile')
    const request = { profile, refresh: false, mayLogIn: false, mayAsk: false }
    const { accessKeyId } = await obtainCredentials(context, profiles, index, request)
    expect(accessKeyId).toBe(`ASIA${accountId}`)
    expect(context.files.stat(join(locateNotes(paths), 'of-dev')) !== undefined).toBe(isNoted)
  })
})
