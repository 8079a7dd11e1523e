import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Credentials } from '../../src/aws/credentials.ts'
import { repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'
import { PluginWorld } from './world.ts'

const keys: Credentials = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'secret+of/the/session',
  sessionToken: 'token==of.the.session',
  expiresAt: Date.parse('2030-01-02T03:04:05Z'),
}
/** What the calling shell holds: keys by hand, and what an earlier switch has set. */
const env = {
  AWS_ACCESS_KEY_ID: 'AKIAOLD',
  AWS_SECRET_ACCESS_KEY: 'secret-of-the-shell',
  AWS_SESSION_TOKEN: 'token-of-the-shell',
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'secret-of-the-container',
  AWS_BEARER_TOKEN_BEDROCK: 'secret-of-bedrock',
  AWS_SECRET_KEY: 'secret-of-an-old-sdk',
  AWS_PROFILE: 'other',
  AWS_PAGER: 'less',
  MINE: 'kept',
  EARLIER: 'of-the-switch-before',
  ASSUME_VARS: 'AWS_PROFILE EARLIER',
}
const secrets = [keys.secretAccessKey, keys.sessionToken as string, 'secret-of', 'token-of', 'of-the-switch']

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld()
})

/** A plugin that hands out all that it can see, in each form. */
const forms = {
  module: (needs: string) =>
    world.module(
      'spy',
      `${needs} env: (context) => ({ set: { SEEN: JSON.stringify([context, process.env, process.argv]) } })`,
    ),
  package: (needs: string) => {
    world.home.write('.config/assume/plugins/spy/package.json', '{"type":"module"}')
    world.home.write(
      '.config/assume/plugins/spy/index.js',
      `export default { name: 'spy', apiVersion: 1, ${needs} env: (context) => ({ set: { SEEN: JSON.stringify([context, process.env, process.argv]) } }) }`,
    )
  },
  executable: (needs: string) => {
    const manifest = `{"name":"spy","apiVersion":1,"hooks":["env"]${needs === '' ? '' : ',"needs":{"credentials":true}'}}`
    world.program(
      'spy',
      `input=$(cat)
case $input in *'"hook":"describe"'*) echo '${manifest}'; exit ;; esac
seen=$(printf '%s' "$input"; env; tr '\\0' ' ' </proc/$$/cmdline)
printf '{"set":{"SEEN":"%s"}}' "$(printf '%s' "$seen" | tr -d '"\\\\\\n\\t')"`,
    )
  },
}

describe.each(Object.keys(forms) as (keyof typeof forms)[])('a plugin as %s', (form) => {
  it('sees no keys that it did not ask for, in context, environment, arguments or stdin', async () => {
    forms[form]('')
    await world.enable('spy')
    let isAsked = false
    const credentials = async () => {
      isAsked = true
      return keys
    }
    const { set, warnings } = await world.consult('prod-eu', { env, credentials })
    expect(warnings).toEqual([])
    const seen = Object.fromEntries(set)['SEEN'] ?? ''
    expect(seen).toContain('prod-eu')
    expect(seen).toMatch(/MINE\W+kept/)
    expect(seen).toMatch(/AWS_PAGER\W+less/)
    expect(secrets.filter((secret) => seen.includes(secret))).toEqual([])
    expect(seen).not.toMatch(/AKIA|AWS_PROFILE|ASSUME_/)
    expect(isAsked).toBe(false)
  })

  it('sees those of the profile, and no others, where it asked and the user agreed', async () => {
    forms[form]('needs: { credentials: true },')
    await world.enable('spy')
    expect(world.settingsText).toContain('allow = credentials')
    let times = 0
    const credentials = async () => {
      times += 1
      return keys
    }
    const { set } = await world.consult('prod-eu', { env, credentials })
    const seen = Object.fromEntries(set)['SEEN'] ?? ''
    for (const value of [keys.accessKeyId, keys.secretAccessKey, keys.sessionToken])
      expect(seen).toContain(value)
    expect(seen).toContain('2030-01-02T03:04:05.000Z')
    expect(seen).toMatch(/AWS_ACCESS_KEY_ID\W+ASIA/)
    expect(seen).not.toMatch(/AKIAOLD|of-the-shell|of-the-file|of-the-container/)
    expect(times).toBe(1)
  })

  it('does not get them any more when the user takes them back', async () => {
    forms[form]('needs: { credentials: true },')
    await world.enable('spy')
    world.settings(world.settingsText.replace('allow = credentials\n', ''))
    const { set } = await world.consult('prod-eu', { env, credentials: async () => keys })
    const seen = Object.fromEntries(set)['SEEN'] ?? ''
    expect(secrets.filter((secret) => seen.includes(secret))).toEqual([])
  })
})

describe('descriptor 3', () => {
  it.each([
    ['module', (path: string) => world.home.write(`${path}/spy.ts`, moduleThatWrites)],
    [
      'program',
      (path: string) => executable(world.home.write(`${path}/assume-plugin-spy`, programThatWrites)),
    ],
  ])('of the shell is not passed on to a %s', (_form, write) => {
    const path = write('plugin')
    const { stdout, output } = spawnSync(join(repository, 'bin/assume'), ['plugin', 'check', path], {
      env: baseEnvironment(world.home),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
    })
    expect(stdout).toContain('{"set":{"DONE":"yes"}}')
    expect(output[3]).toBe('')
  })

  const moduleThatWrites = `import fs from 'node:fs'
export default { name: 'spy', apiVersion: 1, env: () => {
  try { fs.writeSync(3, 'evil') } catch {}
  return { set: { DONE: 'yes' } }
} }`
  const programThatWrites = `#!/bin/sh
{ echo evil >&3; } 2>/dev/null
echo '{"set":{"DONE":"yes"}}'`
  const executable = (path: string) => {
    chmodSync(path, 0o700)
    return path
  }
})

describe('what a plugin says', () => {
  it('is printable, has its name before it, and holds no key that it was given', async () => {
    world.module(
      'chatty',
      `needs: { credentials: true }, env: ({ log, credentials }) => {
        log('key ' + credentials?.secretAccessKey + ' \\u001b[31mred')
        process.stderr.write(credentials?.sessionToken + '\\nrest')
        throw new Error('bad ' + credentials?.secretAccessKey)
      }`,
    )
    await world.enable('chatty')
    const { warnings } = await world.consult('dev', { credentials: async () => keys })
    expect(world.said).toEqual(['chatty: key *** ?[31mred', 'chatty: ***', 'chatty: rest'])
    expect(warnings).toEqual(['warning: plugin chatty, env: bad ***; this goes on without it'])
  })

  it('hides what the user has typed for it', async () => {
    world.module(
      'asks',
      `env: async ({ terminal, log }) => { log(await terminal.ask('PIN')); return undefined }`,
    )
    await world.enable('asks')
    await world.consult('dev', { answers: ['hunter2'] })
    expect(world.said).toEqual(['asks: ***'])
  })

  it('hides the values of secret options', async () => {
    world.module(
      'opts',
      `options: { pin: { describe: 'x', secret: true } }, env: ({ options, log }) => { log('pin ' + options.pin); throw new Error(options.pin) }`,
    )
    await world.enable('opts', 'pin = hunter2')
    const { warnings } = await world.consult()
    expect(world.said).toEqual(['opts: pin ***'])
    expect(warnings[0]).toContain('opts, env: ***')
  })
})
