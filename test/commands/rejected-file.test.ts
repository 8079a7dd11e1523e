import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { World } from '../interop/world.ts'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome } from '../support/home.ts'

const rejection = 'the AWS CLI and boto3 reject the whole config file: line'
const count = (text: string, part: string) => text.split(part).length - 1

describe('a config file that the AWS CLI rejects', () => {
  it('is told of once by every command that reads it, those that write into it too', async () => {
    const world = await World.open()
    const config = join(world.home.path, '.aws/config')
    const text = readFileSync(config, 'utf8')
    world.home.writeAws(`${text}\n[profile odd]\nregion = x\nregion = y\n`)
    const line = text.split('\n').length + 3
    const env = { AWS_PROFILE: 'dev-profile' }
    const configure = ['--session', 'devto-article', '--account', '123456789011', '--role-name', 'FullAccess']
    for (const words of [
      ['login', '--device-code'],
      ['list'],
      ['status'],
      ['whoami', 'dev-profile'],
      ['env', 'dev-profile', '--shell', 'bash'],
      ['exec', 'dev-profile', 'true'],
      ['credentials-file', '--as', 'copy'],
      ['credentials-file', '--as', 'copy', '--remove'],
      ['configure', ...configure, '--region', 'eu-west-1', '--output', 'json', '--profile', 'new', '--yes'],
      ['sync', '--dry-run'],
      ['sync', '--yes'],
      ['sync', '--yes'],
      ['logout'],
    ]) {
      const { status, stderr } = await world.assume(words, env)
      const isOfCredentials = words.includes('--remove')
      expect([words.join(' '), status, stderr]).toEqual([words.join(' '), 0, expect.anything()])
      expect(
        count(stderr, `warning: ${rejection} ${line}, the key region twice`),
        `${words}: ${stderr}`,
      ).toBe(isOfCredentials ? 0 : 1)
    }
    expect(readFileSync(config, 'utf8')).toMatch(/\[profile new\][\s\S]*assume_synced/)
    world.home.write('.aws/credentials', '[a]\nx = 1\nx = 2\n')
    const { stderr } = await world.assume(['credentials-file', '--as', 'copy', '--remove'])
    expect(stderr).toContain('reject the whole credentials file: line 3, the key x twice in a section')
  })

  it.each([
    ['a section twice', '[profile a]\n[profile a]\n', 2],
    ['a key twice', '[profile a]\nregion = x\nregion = x\n', 3],
    ['a byte order mark', '\ufeff[profile a]\n', 1],
    ['a line without =', '[profile a]\nregion\n', 2],
    ['a key above all headers', 'region = x\n[profile a]\n', 1],
    ['no key', '[profile a]\n= x\n', 2],
    ['no end of a header', '[profile a]\n[profile b\n', 2],
    ['no UTF-8', Buffer.from('[profile a]\n# \xff\n', 'latin1'), 2],
  ])('is told of in one line: %s', async (_title, text, line) => {
    const home = createHome()
    home.write('.aws/config', text)
    for (const words of [['env', 'a', '--shell', 'bash'], ['list'], ['status']]) {
      const { stderr } = await callCommand(home, words, { env: { AWS_PROFILE: 'a' } })
      expect(count(stderr, `${rejection} ${line}, `), words.join(' ')).toBe(1)
      expect(stderr, words.join(' ')).not.toContain(`config:${line}:`)
    }
  })

  it('has its further lines counted', () => {
    const home = createHome()
    home.writeAws('[profile a]\nx = 1\nx = 2\ny = 1\ny = 2\nnonsense\n')
    const { stderr } = runCore(home, ['list'])
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'assume: warning: ~/.aws/config: 2 lines are not understood; assume doctor config',
      expect.stringContaining(`${rejection} 3, the key x twice`),
    ])
  })
})

describe('a section that the AWS CLI does not find', () => {
  it('is not written into by configure, and a session is told of', async () => {
    const world = await World.open({}, callCommand)
    const config = join(world.home.path, '.aws/config')
    const padded = readFileSync(config, 'utf8').replace(
      '[sso-session devto-article]',
      '[ sso-session devto-article ]',
    )
    world.home.writeAws(`[ profile spaced ]\nregion = eu-west-1\n\n${padded}`)
    const before = readFileSync(config, 'utf8')
    const configure = (profile: string) =>
      world.assume([
        ...[
          'configure',
          '--session',
          'devto-article',
          '--account',
          '123456789011',
          '--role-name',
          'FullAccess',
        ],
        ...['--region', 'eu-west-1', '--output', 'json', '--yes', '--profile', profile],
      ])
    const refused = await configure('spaced')
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining('write [profile spaced] without blanks inside the brackets'),
    ])
    expect(readFileSync(config, 'utf8')).toBe(before)
    const told =
      'warning: the AWS CLI and boto3 do not find sso-session devto-article: write [sso-session devto-article]'
    expect(await configure('plain')).toMatchObject({ status: 0, stderr: expect.stringContaining(told) })
    await world.logIn()
    expect(await world.assume(['sync', '--yes'])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(told),
    })
  })
})
