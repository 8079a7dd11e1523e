import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { removeKeySessions } from '../../../src/credentials/forget-session.ts'
import { nodeFiles } from '../../../src/system/files/files.ts'
import { locatePaths } from '../../../src/system/paths.ts'
import { exampleKey, passphrase, storeKey } from '../../support/stored-key.ts'
import { CredentialWorld } from '../world.ts'

const hour = 3600_000
const device = 'arn:aws:iam::111122223333:mfa/me'
const arnOf = (name: string) => `arn:aws:iam::777788889999:role/${name}`
const stored = 'assume_keys = file\ncredential_process = assume credential-process base\n'
const mfa = `mfa_serial = ${device}\n`
const user = 'arn:aws:iam::111122223333:user/me'
const code = '123456'
const role = (name: string, lines = '') => `role_arn = ${arnOf(name)}\nsource_profile = base\n${lines}`

/** A world with a key in a file for the profile `base`. */
async function openWorld(
  base: string,
  others: Readonly<Record<string, string>> = {},
  options = {},
): Promise<CredentialWorld> {
  const roles = [{ arn: arnOf('Deploy'), maxSessionDuration: 43_200 }, { arn: arnOf('Admin') }]
  const world = await CredentialWorld.open({ roles, ...options })
  world.configure({ base, ...others })
  await storeKey(world.home, 'base')
  return world
}

const otherKey = {
  accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
  secretAccessKey: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
}

const questionsOf = ({ screen }: CredentialWorld) =>
  screen.flatMap((line) => /^(Passphrase|MFA code)/.exec(line)?.[1] ?? [])
const warningsOf = ({ screen }: CredentialWorld) =>
  screen.filter((line) => line.startsWith('assume: warning'))

describe('a stored key', () => {
  it('is a session to tools, with one passphrase and one code for twelve hours', async () => {
    const world = await openWorld(`${stored}${mfa}aws_account_id = 111122223333\n`)
    const credentials = await world.fetch('base', { answers: [passphrase, code] })
    expect(questionsOf(world)).toEqual(['Passphrase', 'MFA code'])
    expect(world.sandbox.requests.of('GetSessionToken')[0]?.parameters).toMatchObject({
      DurationSeconds: '43200',
      SerialNumber: device,
    })
    expect(await world.identify(credentials)).toBe(user)
    expect(credentials).toMatchObject({ accountId: '111122223333', sessionToken: expect.any(String) })
    world.takeRequests()
    expect(await world.fetch('base')).toEqual(credentials)
    const later = () => Date.now() + 11.7 * hour
    expect(await world.fetch('base', { now: later })).toEqual(credentials)
    expect(world.takeRequests()).toEqual([])
    const { own, shared } = world.caches
    expect([own.length, shared]).toEqual([1, []])
    const text = readFileSync(join(world.home.path, '.cache/assume/roles', own[0] ?? ''), 'utf8')
    expect(text).toMatch(
      /^\{"Credentials": \{"AccessKeyId": "[^"]*", "SecretAccessKey": "[^"]*", "SessionToken": "/,
    )
    expect(text).not.toContain('AKIAIOSFODNN7EXAMPLE')
  })

  it('has the rest of a session where nobody can be asked for a new one, and after its end there is none', async () => {
    const world = await openWorld(stored + mfa)
    const credentials = await world.fetch('base', { answers: [passphrase, code] })
    world.screen.length = 0
    const soon = () => Date.now() + 11.9 * hour
    expect(await world.fetch('base', { now: soon, mayAsk: false, mayLogIn: false })).toEqual(credentials)
    expect(warningsOf(world)).toEqual([
      `assume: warning: an MFA code of ${device} is needed, and there is nobody to ask; the session of profile base has 5m left\n`,
    ])
    const failure = await world.fail('base', { now: () => Date.now() + 12.1 * hour })
    expect(failure).toMatchObject({ code: 'mfa-needed', exitStatus: 3, hint: 'assume login base' })
  })

  it('is not looked for where no passphrase may be asked for', async () => {
    const world = await openWorld(stored)
    for (const options of [{ mayAsk: false, mayLogIn: false, answers: [passphrase] }, {}]) {
      const failure = await world.fail('base', options)
      expect(failure).toMatchObject({ code: 'passphrase-needed', exitStatus: 3, hint: 'assume login base' })
    }
    const closed = { opensNothing: true, answers: [passphrase] }
    expect(await world.fail('base', closed)).toMatchObject({ code: 'login-needed' })
    expect(questionsOf(world)).toEqual([])
    expect(world.takeRequests()).toEqual([])
    // With a login it may be, whatever else is not asked.
    await world.fetch('base', { mayAsk: false, answers: [passphrase] })
    expect(questionsOf(world)).toEqual(['Passphrase'])
  })

  it('is asked for once by several at the same time', async () => {
    const world = await openWorld(stored + mfa)
    const all = await Promise.all(
      Array.from({ length: 5 }, () => world.fetch('base', { answers: [passphrase, code] })),
    )
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1)
    expect(questionsOf(world)).toEqual(['Passphrase', 'MFA code'])
    expect(world.takeRequests()).toEqual(['GetSessionToken'])
  })

  it('asks for another code where AWS does not take one', async () => {
    const world = await openWorld(stored + mfa)
    await world.fetch('base', { answers: [passphrase, '000000', code] })
    expect(questionsOf(world)).toEqual(['Passphrase', 'MFA code', 'MFA code'])
    expect(world.screen).toContain(`assume: AWS does not take this code for ${device}\n`)
  })

  it('assumes roles on top, for an hour, without a code for the same device', async () => {
    const world = await openWorld(stored + mfa, {
      admin: role('Admin', mfa),
      deploy: role('Deploy'),
      long: role('Deploy', 'duration_seconds = 7200\n'),
    })
    const admin = await world.fetch('admin', { answers: [passphrase, code] })
    expect(await world.identify(admin)).toContain(':assumed-role/Admin/')
    expect(world.sandbox.requests.of('AssumeRole')[0]?.parameters).not.toHaveProperty('SerialNumber')
    await world.fetch('deploy')
    expect(await world.fail('long')).toMatchObject({ code: 'invalid-duration' })
    expect(world.takeRequests()).toEqual(['GetSessionToken', 'AssumeRole', 'GetCallerIdentity', 'AssumeRole'])
    expect(questionsOf(world)).toEqual(['Passphrase', 'MFA code'])
  })

  it('has one code for itself and another for a role with another device', async () => {
    const world = await openWorld(
      stored + mfa,
      { admin: role('Admin', `mfa_serial = ${device}2\n`) },
      {
        mfaDevices: { [device]: code, [`${device}2`]: '654321' },
      },
    )
    await world.fetch('admin', { answers: [passphrase, code, '654321'] })
    expect(world.sandbox.requests.of('AssumeRole')[0]?.parameters['SerialNumber']).toBe(`${device}2`)
  })

  it('lasts as long as the profile says, else the setting', async () => {
    const world = await openWorld(`${stored}assume_session_duration = 15m\n`)
    const credentials = await world.fetch('base', { answers: [passphrase] })
    // A quarter of so short a session is enough.
    expect(await world.fetch('base', { now: () => Date.now() + 10 * 60_000 })).toEqual(credentials)
    expect(warningsOf(world)).toEqual([])
    world.home.write('.config/assume/config', 'assume_session_duration = 36h\n')
    world.configure({ base: stored })
    await world.fetch('base', { refresh: true, answers: [passphrase] })
    const durations = world.sandbox.requests
      .of('GetSessionToken')
      .map(({ parameters }) => parameters['DurationSeconds'])
    expect(durations).toEqual(['900', '129600'])
    world.home.write('.config/assume/config', 'assume_session_duration = 37h\n')
    expect(await world.fail('base', { refresh: true })).toMatchObject({
      code: 'invalid-duration',
      message: '~/.config/assume/config: assume_session_duration is 15m to 36h, not 37h',
      hint: 'assume settings set assume_session_duration 12h',
    })
    world.configure({ base: `${stored}assume_session_duration = 14m\n` })
    expect(await world.fail('base', { refresh: true })).toMatchObject({
      code: 'invalid-duration',
      message: 'profile base: assume_session_duration is 15m to 36h, not 14m',
      hint: 'aws configure set assume_session_duration 12h --profile base',
    })
  })

  it('leaves nothing behind when its sessions are removed', async () => {
    const world = await openWorld(stored, { deploy: role('Deploy') })
    await world.fetch('base', { roleArn: arnOf('Admin'), answers: [passphrase] })
    world.home.write('.cache/assume/roles/other-key-0.json', '{}')
    expect(world.caches.own).toHaveLength(3)
    const paths = locatePaths(world.context().env, 'linux')
    removeKeySessions(nodeFiles, paths, 'bas')
    expect(world.caches.own).toHaveLength(3)
    removeKeySessions(nodeFiles, paths, 'base')
    expect(world.caches.own).toEqual(['other-key-0.json'])
  })

  it('is read once more where it was replaced while its session was fetched', async () => {
    const world = await openWorld(stored)
    const old = world.home.path
    const files = readKeyFiles(old)
    await storeKey(world.home, 'base', otherKey)
    const fresh = readKeyFiles(old)
    writeKeyFiles(old, files)
    let writes = 0
    const credentials = await world.fetch('base', {
      answers: [passphrase, passphrase],
      files: {
        rename: (from, to) => {
          // Just before the session of the old key is kept, somebody else rotates it.
          if (to.includes('/roles/') && writes++ === 0) writeKeyFiles(old, fresh)
          nodeFiles.rename(from, to)
        },
      },
    })
    expect(world.takeRequests()).toEqual(['GetSessionToken', 'GetSessionToken'])
    expect(await world.identify(credentials)).toBe('arn:aws:iam::111122223333:user/legacy-user')
    expect(await world.fetch('base')).toEqual(credentials)
  })

  it('is missing, and the message says where', async () => {
    const world = await openWorld(stored, { other: stored.replace('base', 'other') })
    expect(await world.fail('other', { answers: [passphrase] })).toMatchObject({
      code: 'unknown-key',
      hint: 'assume keys add other --store file',
    })
  })

  it('needs a store that there is', async () => {
    const world = await openWorld(stored.replace('file', 'paper'))
    expect(await world.fail('base')).toMatchObject({
      code: 'invalid-profile',
      message: 'profile base: there is no assume_keys paper, only os and file',
      hint: 'aws configure set assume_keys os --profile base',
    })
  })
})

describe('a stored key whose user may not call GetSessionToken', () => {
  const iamUsers = [
    {
      name: 'me',
      accountId: '111122223333',
      ...exampleKey,
      denied: ['sts:GetSessionToken'],
    },
  ]

  it('is refused with the settings that help', async () => {
    const world = await openWorld(stored, {}, { iamUsers })
    const failure = await world.fail('base', { answers: [passphrase] })
    expect(failure.code).toBe('keys-refused')
    expect(failure.message).toMatch(/assume_session_token = off/)
    expect(failure.message).toMatch(/mfa_serial/)
    expect(failure.hint).toBe(
      'aws configure set mfa_serial ARN --profile base\naws configure set assume_session_token off --profile base',
    )
  })

  it('is handed out itself by assume_session_token = off, and kept by nobody', async () => {
    const roles = [{ arn: arnOf('Deploy'), maxSessionDuration: 43_200 }]
    const profiles = { long: role('Deploy', `duration_seconds = 7200\n${mfa}`) }
    const world = await openWorld(`${stored}${mfa}assume_session_token = off\n`, profiles, {
      iamUsers,
      roles,
    })
    const kept: string[] = []
    const options = { answers: [passphrase], onKept: (path: string) => void kept.push(path) }
    const credentials = await world.fetch('base', options)
    expect(credentials).toEqual(exampleKey)
    expect([kept, world.caches, world.takeRequests()]).toEqual([[], { own: [], shared: [] }, []])
    expect(await world.fail('base')).toMatchObject({ code: 'passphrase-needed' })
    // Nothing in front of it has the code of a role.
    await world.fetch('long', { answers: [passphrase, code] })
    expect(world.sandbox.requests.of('AssumeRole')[0]?.parameters).toMatchObject({
      SerialNumber: device,
      DurationSeconds: '7200',
    })
  })
})

type KeyFiles = Readonly<Record<string, Buffer>>

function readKeyFiles(home: string): KeyFiles {
  const folder = join(home, '.config/assume/keys')
  return Object.fromEntries(
    nodeFiles.list(folder).map((name) => [name, readFileSync(join(folder, name))] as const),
  )
}

function writeKeyFiles(home: string, files: KeyFiles): void {
  for (const [name, bytes] of Object.entries(files))
    writeFileSync(join(home, '.config/assume/keys', name), bytes)
}
