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

function start(): Home {
  const home = createHome()
  home.writeAws(session + profile('111111111111'))
  keepRole(home, '111111111111', 'ASIAONE')
  expect(runCore(home, ['list']).status).toBe(0)
  return home
}

/** The access key that is handed out, or the exit status, and whether the config file was read for it. */
function provide(home: Home, name = 'dev') {
  const { status, stdout, stderr } = runCore(home, ['credential-process', name, '--verbose'])
  const key = status === 0 ? (JSON.parse(stdout) as { AccessKeyId: string }).AccessKeyId : status
  return { key, readsConfig: /^assume: (\d+ profiles|what concerns .*) in /m.test(stderr) }
}

/** The note that says where the credentials of the profile `dev` are kept. */
function noteOf(home: Home): string {
  return join(home.path, '.cache/assume/keys/of-dev')
}

describe('from the role cache', () => {
  it('reads the config file the first time only', () => {
    const home = start()
    expect(provide(home)).toEqual({ key: 'ASIAONE', readsConfig: true })
    expect(provide(home)).toEqual({ key: 'ASIAONE', readsConfig: false })
    keepRole(home, '111111111111', 'ASIATWO')
    expect(provide(home)).toEqual({ key: 'ASIATWO', readsConfig: false })
  })

  it('follows a profile that has changed', () => {
    const home = start()
    provide(home)
    keepRole(home, '222222222222', 'ASIANEW')
    home.write('.aws/config', session + profile('222222222222'))
    expect(provide(home)).toEqual({ key: 'ASIANEW', readsConfig: true })
    provide(home)
    expect(provide(home)).toEqual({ key: 'ASIANEW', readsConfig: false })
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
  ])('hands out no keys of before when the config file is %s', (_name, change) => {
    const home = start()
    keepRole(home, '222222222222', 'ASIANEW')
    home.store('store/old', session + profile('111111111111'))
    rmSync(join(home.path, '.aws/config'))
    symlinkSync('../store/old', join(home.path, '.aws/config'))
    expect([provide(home).key, provide(home).key, provide(home)]).toEqual([
      'ASIAONE',
      'ASIAONE',
      { key: 'ASIAONE', readsConfig: false },
    ])
    change(home, session + profile('222222222222'))
    expect(provide(home)).toEqual({ key: 'ASIANEW', readsConfig: true })
  })

  it('notes nothing where the time of the config file says nothing and there is no link', () => {
    const home = start()
    utimesSync(join(home.path, '.aws/config'), 1, 1)
    expect([1, 2, 3].map(() => provide(home).readsConfig)).toEqual([true, true, true])
  })

  it.each([
    ['for less than 15 minutes', (home: Home) => void keepRole(home, '111111111111', 'ASIAONE', 14)],
    ['no longer', (home: Home) => rmSync(keepRole(home, '111111111111', 'x'))],
  ])('asks for a login when the credentials are good %s', (_name, change) => {
    const home = start()
    provide(home)
    change(home)
    expect(provide(home)).toEqual({ key: 3, readsConfig: true })
  })

  it('does not mix up names', () => {
    const home = createHome()
    const other = profile('222222222222').replace('dev', 'my-dev')
    home.writeAws(session + profile('111111111111') + other)
    keepRole(home, '111111111111', 'ASIAONE')
    keepRole(home, '222222222222', 'ASIATWO')
    runCore(home, ['list'])
    expect([provide(home, 'my-dev').key, provide(home).key]).toEqual(['ASIATWO', 'ASIAONE'])
    expect([provide(home, 'my-dev'), provide(home)]).toEqual([
      { key: 'ASIATWO', readsConfig: false },
      { key: 'ASIAONE', readsConfig: false },
    ])
    expect(provide(home, 'ev').key).toBe(2)
  })

  it.each([
    ['empty', ''],
    ['of nonsense', '\u0000\nx\n'],
    ['of a file that is not there', '/nowhere/x.json'],
    ['of another profile', 'other\n/nowhere/x.json'],
    ['cut off', 'dev\n/nowh'],
  ])('makes a note anew that is %s', (_name, text) => {
    const home = start()
    provide(home)
    writeFileSync(noteOf(home), text)
    expect(provide(home)).toEqual({ key: 'ASIAONE', readsConfig: true })
    expect(provide(home)).toEqual({ key: 'ASIAONE', readsConfig: false })
  })

  it('does not take the note of a profile for that of another, whatever the file is called', () => {
    const home = createHome()
    const other = profile('222222222222').replace('dev', 'other')
    home.writeAws(session + profile('111111111111') + other)
    keepRole(home, '111111111111', 'ASIAONE')
    keepRole(home, '222222222222', 'ASIATWO')
    runCore(home, ['list'])
    provide(home, 'other')
    writeFileSync(noteOf(home), readFileSync(noteOf(home).replace('of-dev', 'of-other')))
    expect([provide(home).key, provide(home, 'other').key]).toEqual(['ASIAONE', 'ASIATWO'])
  })

  it('notes no keys of files or of the surroundings', () => {
    const home = createHome()
    home.writeAws('[profile dev]\naws_access_key_id = AKIAONE\naws_secret_access_key = fake\n')
    runCore(home, ['list'])
    expect([provide(home), provide(home)]).toEqual([
      { key: 'AKIAONE', readsConfig: true },
      { key: 'AKIAONE', readsConfig: true },
    ])
  })

  it('asks a plugin that may have credentials each time', () => {
    const home = start()
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
    expect(runCore(home, ['plugin', 'enable', 'gives', '--yes'])).toMatchObject({ status: 0 })
    home.write('.config/assume/config', readFileSync(join(home.path, '.config/assume/config')))
    expect([provide(home).key, provide(home).key]).toEqual(['ASIAONE', 'ASIAONE'])
    home.write('gives', '')
    expect(provide(home).key).toBe('ASIAPLUGIN')
  })
})
