import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { PluginWorld } from './world.ts'

const keys = "accessKeyId: 'ASIAPLUGIN', secretAccessKey: 'made-up', sessionToken: 'made-up-too'"

/** A plugin that knows a profile which is in no file, and has keys for it. */
async function openWorld(): Promise<PluginWorld> {
  const world = new PluginWorld()
  world.module(
    'portal',
    `profiles: () => ({ profiles: [
       { name: 'from-portal', keys: { region: 'eu-north-1' } },
       { name: 'dev', keys: { region: 'mars-north-1' } },
       { name: 'broken', keys: { region: 'eu north 1' } },
     ] }),
     credentials: ({ profile }) => (profile.name === 'from-portal' ? { ${keys} } : undefined)`,
  )
  await world.enable('portal')
  return world
}

it('a profile of a plugin is listed, completed and exported, and takes no name from the files', async () => {
  const { home } = await openWorld()
  const { stdout } = runCore(home, ['list'])
  expect(stdout).toMatch(/^from-portal +.*eu-north-1/m)
  expect(stdout).not.toContain('mars-north-1')
  const switched = runCore(home, ['env', 'from-portal', '--format', 'json'])
  expect(switched).toMatchObject({ status: 0, stderr: '' })
  expect(JSON.parse(switched.stdout).set).toMatchObject({
    AWS_ACCESS_KEY_ID: 'ASIAPLUGIN',
    AWS_SESSION_TOKEN: 'made-up-too',
    AWS_REGION: 'eu-north-1',
    ASSUME_PROFILE: 'from-portal',
  })
  expect(readFileSync(join(home.path, '.cache/assume/index'), 'utf8')).toMatch(/^from-portal\t/m)
  expect(await callCommand(home, ['env', 'broken', '--format', 'json'])).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'assume: region of profile broken, which a plugin knows, is no region: eu north 1\n  a region is written like us-east-1\n',
  })
})

it('the keys of a plugin are those of credential-process and exec, and nothing keeps them', async () => {
  const world = await openWorld()
  const { home } = world
  const provided = runCore(home, ['credential-process', 'from-portal'])
  expect(JSON.parse(provided.stdout)).toMatchObject({ Version: 1, AccessKeyId: 'ASIAPLUGIN' })
  const { stdout } = runCore(home, ['exec', 'from-portal', '--', 'printenv', 'AWS_ACCESS_KEY_ID'])
  expect(stdout).toBe('ASIAPLUGIN\n')
  const { stdout: kept } = world.run('grep', '-rl', 'made-up', home.path)
  expect(kept.trim().split('\n')).toEqual([join(world.folder, 'portal.ts')])
})

it('a plugin that is not enabled, or not any more as it was, has no part in it', async () => {
  const world = await openWorld()
  world.module('portal', `credentials: () => ({ ${keys.replace('PLUGIN', 'CHANGED')} })`)
  const words = ['env', 'from-portal', '--format', 'json']
  expect(await callCommand(world.home, words)).toMatchObject({ stdout: '' })
  await world.assume('disable', 'portal')
  const { status, stderr } = await callCommand(world.home, words)
  expect([status, stderr]).toEqual([2, expect.stringContaining('there is no profile from-portal')])
})
