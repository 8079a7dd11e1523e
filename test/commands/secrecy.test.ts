import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tokenFileName } from '../../src/aws/cache-file-name.ts'
import type { Operation } from '../../src/sandbox/operation.ts'
import { deployRole, openRoles, startUrl, type World } from '../sso/login/world.ts'

/** What has more to it in the executable: commands that start one, open a page, or are a switch. */
const inCore: ReadonlySet<string> = new Set(['dev-profile', 'exec', 'login'])

/** Every command that talks to a service or handles keys, and all that can go wrong with it. */
const commands: readonly (readonly string[])[] = [
  ['dev-profile', '--dry-run'],
  ['dev-profile', '--export', '--dry-run'],
  ['exec', '--export', 'deploy', '--', 'true'],
  ['exec', 'dev-profile', '--', 'true'],
  ['env', 'dev-profile', '--shell', 'bash'],
  ['list'],
  ['list', '--json'],
  ['status'],
  ['status', '--json'],
  ['whoami', 'deploy'],
  ['whoami', 'dev-profile', '--json'],
  ['credentials-file', 'deploy', '--as', 'copied'],
  [
    'configure',
    '--session',
    'devto-article',
    '--account',
    '123456789012',
    '--role-name',
    'ReadOnly',
    '--profile',
    'new',
    '--yes',
  ],
  ['sync', '--yes'],
  ['plugin', 'list'],
  ['settings', 'list'],
  ['login'],
  ['logout', '--all'],
]

/** Commands that are for handing out keys: these are on stdout, and nowhere else. */
const handingOut: readonly (readonly string[])[] = [
  ['env', 'deploy', '--export', '--format', 'json'],
  ['env', 'mfa', '--mfa-code', '123456', '--shell', 'bash', '--refresh'],
  ['credential-process', 'deploy'],
  ['credential-process', 'dev-profile'],
]

const operations: readonly Operation[] = [
  'GetRoleCredentials',
  'AssumeRole',
  'GetCallerIdentity',
  'CreateToken',
]

async function expectSilence(
  world: World,
  words: readonly string[],
  { handsOut = false, inCore = true } = {},
): Promise<void> {
  const verbose = [...words.slice(0, 1), '--verbose', ...words.slice(1)]
  const { stdout, stderr } = await (inCore ? world.assume(verbose) : world.call(verbose))
  world.expectNoSecret(handsOut ? stderr : stdout + stderr, { showsUserCode: words[0] === 'login' })
  expect(stderr).not.toContain('bug in assume')
}

it('no command says a secret, however much it is to say', async () => {
  const world = await openRoles()
  for (const words of commands) await expectSilence(world, words, { inCore: inCore.has(words[0] as string) })
  expect(world.sandbox.secrets().length).toBeGreaterThan(10)
})

it('what hands out keys says them on stdout only', async () => {
  const world = await openRoles()
  for (const words of handingOut) await expectSilence(world, words, { handsOut: true })
})

it.each(operations)('no failure of %s quotes a secret', async (operation) => {
  for (const failure of ['malformed', 'wrong-type', 'truncated', 'drop', 500] as const) {
    const world = await openRoles()
    world.sandbox.fail(operation, failure)
    if (failure === 'malformed') await expectSilence(world, ['exec', '-e', 'deploy', '--', 'true'])
    else
      await expectSilence(world, ['env', 'deploy', '-e', '--shell', 'bash'], {
        handsOut: true,
        inCore: false,
      })
    for (const words of [['whoami', 'deploy'], ['login']])
      await expectSilence(world, words, { inCore: false })
  }
})

it('neither does a cache that cannot be written or read', async () => {
  const world = await openRoles()
  mkdirSync(join(world.home.path, '.aws/cli'), { recursive: true })
  world.home.write('.aws/cli/cache', 'a file in the place of the folder')
  await expectSilence(world, ['exec', '-e', 'deploy', '--', 'true'])
})

it('a logout takes the keys of the roles on its session with it, and no others', async () => {
  const world = await openRoles()
  const roles = join(world.home.path, '.cache/assume/roles')
  const shared = join(world.home.path, '.aws/cli/cache')
  const others = [`${'0'.repeat(40)}-${tokenFileName({ name: 'other', startUrl })}`, `${'1'.repeat(40)}.json`]
  for (const name of others) world.home.write(`.cache/assume/roles/${name}`, '{}')
  world.home.write('.aws/cli/cache/other.json', '{}')
  await world.assume(['exec', '--role', deployRole, 'test-profile', '--', 'true'])
  await world.assume(['exec', '-e', 'deploy', '--', 'true'])
  expect(readdirSync(roles).length).toBeGreaterThan(others.length)
  expect(readdirSync(shared).length).toBeGreaterThan(1)
  await world.assume(['logout'])
  expect(readdirSync(roles)).toEqual(others)
  expect(readdirSync(shared)).toEqual(['other.json'])
})
