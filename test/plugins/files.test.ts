import { chmodSync, lstatSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { planAhead } from '../../src/plugins/ahead.ts'
import { describeProfiles, loadProfiles } from '../../src/profiles/profiles.ts'
import { failure, PluginWorld } from './world.ts'

const own = '.cache/assume/plugins/tool'

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld()
})

/** A plugin whose plan is this code; it can use `folders`. */
async function enable(plan: string, lines = ''): Promise<void> {
  world.module('tool', `env: { dependsOn: 'profile', plan: ({ folders }) => (${plan}) }`)
  await world.enable('tool', lines)
}

const plan = `{ set: { TOOL: folders.own + '/rc' }, files: { rc: 'text\\n' } }`

describe('the files of a plan', () => {
  it('are written to the folder of the plugin, for the user alone', async () => {
    await enable(plan)
    expect((await world.consult()).set).toEqual([['TOOL', world.at(`${own}/rc`)]])
    expect(world.read(`${own}/rc`)).toBe('text\n')
    expect(statSync(world.at(`${own}/rc`)).mode & 0o777).toBe(0o400)
  })

  it('can be those of a program', async () => {
    world.program('tool', `cat > /dev/null; echo '{"set":{"TOOL":"1"},"files":{"rc":"from a program"}}'`)
    await world.enable('tool')
    await world.consult()
    expect(world.read(`${own}/rc`)).toBe('from a program')
  })

  it('are not written in a dry run, nor for a plan that is refused', async () => {
    await enable(plan)
    expect((await world.consult('dev', { isDryRun: true })).set).toHaveLength(1)
    await enable(plan.replace('TOOL', 'PATH'))
    expect((await world.consult()).warnings).toEqual([expect.stringContaining('PATH belongs to the shell')])
    expect(world.has(own)).toBe(false)
  })

  it.each(['../rc', '.rc', 'a/b', '', 'a\\nb', 'Prod', 'rc.', '_rc', 'é'])(
    'lie in that folder, not at "%s"',
    async (name) => {
      await enable(`{ files: { '${name}': 'x' } }`)
      expect((await world.consult()).warnings).toEqual([
        expect.stringContaining('plugin tool, env: its answer is not valid: files'),
      ])
    },
  )

  it('are all or nothing: a plugin whose file cannot be written takes no part', async () => {
    mkdirSync(world.at(`${own}/rc`), { recursive: true })
    await enable(plan)
    const { set, warnings } = await world.consult()
    expect([set, warnings]).toEqual([
      [],
      [expect.stringContaining(`plugin tool, env: cannot write ${world.at(own)}/rc`)],
    ])
    await enable(plan, 'required = yes')
    expect(await failure(world.consult())).toContain('plugin-failed: plugin tool, env: cannot')
  })

  it('take the place of a link, and are none where others could change them', async () => {
    await enable(plan)
    const elsewhere = world.home.write('elsewhere', 'text\n')
    mkdirSync(world.at(own), { recursive: true })
    symlinkSync(elsewhere, world.at(`${own}/rc`))
    expect((await world.consult()).set).toHaveLength(1)
    expect(lstatSync(world.at(`${own}/rc`)).isFile()).toBe(true)
    chmodSync(world.at('.cache'), 0o777)
    expect((await world.consult()).warnings).toEqual([
      `warning: plugin tool, env: ${world.at(own)} cannot be relied on: others can write to ${world.at('.cache')}; this goes on without it`,
    ])
  })

  it('lie in a folder that is closed to others, also where the cache is not', async () => {
    await enable(plan)
    mkdirSync(world.at('.cache'))
    chmodSync(world.at('.cache'), 0o755)
    await world.consult()
    expect(statSync(world.at(own)).mode & 0o777).toBe(0o700)
  })
})

describe('credentials', () => {
  it('are in no file', async () => {
    world.module(
      'tool',
      `needs: { credentials: true }, env: ({ credentials }) => ({ files: { rc: 'key ' + credentials?.secretAccessKey } })`,
    )
    await world.enable('tool')
    const credentials = async () => ({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret+key' })
    expect((await world.consult('dev', { credentials })).warnings).toEqual([
      'warning: plugin tool, env: the file rc would hold credentials; this goes on without it',
    ])
    expect(world.has(own)).toBe(false)
  })
})

describe('a plan that is taken ahead', () => {
  const ahead = async () => {
    const context = world.context()
    const profiles = loadProfiles(context)
    const { plans } = await planAhead(context, profiles, describeProfiles(profiles.config))
    return plans.get('dev')
  }

  it('writes no files: that is left to the switch', async () => {
    await enable(plan)
    expect(await ahead()).toBe('late')
    expect(world.has(own)).toBe(false)
  })

  it('leads to files that are there, or is left to the switch', async () => {
    await enable(`{ set: { TOOL: folders.home }, expects: [folders.home + '/rc'] }`)
    expect(await ahead()).toBe('late')
    expect((await world.consult()).warnings).toEqual([
      `warning: plugin tool, env: there is no file ${world.at('rc')}; this goes on without it`,
    ])
    world.home.write('rc', '')
    expect(await ahead()).toMatchObject({ set: [['TOOL', world.home.path]] })
    expect((await world.consult()).warnings).toEqual([])
  })

  it.each(['rc', '/', '/a\\0b', `/${'long'.repeat(100)}`, '/dev/null/rc'])('expects no %j', async (path) => {
    await enable(`{ expects: ['${path}'] }`)
    expect(await ahead()).toBe('late')
    expect((await world.consult()).warnings).toEqual([expect.stringContaining('env: there is no file')])
  })

  it.each([
    ['kube', 'config = ~/rc'],
    ['terraform', 'workspace = {profile}'],
  ])('is that of %s', async (name, lines) => {
    world.home.write('rc', '')
    await world.enable(name, lines)
    expect(await ahead()).toMatchObject({ set: [[expect.any(String), expect.any(String)]] })
    world.settings(
      `${world.settingsText}[plugin ${name} dev]\n${name === 'kube' ? 'context = x' : 'var_a = x'}\n`,
    )
    expect(await ahead()).toBe('late')
  })
})
