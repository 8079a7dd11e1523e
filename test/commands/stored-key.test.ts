import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { callCommand } from '../support/command.ts'
import { startCore } from '../support/core-process.ts'
import { createHome, type Home } from '../support/home.ts'
import { exampleKey, passphrase, storeKey } from '../support/stored-key.ts'

const device = 'arn:aws:iam::111122223333:mfa/me'
const code = '123456'
const roleArn = 'arn:aws:iam::777788889999:role/Deploy'
const stored = (more = '', name = 'base') =>
  `[profile ${name}]\nassume_keys = file\ncredential_process = assume credential-process ${name}\nregion = eu-west-1\n${more}`
const mfa = `mfa_serial = ${device}\n`
const onTop = (more = '') => `[profile deploy]\nrole_arn = ${roleArn}\nsource_profile = base\n${more}`

class World {
  readonly home: Home = createHome()
  readonly screen: string[] = []
  readonly sandbox: Sandbox
  readonly env: Record<string, string>

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
    this.env = { ...sandboxEnvironment(sandbox.url), TERM: 'dumb' }
  }

  static async open(config: string, options: SandboxOptions = {}): Promise<World> {
    const sandbox = await startSandbox({ roles: [{ arn: roleArn }], ...options })
    onTestFinished(() => sandbox.close())
    const world = new World(sandbox)
    world.home.writeAws(config)
    await storeKey(world.home, 'base')
    return world
  }

  /** With answers there is a terminal, and all of them are needed. */
  async assume(words: readonly string[], answers?: string[], env = {}) {
    const asked = answers && [...answers]
    this.screen.length = 0
    const options = { env: { ...this.env, ...env }, screen: this.screen }
    const result = await callCommand(this.home, words, { ...options, ...(asked && { answers: asked }) })
    expect(result.stderr + this.screen.join('')).not.toContain(exampleKey.secretAccessKey)
    return result
  }

  get questions(): string[] {
    return this.screen.flatMap((line) => /^(Passphrase|MFA code)/.exec(line)?.[1] ?? [])
  }

  takeRequests(): (string | undefined)[] {
    const operations = this.sandbox.requests.all.map(({ operation }) => operation)
    this.sandbox.requests.clear()
    return operations
  }

  get roles(): string[] {
    try {
      return readdirSync(join(this.home.path, '.cache/assume/roles')).sort()
    } catch {
      return []
    }
  }

  /** As if the session had been got so much earlier: so many minutes are left of it. */
  age(minutesLeft: number): void {
    const end = `${new Date(Date.now() + minutesLeft * 60_000).toISOString().slice(0, 19)}Z`
    for (const name of this.roles) {
      const path = join(this.home.path, '.cache/assume/roles', name)
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace(/"Expiration": "[^"]*"/, `"Expiration": "${end}"`),
      )
    }
  }
}

const env = ['env', 'base', '--shell', 'bash']

describe('a profile with a stored key', () => {
  it('gives a program nothing before somebody has logged in, and then one session', async () => {
    const world = await World.open(stored(mfa))
    const provide = () => startCore(world.home, ['credential-process', 'base'], { env: world.env })
    expect(await provide()).toEqual({
      status: 3,
      stdout: '',
      stderr: `assume: an MFA code of ${device} is needed, and there is nobody to ask\n  assume login base\n`,
    })
    const { status, stderr } = await world.assume(['login', 'base'], [passphrase, code])
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/^assume: stored key of base: a session until (\d{4}-\d\d-\d\d )?\d\d:\d\d\n$/),
    ])
    expect(world.questions).toEqual(['Passphrase', 'MFA code'])
    world.takeRequests()
    const first = await provide()
    expect(JSON.parse(first.stdout)).toMatchObject({ SessionToken: expect.any(String), Version: 1 })
    expect(first.stdout).not.toContain(exampleKey.accessKeyId)
    // The second one is answered by the launcher, by the note of the first.
    const notes = readdirSync(join(world.home.path, '.cache/assume/keys'))
    expect(notes).toEqual(['of-base'])
    expect(await provide()).toEqual(first)
    expect(world.takeRequests()).toEqual([])
  })

  it('asks in a program only with --login', async () => {
    const world = await World.open(stored())
    const provide = ['credential-process', 'base']
    const refused = await world.assume(provide, [passphrase])
    expect([refused.status, refused.stderr]).toEqual([3, expect.stringContaining('\n  assume login base\n')])
    expect(world.questions).toEqual([])
    expect((await world.assume([...provide, '--login'], [passphrase])).status).toBe(0)
    expect(world.questions).toEqual(['Passphrase'])
  })

  it('is switched to by its name, when the session is there', async () => {
    const world = await World.open(stored(mfa))
    const refused = await world.assume(env)
    expect([refused.status, refused.stdout]).toEqual([3, ''])
    expect(refused.stderr).toContain('assume login base')
    const closed = await world.assume([...env, '--no-login'], [passphrase, code])
    expect(closed.stdout).toContain('AWS_PROFILE=')
    expect(closed.stderr).toContain('no valid session for stored key of base; log in with: assume login base')
    expect([world.questions, world.takeRequests()]).toEqual([[], []])
    const switched = await world.assume(env, [passphrase, code])
    expect(switched.stdout).toContain('AWS_PROFILE=')
    expect(switched.stdout).not.toContain('AWS_ACCESS_KEY_ID=')
    expect(switched.stderr).toBe('')
    expect(world.questions).toEqual(['Passphrase', 'MFA code'])
    world.takeRequests()
    expect((await world.assume(env)).stderr).toBe('')
    world.age(10)
    const late = await world.assume(env)
    expect([late.status, late.stderr]).toEqual([
      0,
      expect.stringMatching(/warning: .*the session of profile base has (9|10)m left/),
    ])
    world.age(-1)
    expect((await world.assume(env)).status).toBe(3)
    expect(world.takeRequests()).toEqual([])
  })

  it('gives keys to --export and exec, and roles on top without another code, with AWS_PROFILE', async () => {
    const world = await World.open(stored(mfa) + onTop(mfa))
    const refused = await world.assume(
      ['env', 'base', '--export', '--no-login', '--shell', 'bash'],
      [passphrase, code],
    )
    expect([refused.status, world.questions]).toEqual([3, []])
    const { stdout } = await world.assume(['env', 'base', '--export', '--format', 'json'], [passphrase, code])
    expect(JSON.parse(stdout)).toMatchObject({ set: { AWS_SESSION_TOKEN: expect.any(String) } })
    const role = await world.assume(['env', 'deploy', '--shell', 'bash'])
    expect(role.stdout).toContain('AWS_PROFILE=')
    expect(role.stderr).toMatch(
      /warning: profile deploy has an mfa_serial for which tools ask.*assume --export deploy/,
    )
    world.takeRequests()
    expect((await world.assume(['env', 'deploy', '--export', '--shell', 'bash'])).stdout).toContain(
      'AWS_SESSION_TOKEN=',
    )
    expect(world.takeRequests()).toEqual(['AssumeRole'])
    const whoami = JSON.parse((await world.assume(['whoami', 'base', '--json'])).stdout)
    expect(whoami.arn).toBe('arn:aws:iam::111122223333:user/me')
  })

  it('is shown with its store and the end of its session, and no store is opened', async () => {
    const world = await World.open(stored(mfa) + onTop())
    const list = async () => JSON.parse((await world.assume(['list', '--json'])).stdout)
    expect(await list()).toMatchObject([
      { name: 'base', kind: 'keys', session: 'none' },
      { name: 'deploy', kind: 'role', session: 'none' },
    ])
    await world.assume(['login', 'deploy'], [passphrase, code])
    expect(await list()).toMatchObject([
      { session: 'valid', sessionExpiresAt: expect.any(String) },
      { session: 'valid' },
    ])
    const status = await world.assume(['status'], undefined, { AWS_PROFILE: 'deploy' })
    expect(status.stdout).toMatch(
      /^from {5}assume's keys in an encrypted file: AKIAIOSFODNN7EXAMPLE, .* old\nsession {2}stored key of base: valid 11h 59m\n/m,
    )
    const json = JSON.parse(
      (await world.assume(['status', '--json'], undefined, { AWS_PROFILE: 'base' })).stdout,
    )
    expect(json).toMatchObject({
      kind: 'keys',
      keyStore: 'file',
      accessKeyId: exampleKey.accessKeyId,
      keyCreatedAt: expect.any(String),
      keyHandedOut: false,
      session: 'valid',
    })
    expect(json.tools.map(({ method }: { method: string }) => method)).toEqual(Array(5).fill('process'))
    expect(json.links).toEqual([expect.objectContaining({ kind: 'session', name: 'stored key of base' })])
    expect(world.questions).toEqual([])
  })

  it('hands out the key itself with assume_session_token = off, from the core alone', async () => {
    const world = await World.open(stored(`${mfa}assume_session_token = off\n`))
    const provided = await world.assume(['credential-process', 'base', '--login'], [passphrase])
    expect(JSON.parse(provided.stdout)).toEqual({
      Version: 1,
      AccessKeyId: exampleKey.accessKeyId,
      SecretAccessKey: exampleKey.secretAccessKey,
    })
    expect(world.roles).toEqual([])
    expect(readdirSync(join(world.home.path, '.cache/assume'))).not.toContain('keys')
    expect(world.takeRequests()).toEqual([])
    const copied = await world.assume(['credentials-file', 'base', '--as', 'copy'], [passphrase])
    expect([copied.status, copied.stderr]).toEqual([
      1,
      expect.stringContaining('is not written in plain text'),
    ])
    expect([world.questions, existsSync(join(world.home.path, '.aws/credentials'))]).toEqual([[], false])
    const status = await world.assume(['status'], undefined, { AWS_PROFILE: 'base' })
    expect(status.stdout).toContain(
      '; tools get it itself (assume_session_token = off)\nkeys     profile base: no end\n',
    )
    expect((await world.assume(env)).stderr).toBe('')
    const login = await world.assume(['login', 'base'])
    expect([login.status, login.stderr]).toEqual([
      1,
      'assume: profile base has no session: tools get its stored key itself, by assume_session_token = off\n  aws configure set assume_session_token on --profile base\n',
    ])
  })

  it('is logged out of: what was got with it goes, and the key stays', async () => {
    const world = await World.open(stored() + onTop())
    await world.assume(['env', 'deploy', '--export', '--shell', 'bash'], [passphrase])
    expect(world.roles).toHaveLength(1)
    const cached = () => readdirSync(join(world.home.path, '.aws/cli/cache'))
    expect(cached()).toHaveLength(1)
    expect((await world.assume(['logout', 'deploy'])).stderr).toBe(
      'assume: removed the session of stored key of base; keys that were handed out are good until they expire\n',
    )
    expect([world.roles, cached()]).toEqual([[], []])
    expect((await world.assume(['logout', '--all'])).stderr).toBe(
      'assume: stored key of base had no session\n',
    )
    expect((await world.assume(['login', '--all'], [passphrase])).status).toBe(0)
    expect((await world.assume(['login'], [passphrase], { AWS_PROFILE: 'deploy' })).status).toBe(0)
    expect((await world.assume(['login'], [passphrase])).status).toBe(0)
    expect(world.roles).toHaveLength(1)
  })

  it('is shown to no program and in no trace, nor is what opens its store', async () => {
    const world = await World.open(stored(mfa))
    const path = world.home.write('bin/code', '#!/bin/sh\n{ echo "$@"; env; } >"$HOME/seen"\necho 123456\n')
    chmodSync(path, 0o700)
    world.home.write('.config/assume/config', `[plugin mfa-command]\nenabled = yes\n* = ${path} {serial}\n`)
    const login = await world.assume(['login', 'base', '--verbose'], [passphrase])
    expect([login.status, world.questions]).toEqual([0, ['Passphrase']])
    const child = await startCore(world.home, ['exec', 'base', '--', 'env'], { env: world.env })
    expect(child.stdout).toContain('AWS_PROFILE=base')
    const seen = readFileSync(join(world.home.path, 'seen'), 'utf8')
    expect(seen).toContain(device)
    const shown = [seen, child.stdout, child.stderr, login.stderr, ...world.screen].join('')
    const secrets = world.sandbox.secrets().filter(({ kind }) => kind !== 'access-key-id')
    expect(secrets.map(({ kind }) => kind)).toContain('session-token')
    for (const secret of [passphrase, ...secrets.map(({ value }) => value)])
      expect(shown).not.toContain(secret)
  })

  it('needs its credential_process for the tools, and is told of', async () => {
    const world = await World.open('[profile base]\nassume_keys = file\n')
    const status = await world.assume(['status'], undefined, {
      AWS_PROFILE: 'base',
      ASSUME_VARS: 'AWS_PROFILE',
    })
    expect(status.stderr).toContain(
      `warning: profile base has a stored key and no credential_process, so that tools do not find it; aws configure set credential_process 'assume credential-process base' --profile base\n`,
    )
  })
})
