import { existsSync, lutimesSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { ssoRoleFileName } from '../../src/aws/cache-file-name.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { killAtEachChange } from '../support/kill.ts'
import { baseEnvironment } from '../support/shell.ts'

const startUrl = 'https://corp.awsapps.com/start'
const session = `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n`
const names = ['dev', 'Dev', 'DEV']
const config = `${session}${names
  .map(
    (name, number) =>
      `[profile ${name}]\nsso_session = corp\nsso_account_id = 11111111111${number}\nsso_role_name = Dev\n`,
  )
  .join('')}`

let home: Home
let env: Record<string, string>
beforeEach(() => {
  home = createHome()
  env = baseEnvironment(home)
  home.writeAws(config)
})

const read = (name: string) => readFileSync(join(home.path, name), 'utf8')
/** Kills a command so often, again and again at each change that it makes in the home. Returns those changes. */
function killOften(
  kills: number,
  words: (run: number) => readonly string[],
  check: (run: number) => void,
): readonly string[] {
  expect(runCore(home, words(-1)).status).toBe(0)
  const program = join(repository, 'bin/assume')
  const killedAt = killAtEachChange(kills, { program, words, env, folder: home.path, check })
  expect(killedAt).toHaveLength(kills)
  return killedAt
}

/** What writers leave in the folders, once it is as old as what is cleared away. */
function listLeftovers(): string[] {
  const found = readdirSync(home.path, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.assume-[0-9a-f]+\.tmp$/.test(name) || /\/locks\/[^/]+$/.test(name),
  )
  for (const name of found) lutimesSync(join(home.path, name), 1_000_000_000, 1_000_000_000)
  return found
}
const expectNothingLeft = () => expect(listLeftovers()).toEqual([])

describe('kills at each change that a command makes leave nothing wrong', () => {
  it('with the AWS config file and its lock', { timeout: 300_000 }, () => {
    const answers = [
      '--account',
      '111111111111',
      '--role-name',
      'Dev',
      '--region',
      'eu-west-1',
      '--output',
      'json',
    ]
    const words = (name: string) => ['configure', '--yes', '--session', 'corp', ...answers, '--profile', name]
    const section =
      /^\[profile k-?\d+\]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Dev\nregion = eu-west-1\noutput = json\n$/
    const killedAt = killOften(
      // As many changes as such a run makes; those in the index are the same in the next test.
      40,
      (count) => words(`k${count}`),
      () => {
        const text = read('.aws/config')
        expect(text.startsWith(config)).toBe(true)
        for (const each of text.slice(config.length).split('\n\n')) {
          if (each.trim() !== '') expect(`${each.trim()}\n`).toMatch(section)
        }
      },
    )
    expect(killedAt).toEqual(
      expect.arrayContaining(['renameSync .aws/config', 'renameSync .cache/assume/index']),
    )
    listLeftovers()
    expect(runCore(home, words('last'))).toMatchObject({ status: 0, stderr: '' })
    expect(read('.aws/config')).toContain('[profile last]')
    expect(read('.aws/config.assume-backup')).toBe(config)
    // Whether the last one had an index to write depends on where the one before it was killed.
    expect(runCore(home, ['list']).status).toBe(0)
    expectNothingLeft()
  })

  it('with the settings and their lock', { timeout: 300_000 }, () => {
    home.write('.config/assume/config', '# mine\n')
    const words = (value: number | string) => ['settings', 'set', 'assume_browser', `v${value} %s`]
    const killedAt = killOften(10, words, () =>
      expect(read('.config/assume/config')).toMatch(/^# mine\nassume_browser = \S+ %s\n$/),
    )
    expect(killedAt).toContain('renameSync .config/assume/config')
    listLeftovers()
    expect(runCore(home, words('last'))).toMatchObject({ status: 0, stderr: '' })
    expect(read('.config/assume/config')).toBe('# mine\nassume_browser = vlast %s\n')
    expectNothingLeft()
  })

  it('with the note of kept keys', { timeout: 300_000 }, () => {
    for (const [number, name] of names.entries()) {
      const expiry = new Date(Date.now() + 3600_000).toISOString().replace(/\.\d+Z$/, 'Z')
      const keys = { AccessKeyId: `ASIA${name}`, SecretAccessKey: 'x', SessionToken: 'x', Expiration: expiry }
      const role = { accountId: `11111111111${number}`, roleName: 'Dev' }
      const entry = ssoRoleFileName({ session: { name: 'corp', startUrl }, ...role })
      home.write(`.aws/cli/cache/${entry}`, JSON.stringify({ ProviderType: 'sso', Credentials: keys }))
    }
    expect(runCore(home, ['list']).status).toBe(0)
    const nameOf = (count: number) => names[(count + names.length) % names.length] as string
    const notes = () => {
      const cache = join(home.path, '.cache/assume')
      return readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /^keys\/of-/.test(name),
      )
    }
    const killedAt = killOften(
      12,
      (count) => ['credential-process', nameOf(count)],
      (count) => {
        const { status, stdout } = runCore(home, ['credential-process', nameOf(count)])
        expect([status, JSON.parse(stdout).AccessKeyId]).toEqual([0, `ASIA${nameOf(count)}`])
        for (const name of notes()) rmSync(join(home.path, '.cache/assume', name))
      },
    )
    expect(killedAt).toContainEqual(expect.stringMatching(/^renameSync .*\/keys\/of-/))
    listLeftovers()
    expect(runCore(home, ['credential-process', 'dev']).status).toBe(0)
    expectNothingLeft()
    expect(existsSync(join(home.path, '.cache/assume', notes()[0] as string))).toBe(true)
  })
})
