import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loginFileName, ssoRoleFileName } from '../../src/aws/cache-file-name.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { makeIndex } from '../support/profile-index.ts'

/** What a call of the core has done; files are named as below the home. */
interface Work {
  readonly reads: Readonly<Record<string, number>>
  readonly replaced: Readonly<Record<string, number>>
  /** As JSON. */
  readonly parses: Readonly<Record<string, number>>
  /** Of each function. */
  readonly calls: Readonly<Record<string, number>>
}

const config = '.aws/config'
const credentials = '.aws/credentials'
const settings = '.config/assume/config'
const index = '.cache/assume/index'
const startUrl = 'https://corp.awsapps.com/start'
const role = { session: { name: 'corp', startUrl }, accountId: '123456789012', roleName: 'Dev' }
const keptRole = `.aws/cli/cache/${ssoRoleFileName(role)}`

const awsConfig = `[profile dev]
sso_session = corp
sso_account_id = ${role.accountId}
sso_role_name = ${role.roleName}
region = eu-west-1
[profile prod]
sso_session = corp
sso_account_id = ${role.accountId}
sso_role_name = Admin
[sso-session corp]
sso_start_url = ${startUrl}
sso_region = eu-west-1
`
const awsCredentials = '[keys]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = fake\n'

const keys = { accessKeyId: 'ASIAKEPT', secretAccessKey: 'fake', sessionToken: 'fake' }
const inAnHour = () => new Date(Date.now() + 3600_000).toISOString().replace(/\.\d+Z$/, 'Z')

/** A home with a valid session, keys that are kept, and an index that is stale. */
async function start(settingsText = 'assume_login = auto\n'): Promise<Home> {
  const home = createHome()
  home.writeAws('[profile old]\nregion = eu-west-1\n', awsCredentials)
  home.write(settings, settingsText)
  home.logIn('corp')
  const { accessKeyId, secretAccessKey, sessionToken } = keys
  const kept = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken }
  const Credentials = { ...kept, Expiration: inAnHour() }
  home.write(keptRole, JSON.stringify({ ProviderType: 'sso', Credentials }))
  await makeIndex(home)
  home.write(config, awsConfig)
  return home
}

/** Calls the core and returns what it has done for that. */
function record(home: Home, line: string): Work {
  const path = join(home.path, 'work')
  const recorder = join(repository, 'test/support/record-work.cjs')
  const env = { NODE_OPTIONS: `--require "${recorder}"`, WORK: path }
  expect(runCore(home, line.split(' '), { env })).toMatchObject({ status: 0, stderr: '' })
  return JSON.parse(readFileSync(path, 'utf8')) as Work
}

const pick = (counts: Readonly<Record<string, number>>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, counts[name] ?? 0]))
const once = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 1]))

const listTokens = ({ reads }: Work) =>
  Object.keys(reads).filter((name) => name.startsWith('.aws/sso/cache/'))

/** Holds the work of a switch with a stale index to what it takes. */
function expectOnce(work: Work): void {
  expect(listTokens(work).length).toBeLessThanOrEqual(1)
  const read = Object.entries(work.reads).filter(([, count]) => count > 1)
  expect(Object.fromEntries(read), 'read more than once').toEqual({})
  const files = [config, credentials, settings, index]
  expect(pick(work.reads, files)).toEqual(once(files))
  const parsed = Object.entries(work.parses).filter(([, count]) => count > 1)
  expect(Object.fromEntries(parsed), 'parsed more than once').toEqual({})
  const parsers = ['parseIndexHeader', 'readSettingsFile', 'parsePluginSections', 'removeSwitch']
  expect(pick(work.calls, parsers)).toEqual(once(parsers))
  // Config and credentials.
  expect(work.calls).toMatchObject({ parseDocument: 2, mergeDocuments: 1 })
  expect(pick(work.replaced, [index])).toEqual(once([index]))
}

const lines = [
  ['in profile mode', 'env dev --shell bash'],
  ['with keys that are kept', 'env dev --export --shell bash'],
  ['of credential-process', 'credential-process dev'],
] as const

const vars = (names: string) =>
  `[plugin vars]\nenabled = yes\nhooks = env\nplan = profile\nsecret = no\nprofiles = ${names}\nEDITOR = vim\n`
const protect = (names: string) =>
  `[plugin protect]\nenabled = yes\nhooks = guard\nprofiles = ${names}\nask = never\n`

describe('a switch with a stale index reads each file once, and parses it once', () => {
  it.each(lines)('%s', async (_how, line) => {
    const home = await start()
    const work = record(home, line)
    expectOnce(work)
    expect(pick(work.reads, [keptRole])).toEqual({ [keptRole]: line.startsWith('env dev --shell') ? 0 : 1 })
    expect(listTokens(work)).toHaveLength(1)
  })

  describe.each([
    ['a plugin that plans', vars('*')],
    ['a plugin that plans for others', vars('prod')],
    ['a guard', protect('*')],
    ['a guard of others', protect('prod')],
    ['both', vars('*') + protect('*')],
  ])('with %s', (_what, text) => {
    it.each(lines)('%s', async (_how, line) => expectOnce(record(await start(text), line)))
  })

  it('with a session of aws login', async () => {
    const home = await start()
    const session = 'arn:aws:sts::123456789012:assumed-role/Dev/me'
    home.write(config, `[profile dev]\nlogin_session = ${session}\nregion = eu-west-1\n`)
    const token = `.aws/login/cache/${loginFileName(session)}`
    const accessToken = { ...keys, accountId: '123456789012', expiresAt: inAnHour() }
    const parts = { clientId: 'arn:aws:signin:::devtools/same-device', refreshToken: 'r', dpopKey: 'k' }
    home.write(token, JSON.stringify({ accessToken, ...parts }))
    const work = record(home, 'env dev --shell bash')
    expectOnce(work)
    expect([work.reads[token], work.parses[token]]).toEqual([1, 1])
  })

  it('and leaves an index that the next one takes', async () => {
    for (const text of ['', vars('*'), protect('prod')]) {
      const home = await start(text)
      record(home, 'env dev --shell bash')
      const work = record(home, 'env dev --shell bash')
      expect(pick(work.reads, [index, config, settings])).toEqual({ [index]: 1, [config]: 0, [settings]: 0 })
      expect(work.replaced).toEqual({})
    }
  })
})
