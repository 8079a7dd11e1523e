import { chmodSync, chownSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { createHome, type Home } from '../support/home.ts'
import { isRoot, otherUser } from '../support/other-user.ts'

const keys = 'aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = fake\n'
const config = `[profile dev]
${keys}region = eu-west-1
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Dev
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[profile export]
${keys}assume_mode = export
`

let home: Home
const at = (name: string) => join(home.path, name)
beforeEach(() => {
  home = createHome()
  home.writeAws(config)
})

/** What --verbose says of the slow way, in short. */
async function say(words: readonly string[], env: Record<string, string> = {}): Promise<string[]> {
  const { stderr } = await callCommand(home, [...words, '--verbose'], { env })
  const heads = /^assume: (shells leave this switch to the core|the files have to be read): (.*)$/gm
  return [...stderr.matchAll(heads)].map(([, , reason = '']) => reason)
}

const switchTo = (name: string, ...more: string[]) => ['env', name, '--shell', 'bash', ...more]

async function warm(): Promise<void> {
  expect((await callCommand(home, ['list'])).status).toBe(0)
}

const age = (name: string, seconds: number) => {
  const time = Date.now() / 1000 - seconds
  utimesSync(at(name), time, time)
}

const generation = () => {
  const cache = at('.cache/assume')
  return join(cache, readdirSync(cache).find((name) => name.startsWith('index-')) as string)
}

describe('why a switch was slow', () => {
  it.each<[string, () => unknown]>([
    ['there is no profile index yet', () => rmSync(at('.cache'), { recursive: true })],
    ['~/.aws/config is newer than the profile index', () => age('.aws/config', 30)],
    ['~/.aws/config has changed since the profile index was built', () => age('.aws/config', 3000)],
    [
      '~/.aws/config has changed since the profile index was built',
      () => chmodSync(at('.aws/config'), 0o640),
    ],
    [
      '~/.aws/credentials was not there when the profile index was built',
      () => home.write('.aws/credentials', ''),
    ],
    [
      '~/.config/assume/config has gone since the profile index was built',
      () => rmSync(at('.config/assume/config')),
    ],
    [
      'the profile index is of another version, or damaged',
      () =>
        home.write(
          '.cache/assume/index',
          readFileSync(at('.cache/assume/index'), 'utf8').replace(/ \d+/, ' 4'),
        ),
    ],
    [
      'a part of the profile index is gone, or was never written',
      () => rmSync(generation(), { recursive: true }),
    ],
  ])('%s', async (reason, change) => {
    home.write('.config/assume/config', 'assume_login = auto\n')
    await warm()
    change()
    expect(await say(switchTo('dev'))).toEqual([reason])
    expect(await say(switchTo('dev'))).toEqual([])
  })

  it.skipIf(!isRoot)('an index of another user', async () => {
    await warm()
    chownSync(at('.cache/assume/index'), otherUser, otherUser)
    expect(await say(switchTo('dev'))).toEqual([
      expect.stringMatching(`^~/.cache/assume/index belongs to another user \\(${otherUser}\\)`),
    ])
    expect(await say(switchTo('dev'))).toEqual([])
  })

  it('an index of another environment, or of what no index can be made of', async () => {
    await warm()
    const other = home.write('other', config)
    expect(await say(switchTo('dev'), { AWS_CONFIG_FILE: other })).toEqual([
      'the profile index was built with another AWS_CONFIG_FILE',
    ])
    utimesSync(other, 1, 1)
    await callCommand(home, ['list'], { env: { AWS_CONFIG_FILE: other } })
    expect(await say(switchTo('dev'), { AWS_CONFIG_FILE: other })).toEqual([
      '~/other has modification time 1, which a shell cannot tell from a changed file',
    ])
  })

  it('several sources that have changed', async () => {
    home.write('.config/assume/config', 'assume_login = auto\n')
    await warm()
    age('.aws/config', 30)
    age('.config/assume/config', 30)
    expect(await say(switchTo('dev'))).toEqual([
      '~/.aws/config is newer than the profile index',
      '~/.config/assume/config is newer than the profile index',
    ])
  })

  it('options, which no row is of', async () => {
    await warm()
    const reason = 'the profile index has no rows for switches with options'
    expect(await say(switchTo('dev', '--export'))).toEqual([reason])
    expect(await say(switchTo('dev', '--region', 'us-east-1'))).toEqual([reason])
  })

  it('plugins that take part, and temporary keys', async () => {
    home.write(
      '.config/assume/config',
      '[plugin protect]\nenabled = yes\nhooks = guard\nask = never\nprofiles = dev\n' +
        '[plugin vars]\nenabled = yes\nhooks = env\nA = 1\nprofiles = dev\n',
    )
    await warm()
    expect(await say(switchTo('dev'))).toEqual([
      'plugin protect guards dev',
      'plugin vars takes part in every switch to dev',
    ])
    expect(await say(switchTo('export'))).toEqual(['export is switched to with temporary keys'])
  })

  it('a session that is over, or about to be', async () => {
    await warm()
    const session = 'the session corp'
    expect(await say(switchTo('sso'))).toEqual([`there is no login to ${session}`])
    home.logIn('corp', Date.now() - 1000)
    expect(await say(switchTo('sso'))).toEqual([`${session} has expired`])
    home.logIn('corp', Date.now() + 630_000)
    expect(await say(switchTo('sso'))).toEqual([expect.stringMatching(`^${session} has only 10m`)])
    home.logIn('corp')
    age(`.aws/sso/cache/${readdirSync(at('.aws/sso/cache'))[0]}`, -60)
    expect(await say(switchTo('sso'))).toEqual([
      `${session} has changed since the profile index has looked at it`,
    ])
  })

  it('for credential-process, while the keys are looked for in the files', async () => {
    await warm()
    age('.aws/config', 30)
    expect(await say(['credential-process', 'dev'])).toEqual([
      '~/.aws/config is newer than the profile index',
    ])
    expect(await say(['credential-process', 'dev'])).toEqual([])
  })
})

describe('a switch by the index', () => {
  it('says whether shells could do it, too', async () => {
    await warm()
    const ofShells = async () => {
      const { stderr } = await callCommand(home, [...switchTo('dev'), '--verbose'])
      return stderr.split('\n').filter((line) => line.includes('shells'))
    }
    expect(await ofShells()).toEqual([
      'assume: shells switch by the profile index where nothing else needs the core',
    ])
    rmSync(join(generation(), '0-older'))
    expect(await ofShells()).toEqual([
      'assume: shells leave this switch to the core: a part of the profile index is gone, or was never written',
      'assume: shells switch by the profile index where nothing else needs the core',
    ])
    // As where a disk keeps no exact times.
    writeFileSync(join(generation(), 'unguarded'), '')
    utimesSync(join(generation(), '0-older'), 2_000_000_000, 2_000_000_000)
    expect(await ofShells()).toEqual([
      expect.stringMatching(
        /^assume: shells leave every switch to the core: ~\/\.cache\/assume is on a disk/,
      ),
    ])
  })

  it('names --yes, which shells do not take', async () => {
    await warm()
    expect(await say(switchTo('dev', '--yes'))).toEqual(['it was asked for with --yes'])
  })

  it('is silent without --verbose', async () => {
    await warm()
    age('.aws/config', 30)
    expect(await callCommand(home, switchTo('dev'))).toMatchObject({ status: 0, stderr: '' })
  })
})
