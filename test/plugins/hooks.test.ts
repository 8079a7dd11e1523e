import { beforeEach, describe, expect, it } from 'vitest'
import { AssumeError } from '../../src/errors.ts'
import {
  askPluginsForCredentials,
  askPluginsForMfaCode,
  listPluginProfiles,
} from '../../src/plugins/consult.ts'
import { callHook } from '../../src/plugins/runner/runner.ts'
import { describeProfile, type Profile } from '../../src/profiles/profile.ts'
import { loadProfiles } from '../../src/profiles/profiles.ts'
import { failure, PluginWorld } from './world.ts'

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld()
})

function open(name = 'dev', answers?: readonly string[]) {
  const context = world.context(answers && { answers })
  const profiles = loadProfiles(context)
  return [context, profiles, describeProfile(profiles.config, name) as Profile] as const
}

const serial = 'arn:aws:iam::111122223333:mfa/me'

describe('a switch', () => {
  it('asks the guards, logs in, gathers the plans, required ones first, and tells that all is prepared', async () => {
    const order = `env: ({ profile }) => { tell('env'); return { set: { [NAME]: profile.region ?? '' }, unset: [NAME + '_OLD'] } },
      prepared: ({ set, unset }) => { tell('prepared ' + set + ' ' + unset) }`
    const head = (name: string) =>
      `const NAME = '${name.toUpperCase()}'\nconst tell = (what) => console.error(what)`
    world.module('first', order, head('first'))
    world.module('guard', `guard: () => { tell('guard'); return undefined }, ${order}`, head('guard'))
    await world.enable(['first', 'guard'])
    const { set, unset } = await world.consult('dev', {
      region: 'us-east-1',
      logIn: async () => {
        world.said.push('login')
      },
    })
    expect(set).toEqual([
      ['GUARD', 'us-east-1'],
      ['FIRST', 'us-east-1'],
    ])
    expect(unset).toEqual(['GUARD_OLD', 'FIRST_OLD'])
    const names = 'GUARD,FIRST GUARD_OLD,FIRST_OLD'
    expect(world.said.slice(-6)).toEqual([
      'guard: guard',
      'login',
      'guard: env',
      'first: env',
      `guard: prepared ${names}`,
      `first: prepared ${names}`,
    ])
  })

  it('tells nothing in a dry run', async () => {
    world.program(
      'note',
      `case $(cat) in *describe*) echo '{"name":"note","apiVersion":1,"hooks":["env","prepared"]}' ;; *prepared*) echo prepared >&2 ;; *) echo '{"set":{"A":"1"}}' ;; esac`,
    )
    await world.enable('note')
    expect((await world.consult('dev', { isDryRun: true })).set).toEqual([['A', '1']])
    expect(world.said).toEqual([])
    await world.consult()
    expect(world.said).toEqual(['note: prepared'])
  })

  it('is refused by a guard, before the login', async () => {
    world.program(
      'office',
      `case $(cat) in *describe*) echo '{"name":"office","apiVersion":1,"hooks":["guard"]}' ;; *) echo '{"decision":"deny","message":"only from the office"}' ;; esac`,
    )
    await world.enable('office')
    const logIn = async () => {
      throw new Error('too early')
    }
    for (const isDryRun of [false, true])
      expect(await failure(world.consult('dev', { logIn, isDryRun }))).toBe(
        'switch-refused: plugin office: only from the office; nothing was changed',
      )
  })

  it('does not pass by a guard that fails, unless the user wants that', async () => {
    world.program(
      'office',
      `case $(cat) in *describe*) echo '{"name":"office","apiVersion":1,"hooks":["guard"]}' ;; *) exit 5 ;; esac`,
    )
    await world.enable('office')
    expect(await failure(world.consult())).toBe('plugin-failed: plugin office, guard: it ended with status 5')
    world.settings(world.settingsText.replace('enabled', 'required = no\nenabled'))
    expect((await world.consult()).warnings).toEqual([
      expect.stringContaining('office, guard: it ended with status 5'),
    ])
  })

  it('goes on without a plugin that wants credentials which there are not', async () => {
    world.module('keys', `needs: { credentials: true }, env: () => ({ set: { A: '1' } })`)
    await world.enable('keys')
    const credentials = async () => {
      throw new AssumeError('login-needed', 'log in first')
    }
    expect((await world.consult('dev', { credentials })).warnings).toEqual([
      'warning: plugin keys wants the credentials of the profile: log in first; this goes on without it',
    ])
    expect((await world.consult('dev')).set).toEqual([['A', '1']])
  })
})

describe('an MFA code', () => {
  it('comes from the first plugin that has one for the device', async () => {
    world.module('none', 'mfa: () => undefined')
    world.module(
      'op',
      `mfa: ({ serial, profile }) => ({ code: serial.endsWith('/me') && profile.name === 'dev' ? '123456' : '' })`,
    )
    await world.enable(['none', 'op'])
    expect(await askPluginsForMfaCode(...open(), serial)).toBe('123456')
    expect(await askPluginsForMfaCode(...open('base'), serial)).toBeUndefined()
    expect(world.said).toEqual([expect.stringContaining('plugin op, mfa: its answer is not valid: code: ')])
  })

  it('can be asked for by the plugin', async () => {
    world.module(
      'ask',
      `mfa: async ({ terminal }) => ({ code: (await terminal.ask('Code')).padStart(6, '0') })`,
    )
    await world.enable('ask')
    expect(await askPluginsForMfaCode(...open('dev', ['42']), serial)).toBe('000042')
    expect(world.screen).toBe('ask: Code: ')
    expect(await askPluginsForMfaCode(...open(), serial)).toBeUndefined()
    expect(world.said).toEqual([
      expect.stringContaining('plugin ask, mfa: there is no terminal to ask for "Code" on'),
    ])
  })

  it('is not asked for again and again', async () => {
    const path = world.program(
      'ask',
      `case $(cat) in *describe*) echo '{"name":"ask","apiVersion":1,"hooks":["mfa"]}' ;; *) echo '{"ask":{"label":"Code"}}' ;; esac`,
    )
    const plugin = { name: 'ask', form: 'executable' as const, path }
    const call = callHook(world.context(), plugin, 'mfa', {}, { ask: async () => 'x' })
    expect(await failure(call)).toBe('plugin-failed: plugin ask, mfa: it does not stop asking')
  })
})

describe('credentials', () => {
  it('come from a plugin', async () => {
    world.module(
      'vault',
      `credentials: ({ profile }) => profile.name === 'dev' ? { accessKeyId: 'ASIA', secretAccessKey: 'secret', expiration: '2030-01-02T03:04:05Z' } : undefined`,
    )
    await world.enable('vault')
    expect(await askPluginsForCredentials(...open())).toEqual({
      accessKeyId: 'ASIA',
      secretAccessKey: 'secret',
      expiresAt: Date.parse('2030-01-02T03:04:05Z'),
    })
    expect(await askPluginsForCredentials(...open('base'))).toBeUndefined()
  })
})

describe('profiles', () => {
  it('come from plugins, the first of a name', async () => {
    const one = (region: string) =>
      `profiles: () => ({ profiles: [{ name: 'remote', keys: { region: '${region}' } }] })`
    world.module('a', one('eu-west-1'))
    world.module('b', one('us-east-1'))
    await world.enable(['a', 'b'])
    const [context, profiles] = open()
    expect(await listPluginProfiles(context, profiles)).toEqual([
      { name: 'remote', keys: { region: 'eu-west-1' } },
    ])
  })

  it.each(['aws_secret_access_key', 'credential_process', 'Region', 'x\\ny'])(
    'may not have the key %s',
    async (key) => {
      world.module('a', `profiles: () => ({ profiles: [{ name: 'remote', keys: { '${key}': 'x' } }] })`)
      await world.enable('a')
      const [context, profiles] = open()
      expect(await listPluginProfiles(context, profiles)).toEqual([])
      expect(world.said).toEqual([expect.stringContaining('plugin a, profiles: its answer is not valid: ')])
    },
  )
})

describe('a program of a plugin', () => {
  const module = (program: string, needs: string) =>
    world.module(
      'runs',
      `needs: { programs: [${needs}] }, env: async ({ exec }) => {
      const { status, stdout } = await exec('${program}', ['-c', 'cat; echo "$1" >&2; exit 4', 'sh', '$(id); *'], { input: 'in' })
      return { set: { OUT: stdout, STATUS: String(status) } }
    }`,
    )

  it('gets its arguments as they are', async () => {
    module('sh', `'sh'`)
    await world.enable('runs')
    expect((await world.consult()).set).toEqual([
      ['OUT', 'in'],
      ['STATUS', '4'],
    ])
    expect(world.said).toEqual(['runs: $(id); *'])
  })

  it('must be one that it named', async () => {
    module('sh', `'bash'`)
    await world.enable('runs')
    expect((await world.consult()).warnings).toEqual([
      expect.stringContaining('sh is not among the programs that it asks for under needs'),
    ])
  })
})
