import { beforeEach, describe, expect, it } from 'vitest'
import { failure, PluginWorld } from './world.ts'

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld(`[profile dev]
region = eu-west-1
assume_vars =
  DATABASE_URL = postgres://dev  ; the small one
  http_proxy =
[profile prod-eu]
sso_account_id = 111122223333
assume_vars_team = red
`)
})

describe('vars', () => {
  beforeEach(async () => {
    await world.enable('vars', 'EDITOR = vim\nTEAM = none')
    world.settings(`${world.settingsText}[plugin vars prod-*]\nTF_LOG = "a;b"\nTEAM = blue\n`)
  })

  it('sets what the settings and the profile say, and removes what is empty', async () => {
    const { set, unset } = await world.consult('dev')
    expect(Object.fromEntries(set)).toEqual({ EDITOR: 'vim', TEAM: 'none', DATABASE_URL: 'postgres://dev' })
    expect(unset).toEqual(['http_proxy'])
    expect(Object.fromEntries((await world.consult('prod-eu')).set)).toEqual({
      EDITOR: 'vim',
      TEAM: 'blue',
      TF_LOG: 'a;b',
      team: 'red',
    })
  })

  it('keeps the values secret unless the user says otherwise', async () => {
    expect([...(await world.consult('dev')).secret]).toEqual(['EDITOR', 'TEAM', 'DATABASE_URL'])
    world.settings(world.settingsText.replace('EDITOR', 'secret = no\nEDITOR'))
    expect((await world.consult('dev')).secret.size).toBe(0)
  })

  it('cannot set what no plugin may', async () => {
    world.settings(world.settingsText.replace('EDITOR = vim', 'AWS_SECRET_ACCESS_KEY = x'))
    expect((await world.consult('dev')).warnings).toEqual([
      "warning: plugin vars, env: AWS_SECRET_ACCESS_KEY is assume's own to set; this goes on without it",
    ])
  })
})

describe('protect', () => {
  beforeEach(async () => {
    await world.enable('protect', 'profiles = prod-*')
  })

  it('has the name typed, and colours the prompt', async () => {
    const { style, set } = await world.consult('prod-eu', { answers: ['prod-eu'] })
    expect([style, set]).toEqual(['protected', []])
    expect(world.screen).toBe(
      'protect: prod-eu (account 111122223333) is protected; type its name to go on: ',
    )
  })

  it('lets nobody in who types something else', async () => {
    const logIn = async () => {
      throw new Error('too early')
    }
    for (const answer of ['prod', 'PROD-EU', 'yes']) {
      expect(await failure(world.consult('prod-eu', { answers: [answer], logIn }))).toBe(
        'switch-refused: plugin protect: that is not what had to be typed; nothing was changed',
      )
    }
    expect(await failure(world.consult('prod-eu', { answers: [] }))).toBe('cancelled: cancelled')
  })

  it('lets nobody in without a terminal, with --yes neither', async () => {
    for (const saysYes of [false, true])
      expect(await failure(world.consult('prod-eu', { saysYes }))).toMatch(
        /^confirmation-needed: plugin protect: prod-eu .*there is no terminal to ask on$/,
      )
  })

  it('takes --yes where the settings allow it', async () => {
    world.settings(world.settingsText.replace('profiles', 'yes = on\nprofiles'))
    expect((await world.consult('prod-eu', { saysYes: true })).style).toBe('protected')
    expect(await failure(world.consult('prod-eu'))).toContain('confirmation-needed')
  })

  it('asks for a yes, or nothing, where the settings say so', async () => {
    world.settings(world.settingsText.replace('profiles', 'ask = yes\nprofiles'))
    expect((await world.consult('prod-eu', { answers: ['y'] })).style).toBe('protected')
    expect(await failure(world.consult('prod-eu', { answers: ['n'] }))).toBe('cancelled: nothing was changed')
    world.settings(world.settingsText.replace('ask = yes', 'ask = never'))
    expect((await world.consult('prod-eu')).style).toBe('protected')
    world.settings(world.settingsText.replace('ask = never', 'ask = sometimes'))
    expect(await failure(world.consult('prod-eu', { answers: ['y'] }))).toContain(
      'the option "ask" is name, yes or never',
    )
  })

  it('leaves other profiles alone', async () => {
    expect((await world.consult('dev')).style).toBeUndefined()
  })

  it('is required though nobody said so, and says in a dry run what it would ask', async () => {
    world.settings(world.settingsText.replace('profiles', 'aks = name\nprofiles'))
    expect(await failure(world.consult('prod-eu', { answers: ['prod-eu'] }))).toBe(
      'plugin-failed: plugin protect, guard: there is no option "aks"; there are: ask, yes',
    )
    world.settings(world.settingsText.replace('aks', 'ask'))
    const { warnings, style } = await world.consult('prod-eu', { isDryRun: true })
    expect([warnings, style]).toEqual([
      [expect.stringContaining('plugin protect would ask: prod-eu')],
      'protected',
    ])
  })

  it('needs no more than its line in the settings', async () => {
    world.settings('[plugin protect]\nenabled = yes\n')
    expect(await failure(world.consult('dev'))).toContain('confirmation-needed')
  })
})
