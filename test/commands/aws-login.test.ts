import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loginFileName } from '../../src/aws/cache-file-name.ts'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home } from '../support/home.ts'

const arn = 'arn:aws:iam::111122223333:user/me'
const hour = 3600_000
const config = `[profile dev]
login_session = ${arn}
[profile chained]
role_arn = arn:aws:iam::111122223333:role/R
source_profile = dev
`

/** What `aws login` has left behind when its keys end in `left` milliseconds; undefined: nothing. */
function start(left?: number): Home {
  const home = createHome()
  home.writeAws(config)
  if (left !== undefined) {
    const keys = { accessKeyId: 'ASIA', secretAccessKey: 'secret', sessionToken: 'token' }
    const expiresAt = new Date(Date.now() + left).toISOString()
    const rest = { clientId: 'client', refreshToken: 'refresh', dpopKey: 'key' }
    home.write(
      `.aws/login/cache/${loginFileName(arn)}`,
      JSON.stringify({ accessToken: { ...keys, expiresAt }, ...rest }),
    )
  }
  return home
}

const logInWith = 'aws login --profile dev'
const none = `assume: warning: profile dev has no session of aws login; log in with: ${logInWith}\n`
const over = `assume: warning: profile dev has a session of aws login that is over; log in with: ${logInWith}\n`

describe('a session of aws login', () => {
  it.each([
    [0.2 * hour, 'valid', /^valid 1\dm$/, true],
    [-hour, 'refreshable', /^renews itself$/, true],
    [-12 * hour, 'expired', /^expired$/, false],
    [undefined, 'none', /^logged out$/, false],
  ])('whose keys end in %s milliseconds is %s, in list and status', async (left, state, label, renews) => {
    const home = start(left)
    const run = state === 'valid' ? runCore : callCommand
    const table = (await run(home, ['list'])).stdout.trim().split('\n').slice(1)
    for (const line of table) expect(line.split(/ {2,}/).at(-1)).toMatch(label)
    expect(table).toHaveLength(2)
    const listed = JSON.parse((await run(home, ['list', '--json'])).stdout)
    expect(listed.map((each: { session: string }) => each.session)).toEqual([state, state])
    expect(listed[0].sessionExpiresAt !== undefined).toBe(left !== undefined)
    for (const name of ['dev', 'chained']) {
      const env = { AWS_PROFILE: name }
      const [, shown = ''] =
        /^session {2}aws login of dev: (.*)$/m.exec((await run(home, ['status'], { env })).stdout) ?? []
      expect(shown.replace(', then renews itself', '')).toMatch(label)
      const report = JSON.parse((await run(home, ['status', '--json'], { env })).stdout)
      expect(report.session).toBe(state)
      expect(report.links[0]).toMatchObject({ kind: 'session', name: 'aws login of dev', renews })
    }
  })

  it.each([
    [0.2 * hour, ''],
    [-hour, ''],
    [-12 * hour, over],
    [undefined, none],
  ])(
    'whose keys end in %s milliseconds is switched to, with a warning where only aws login helps',
    async (left, warning) => {
      const home = start(left)
      for (const name of ['dev', 'dev', 'chained', 'chained']) {
        const { status, stdout, stderr } = await callCommand(home, ['env', name, '--shell', 'bash'])
        expect([status, stderr]).toEqual([0, warning])
        expect(stdout).toContain(`export AWS_PROFILE='${name}'\n`)
      }
    },
  )

  it('that is not there is exit 3 for keys', async () => {
    const { status, stdout, stderr } = await callCommand(start(), [
      'env',
      'dev',
      '--export',
      '--shell',
      'bash',
    ])
    expect([status, stdout, stderr]).toEqual([
      3,
      '',
      `assume: profile dev has no session of aws login\n  ${logInWith}\n`,
    ])
  })

  it('is started by aws login alone', async () => {
    const home = start()
    for (const words of [['dev'], ['--profile', 'dev'], ['chained']]) {
      expect(await callCommand(home, ['login', ...words])).toMatchObject({
        status: 1,
        stdout: '',
        stderr: `assume: profile ${words.at(-1)} has no SSO session, but one of aws login and aws logout\n  ${logInWith}\n`,
      })
    }
    const env = { AWS_PROFILE: 'dev' }
    expect(await callCommand(home, ['login'], { env })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(logInWith),
    })
  })

  it('is in the list of sessions of the index with the last moment at which it can be renewed', async () => {
    const home = start(0.2 * hour)
    const { stderr } = await callCommand(home, ['list', '--verbose'])
    expect(stderr).toContain('the profile index is built anew')
    const again = await callCommand(home, ['env', 'dev', '--shell', 'bash', '--verbose'])
    expect(again.stderr).toContain('profile dev: from the profile index')
    const path = join(home.path, '.aws/login/cache', loginFileName(arn))
    const expiresAt = Date.parse(JSON.parse(readFileSync(path, 'utf8')).accessToken.expiresAt)
    const cache = join(home.path, '.cache/assume')
    const generation = readdirSync(cache).find((name) => name.startsWith('index-')) ?? ''
    expect(readFileSync(join(cache, generation, 'sessions'), 'utf8')).toBe(
      `${path}\u001f${Math.floor((expiresAt + 11.75 * hour) / 1000)}\n`,
    )
  })
})
