import { appendFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Files } from '../../src/context.ts'
import { planAhead } from '../../src/plugins/ahead.ts'
import { describeProfiles, loadProfiles } from '../../src/profiles/profiles.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { updateIndex } from '../support/profile-index.ts'
import { PluginWorld } from './world.ts'

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld()
})

async function ahead() {
  const context = world.context()
  const profiles = loadProfiles(context)
  const { plans, sources } = await planAhead(context, profiles, describeProfiles(profiles.config))
  return { plans: Object.fromEntries(plans), sources }
}

async function aheadWith(files: Partial<Files>) {
  const context = world.context()
  const profiles = loadProfiles(context)
  const changed = { ...context, files: { ...context.files, ...files } }
  return planAhead(changed, profiles, describeProfiles(profiles.config))
}

/** The names that a row of the profile index switches to without the core. */
async function rows(): Promise<string[]> {
  await updateIndex(world.context())
  const { stdout } = world.run('sh', '-c', 'cat "$HOME"/.cache/assume/index-*/rows-*')
  return ['dev', 'prod-eu', 'base'].filter(
    (name) => stdout.includes(`--profile=${name}`) || stdout.includes(`\n${name}\u001f`),
  )
}

const plan = `env: { dependsOn: 'profile', plan: ({ profile, options }) => ({ set: { PLACE: profile.name + ' ' + profile.region + ' ' + options.x } }) }`

describe('plans that follow from the profile', () => {
  it('are those of a file as it was before it was read', async () => {
    const path = world.module('place', `options: { x: { describe: '', default: '0' } }, ${plan}`)
    await world.enable('place', 'profiles = dev')
    const before = nodeFiles.stat(path)?.inode
    const { sources } = await aheadWith({
      read(place) {
        const bytes = nodeFiles.read(place)
        if (place === path) {
          writeFileSync(`${path}.new`, bytes, { mode: 0o600 })
          renameSync(`${path}.new`, path)
        }
        return bytes
      },
    })
    expect(sources).toMatchObject([{ path, file: { inode: before } }])
    expect(nodeFiles.stat(path)?.inode).not.toBe(before)
  })

  it('are there before the switch, and are those of the switch', async () => {
    const path = world.module('place', `options: { x: { describe: '', default: '0' } }, ${plan}`)
    await world.enable('place', 'profiles = dev, base')
    world.settings(`${world.settingsText}[plugin place base]\nx = 1\n`)
    await world.enable('vars', 'secret = no\nEDITOR = vim\nNONE =')
    const { plans, sources } = await ahead()
    expect(plans).toMatchObject({
      dev: {
        set: [
          ['PLACE', 'dev eu-west-1 0'],
          ['EDITOR', 'vim'],
        ],
        unset: ['NONE'],
      },
      base: {
        set: [
          ['PLACE', 'base undefined 1'],
          ['EDITOR', 'vim'],
        ],
        unset: ['NONE'],
      },
      'prod-eu': { set: [['EDITOR', 'vim']], unset: ['NONE'] },
    })
    expect(sources.map((source) => source.path)).toEqual([path])
    for (const name of ['dev', 'base', 'prod-eu']) {
      const region = name === 'dev' ? 'eu-west-1' : undefined
      const { set, unset } = await world.consult(name, { region })
      expect(plans[name]).toMatchObject({ set, unset })
    }
  })

  it('are none of its business where no plugin takes part', async () => {
    expect(await ahead()).toEqual({ plans: {}, sources: [] })
    await world.enable('vars', 'profiles = dev\nsecret = no\nA = 1')
    expect(Object.keys((await ahead()).plans)).toEqual(['dev'])
  })

  it.each<[string, () => unknown]>([
    ['a value is secret', async () => await world.enable('vars', 'A = 1')],
    [
      'it guards too',
      async () => {
        world.module('a', `guard: () => undefined, ${plan}`)
        await world.enable('a')
      },
    ],
    [
      'it wants to be told',
      async () => {
        world.module('a', `prepared: () => undefined, ${plan}`)
        await world.enable('a')
      },
    ],
    [
      'another plugin is not so',
      async () => {
        await world.enable('vars', 'secret = no\nA = 1')
        world.module('a', `env: () => ({})`)
        await world.enable('a')
      },
    ],
    [
      'it fails',
      async () => {
        world.module('a', `env: { dependsOn: 'profile', plan: () => { throw new Error('x') } }`)
        await world.enable('a')
      },
    ],
    [
      'it asks',
      async () => {
        world.module(
          'a',
          `env: { dependsOn: 'profile', plan: async ({ terminal }) => ({ set: { A: await terminal.ask('A') } }) }`,
        )
        await world.enable('a')
      },
    ],
    [
      'it claims a key',
      async () => {
        world.module('a', `env: { dependsOn: 'profile', plan: () => ({ unset: ['AWS_ACCESS_KEY_ID'] }) }`)
        await world.enable('a')
      },
    ],
    [
      'two claim one variable',
      async () => {
        await world.enable('vars', 'secret = no\nPLACE = 1')
        world.module('a', plan)
        await world.enable('a')
      },
    ],
    [
      'it was edited',
      async () => {
        world.module('a', plan)
        await world.enable('a')
        appendFileSync(join(world.folder, 'a.ts'), '\n')
      },
    ],
    ['nobody has asked it yet', () => world.settings('[plugin vars]\nenabled = yes\nsecret = no\nA = 1\n')],
    ['it has gone', () => world.settings('[plugin gone]\nenabled = yes\nhooks = env\nplan = profile\n')],
  ])('are left to the switch when %s', async (_when, prepare) => {
    await prepare()
    expect((await ahead()).plans).toEqual({ dev: 'late', 'prod-eu': 'late', base: 'late' })
  })
})

describe('the profile index', () => {
  it('has no row for a profile that a plugin takes part in', async () => {
    expect(await rows()).toEqual(['dev', 'prod-eu', 'base'])
    await world.enable('protect', 'profiles = prod-*')
    expect(await rows()).toEqual(['dev', 'base'])
    world.settings(world.settingsText.replace('prod-*', 'dev'))
    expect(await rows()).toEqual(['prod-eu', 'base'])
    world.settings(world.settingsText.replace('enabled = yes', 'enabled = perhaps'))
    expect(await rows()).toEqual([])
    world.settings('')
    expect(await rows()).toEqual(['dev', 'prod-eu', 'base'])
  })
})
