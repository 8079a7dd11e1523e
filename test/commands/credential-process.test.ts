import {
  chmodSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ssoRoleFileName } from '../../src/aws/cache-file-name.ts'
import { callCommand, type RunCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home } from '../support/home.ts'

const startUrl = 'https://corp.awsapps.com/start'
const session = `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n`
const profile = (accountId: string) =>
  `[profile dev]\nsso_session = corp\nsso_account_id = ${accountId}\nsso_role_name = Dev\n`

/** Writes credentials as the AWS CLI keeps them for the role in an account; their key is `key`. */
function keepRole(home: Home, accountId: string, key: string, minutes = 60): string {
  const time = new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const keys = { AccessKeyId: key, SecretAccessKey: 'fake', SessionToken: 'fake', Expiration: time }
  const name = ssoRoleFileName({ session: { name: 'corp', startUrl }, accountId, roleName: 'Dev' })
  return home.write(`.aws/cli/cache/${name}`, JSON.stringify({ ProviderType: 'sso', Credentials: keys }))
}

async function start(): Promise<Home> {
  const home = createHome()
  home.writeAws(session + profile('111111111111'))
  keepRole(home, '111111111111', 'ASIAONE')
  expect((await callCommand(home, ['list'])).status).toBe(0)
  return home
}

/** The access key that is handed out, or the exit status, and whether the config file was read for it. */
async function provide(home: Home, name = 'dev', run: RunCommand = callCommand) {
  const { status, stdout, stderr } = await run(home, ['credential-process', name, '--verbose'])
  const key = status === 0 ? (JSON.parse(stdout) as { AccessKeyId: string }).AccessKeyId : status
  return { key, readsConfig: /^assume: (\d+ profiles|what concerns .*) in /m.test(stderr) }
}

/** The note that says where the credentials of the profile `dev` are kept. */
function noteOf(home: Home): string {
  return join(home.path, '.cache/assume/keys/of-dev')
}

describe('from the role cache', () => {
  it('reads the config file the first time only', async () => {
    const home = await start()
    expect(await provide(home, 'dev', runCore)).toEqual({ key: 'ASIAONE', readsConfig: true })
    expect(await provide(home, 'dev', runCore)).toEqual({ key: 'ASIAONE', readsConfig: false })
    keepRole(home, '111111111111', 'ASIATWO')
    expect(await provide(home, 'dev', runCore)).toEqual({ key: 'ASIATWO', readsConfig: false })
  })

  it('follows a profile that has changed', async () => {
    const home = await start()
    await provide(home)
    keepRole(home, '222222222222', 'ASIANEW')
    home.write('.aws/config', session + profile('222222222222'))
    expect(await provide(home)).toEqual({ key: 'ASIANEW', readsConfig: true })
    await provide(home)
    expect(await provide(home)).toEqual({ key: 'ASIANEW', readsConfig: false })
  })

  it.each([
    [
      'a link to another file of the same time',
      (home: Home, text: string) => {
        home.store('store/new', text)
        rmSync(join(home.path, '.aws/config'))
        symlinkSync('../store/new', join(home.path, '.aws/config'))
      },
    ],
    [
      'another file of the same time and size',
      (home: Home, text: string) => {
        home.store('new', text)
        renameSync(join(home.path, 'new'), realpathSync(join(home.path, '.aws/config')))
      },
    ],
  ])('hands out no keys of before when the config file is %s', async (_name, change) => {
    const home = await start()
    keepRole(home, '222222222222', 'ASIANEW')
    home.store('store/old', session + profile('111111111111'))
    rmSync(join(home.path, '.aws/config'))
    symlinkSync('../store/old', join(home.path, '.aws/config'))
    expect([(await provide(home)).key, (await provide(home)).key, await provide(home)]).toEqual([
      'ASIAONE',
      'ASIAONE',
      { key: 'ASIAONE', readsConfig: false },
    ])
    change(home, session + profile('222222222222'))
    expect(await provide(home)).toEqual({ key: 'ASIANEW', readsConfig: true })
  })

  it('notes nothing where the time of the config file says nothing and there is no link', async () => {
    const home = await start()
    utimesSync(join(home.path, '.aws/config'), 1, 1)
    for (let time = 0; time < 3; time += 1) expect(await provide(home)).toMatchObject({ readsConfig: true })
  })

  it.each([
    ['for less than 15 minutes', (home: Home) => void keepRole(home, '111111111111', 'ASIAONE', 14)],
    ['no longer', (home: Home) => rmSync(keepRole(home, '111111111111', 'x'))],
  ])('asks for a login when the credentials are good %s', async (_name, change) => {
    const home = await start()
    await provide(home)
    change(home)
    expect(await provide(home)).toEqual({ key: 3, readsConfig: true })
  })

  it('does not mix up names', async () => {
    const home = createHome()
    const other = profile('222222222222').replace('dev', 'my-dev')
    home.writeAws(session + profile('111111111111') + other)
    keepRole(home, '111111111111', 'ASIAONE')
    keepRole(home, '222222222222', 'ASIATWO')
    await callCommand(home, ['list'])
    expect([(await provide(home, 'my-dev')).key, (await provide(home)).key]).toEqual(['ASIATWO', 'ASIAONE'])
    expect([await provide(home, 'my-dev'), await provide(home)]).toEqual([
      { key: 'ASIATWO', readsConfig: false },
      { key: 'ASIAONE', readsConfig: false },
    ])
    expect((await provide(home, 'ev')).key).toBe(2)
  })

  it.each([
    ['empty', ''],
    ['of nonsense', '\u0000\nx\n'],
    ['of a file that is not there', '/nowhere/x.json'],
    ['of another profile', 'other\n/nowhere/x.json'],
    ['cut off', 'dev\n/nowh'],
  ])('makes a note anew that is %s', async (_name, text) => {
    const home = await start()
    await provide(home)
    writeFileSync(noteOf(home), text)
    expect(await provide(home)).toEqual({ key: 'ASIAONE', readsConfig: true })
    expect(await provide(home)).toEqual({ key: 'ASIAONE', readsConfig: false })
  })

  it('does not take the note of a profile for that of another, whatever the file is called', async () => {
    const home = createHome()
    const other = profile('222222222222').replace('dev', 'other')
    home.writeAws(session + profile('111111111111') + other)
    keepRole(home, '111111111111', 'ASIAONE')
    keepRole(home, '222222222222', 'ASIATWO')
    await callCommand(home, ['list'])
    await provide(home, 'other')
    writeFileSync(noteOf(home), readFileSync(noteOf(home).replace('of-dev', 'of-other')))
    expect([(await provide(home)).key, (await provide(home, 'other')).key]).toEqual(['ASIAONE', 'ASIATWO'])
  })

  it('notes no keys of files or of the surroundings', async () => {
    const home = createHome()
    home.writeAws('[profile dev]\naws_access_key_id = AKIAONE\naws_secret_access_key = fake\n')
    await callCommand(home, ['list'])
    expect([await provide(home), await provide(home)]).toEqual([
      { key: 'AKIAONE', readsConfig: true },
      { key: 'AKIAONE', readsConfig: true },
    ])
  })

  it('asks a plugin that may have credentials each time', async () => {
    const home = await start()
    const plugin = home.write(
      '.config/assume/plugins/assume-plugin-gives',
      `#!/bin/sh
case $(cat) in
  *'"hook":"describe"'*) echo '{"name":"gives","apiVersion":1,"hooks":["credentials"]}' ;;
  *) [ ! -e "$HOME/gives" ] || echo '{"accessKeyId":"ASIAPLUGIN","secretAccessKey":"fake"}' ;;
esac
`,
    )
    chmodSync(plugin, 0o700)
    expect(await callCommand(home, ['plugin', 'enable', 'gives', '--yes'])).toMatchObject({ status: 0 })
    home.write('.config/assume/config', readFileSync(join(home.path, '.config/assume/config')))
    expect([(await provide(home)).key, (await provide(home)).key]).toEqual(['ASIAONE', 'ASIAONE'])
    home.write('gives', '')
    expect((await provide(home)).key).toBe('ASIAPLUGIN')
  })
})
