import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { startCore } from '../support/core-process.ts'
import { createHome, type Home } from '../support/home.ts'
import { takeSnapshot } from '../support/snapshot.ts'

const session = `[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
`
const workers = [0, 1, 2, 3]
const rounds = Array.from({ length: 8 }, (_, round) => round)
const minutes = 60_000

let home: Home
beforeEach(() => {
  home = createHome()
  home.writeAws(session, '[keys]\naws_access_key_id = AKIAONE\naws_secret_access_key = fake\n')
})

const read = (name: string) => readFileSync(join(home.path, name), 'utf8')
const run = (...words: string[]) => startCore(home, words)
/** Runs what four workers do one after the other, at once. */
const race = (work: (worker: number, round: number) => Promise<void>) =>
  Promise.all(
    workers.map(async (worker) => {
      for (const round of rounds) await work(worker, round)
    }),
  )
const answers = [
  '--session',
  'corp',
  '--account',
  '111111111111',
  '--role-name',
  'Dev',
  '--region',
  'eu-west-1',
  '--output',
  'json',
]
const configure = (profile: string, file = '.aws/config') =>
  startCore(home, ['configure', '--yes', ...answers, '--profile', profile], {
    env: { AWS_CONFIG_FILE: join(home.path, file) },
  })
const sectionOf = (profile: string) =>
  `[profile ${profile}]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Dev\nregion = eu-west-1\noutput = json\n`
const expectNoLocks = () => expect(takeSnapshot(join(home.path, '.local/state/assume/locks'))).toEqual({})

describe('four processes at once', () => {
  it('configure: every profile is there, by whichever name the file was edited', {
    timeout: 5 * minutes,
  }, async () => {
    symlinkSync(join(home.path, '.aws/config'), join(home.path, 'link'))
    const made: string[] = []
    await race(async (worker, round) => {
      const profile = `w${worker}-r${round}`
      const { status, stderr } = await configure(profile, worker % 2 === 0 ? '.aws/config' : 'link')
      expect([status, stderr]).toEqual([0, ''])
      made.push(profile)
    })
    expect(made).toHaveLength(workers.length * rounds.length)
    const config = read('.aws/config')
    for (const profile of made) expect(config).toContain(sectionOf(profile))
    expect(config.match(/^\[/gm)).toHaveLength(made.length + 1)
    expectNoLocks()
  })

  it('settings set and plugin enable: none undoes what the other has done', {
    timeout: 5 * minutes,
  }, async () => {
    const values: readonly (readonly [name: string, values: readonly string[]])[] = [
      ['assume_region', ['on', 'off']],
      ['assume_browser', ['one %s', 'two %s']],
    ]
    await race(async (worker, round) => {
      const setting = values[worker]
      if (setting) {
        const [name, choices] = setting
        const value = choices[round % 2] as string
        expect(await run('settings', 'set', name, value)).toMatchObject({ status: 0, stderr: '' })
        expect(read('.config/assume/config')).toContain(`${name} = ${value}\n`)
      } else {
        const name = worker === 2 ? 'vars' : 'terraform'
        const verb = round % 2 === 0 ? 'enable' : 'disable'
        expect(await run('plugin', verb, name)).toMatchObject({ status: 0, stderr: '' })
        const enabled = new RegExp(`\\[plugin ${name}\\]\\nenabled = ${verb === 'enable' ? 'yes' : 'no'}\\n`)
        expect(read('.config/assume/config')).toMatch(enabled)
      }
    })
    expectNoLocks()
  })

  it('credentials-file: every section is there', { timeout: 5 * minutes }, async () => {
    await race(async (worker, round) => {
      if (round >= 5) return
      expect(await run('credentials-file', 'keys', '--as', `copy-${worker}-${round}`)).toMatchObject({
        status: 0,
      })
    })
    expect(read('.aws/credentials').match(/^\[copy-\d-\d\]\nassume_copy_of = keys\n/gm)).toHaveLength(20)
    expectNoLocks()
  })

  it('setup: the block is there once', { timeout: 5 * minutes }, async () => {
    home.write('.bashrc', 'mine\n')
    const all = workers.map(() => run('setup', '--yes', '--shell', 'bash'))
    for (const { status } of await Promise.all(all)) expect(status).toBe(0)
    expect(read('.bashrc')).toMatch(/^mine\n# >>> assume >>>\n.*\n# <<< assume <<<\n$/)
    expectNoLocks()
  })
})

describe('a profile of the same name', () => {
  it('that four processes make at once is there once', async () => {
    const all = await Promise.all(workers.map(() => configure('same')))
    expect(all.map(({ status }) => status)).toEqual([0, 0, 0, 0])
    expect(read('.aws/config')).toBe(`${session}\n${sectionOf('same')}`)
  })
})
