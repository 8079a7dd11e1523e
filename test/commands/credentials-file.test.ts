import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findAwsCli, type RunAssume, World } from '../interop/world.ts'
import { callCommand } from '../support/command.ts'
import { startCore } from '../support/core-process.ts'

const aws = findAwsCli()
const mine = '# mine\n[me]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n'

async function start(credentials?: string, run: RunAssume = callCommand) {
  const world = await World.open({}, run)
  if (credentials !== undefined) world.home.write('.aws/credentials', credentials)
  await world.logIn()
  const path = join(world.home.path, '.aws/credentials')
  return {
    world,
    path,
    read: () => readFileSync(path, 'utf8'),
    write: (words: readonly string[], env: Record<string, string> = {}) =>
      world.assume(['credentials-file', ...words], env),
  }
}

describe('assume credentials-file', () => {
  it('writes keys that work, 0600, and takes them out again', async () => {
    const { world, path, read, write } = await start(mine, startCore)
    chmodSync(path, 0o644)
    expect(await write(['dev-profile', '--as', 'copy'])).toEqual({
      status: 0,
      stdout: '',
      stderr: 'assume: ~/.aws/credentials has the keys of dev-profile as copy, 59m left\n',
    })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(read().startsWith(`${mine}\n[copy]\nassume_copy_of = dev-profile\nassume_expires_at = `)).toBe(
      true,
    )
    expect(world.list('')).toEqual(['cli', 'config', 'credentials', 'sso'])
    const { stdout } = await world.assume(['list', 'copy', '--json'])
    expect(JSON.parse(stdout)).toMatchObject([{ name: 'copy', kind: 'static', region: 'eu-west-1' }])
    const status = await world.assume(['status'], { AWS_PROFILE: 'copy' })
    expect(status.stdout).toContain('keys     profile copy: 59m left\n')
    expect(await write(['--as', 'copy', '--remove'])).toEqual({
      status: 0,
      stdout: '',
      stderr: 'assume: ~/.aws/credentials has no copy any more\n',
    })
    expect(read()).toBe(mine)
  })

  it.skipIf(!aws)('is read by the AWS CLI', async () => {
    const { world, write } = await start()
    await write(['dev-profile', '--as', 'copy'])
    world.takeRequests()
    const { stdout } = await world.run(aws ?? '', ['sts', 'get-caller-identity', '--profile', 'copy'])
    expect(stdout).toContain('assumed-role/AWSReservedSSO_FullAccess_')
    expect(world.takeRequests()).toEqual(['GetCallerIdentity'])
  })

  it('takes the active profile, and brings its section up to date', async () => {
    const { read, write } = await start()
    const env = { AWS_PROFILE: 'dev-profile' }
    expect(await write(['--as', 'copy'], env)).toMatchObject({ status: 0 })
    const first = read()
    expect(await write(['--as', 'copy', '--refresh', '-r', 'us-west-2'], env)).toMatchObject({ status: 0 })
    expect(read()).not.toBe(first)
    expect(read()).toContain('region = us-west-2\n')
    expect(read().match(/^\[/gm)).toHaveLength(1)
  })

  it('writes the keys of a role on top', async () => {
    const { read, write } = await start()
    const role = 'arn:aws:iam::999988887777:role/Deploy'
    expect(await write(['dev-profile', '--role', role, '--duration', '15m', '--as', 'deploy'])).toMatchObject(
      {
        status: 0,
        stderr: expect.stringMatching(/^assume: .* has the keys of dev-profile as deploy, 1[0-4]m left\n$/),
      },
    )
    expect(read()).toContain('[deploy]\n')
  })

  it('keeps every section of several that are written at once', async () => {
    const { read, write } = await start(mine, startCore)
    const names = ['one', 'two', 'three', 'four']
    const results = await Promise.all(names.map((name) => write(['dev-profile', '--as', name])))
    // On a slow machine the last of them are told before that they wait.
    const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)
    expect(results.map(({ status, stderr }) => [status, lastLine(stderr)])).toEqual(
      names.map((name) => [
        0,
        expect.stringContaining(`assume: ~/.aws/credentials has the keys of dev-profile as ${name}, `),
      ]),
    )
    expect(
      read()
        .match(/^\[.*\]$/gm)
        ?.sort(),
    ).toEqual(['[four]', '[me]', '[one]', '[three]', '[two]'])
  })

  it.each([
    [['dev-profile'], 2, 'say --as NAME'],
    [['--as', 'copy'], 2, 'no profile is active, and none is named'],
    [['dev-profile', '--as', 'dev-profile'], 2, '--as needs another name than the profile'],
    [['dev-profile', '--as', 'me'], 1, 'profile me of the credentials file was not written by'],
    [['dev-profile', '--as', 'test-profile'], 1, 'profile test-profile has sso_session already'],
    [['dev-profile', '--as', 'two words'], 1, 'The credentials file cannot hold profile "two words"'],
    [['gone', '--as', 'copy'], 2, 'there is no profile gone'],
    [['dev-profile', '--as', 'me', '--remove'], 2, '--remove goes with --as NAME alone'],
    [['--as', 'me', '--remove'], 1, 'profile me of the credentials file was not written by'],
    [['--as', 'gone', '--remove'], 2, 'the credentials file has no profile gone'],
  ])('%j: exit %i, and nothing changes', async (words, status, message) => {
    const { read, write } = await start(mine)
    const result = await write(words)
    expect(result).toMatchObject({ status, stdout: '' })
    expect(result.stderr).toContain(message)
    expect(read()).toBe(mine)
  })

  it('needs a login, and writes nothing without one', async () => {
    const { world, read, write } = await start(mine)
    await world.assume(['logout'])
    expect(await write(['dev-profile', '--as', 'copy'])).toMatchObject({ status: 3, stdout: '' })
    expect(await write(['dev-profile', '--as', 'me'])).toMatchObject({ status: 1, stdout: '' })
    expect(read()).toBe(mine)
  })
})
