import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../support/home.ts'
import { describeKeyring } from '../support/keyring.ts'
import { traced } from '../support/session.ts'
import { formatPlainKey, KeysWorld, legacy, me } from './keys-world.ts'

const own = formatPlainKey(me)
const other = formatPlainKey(legacy)
const move = ['add', 'ci', '--from-credentials', '--store', 'os']

/** Where a profile has its key. */
const linesOf = (name: string) => `assume_keys = os\ncredential_process = assume credential-process ${name}\n`

describeKeyring('assume keys add --from-credentials', () => {
  it('moves a key into the keyring, and leaves every other byte', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    const rest = `# Jo's keys\r\n\r\n[other]\r\n${other.replaceAll('\n', '\r\n')}`
    world.home.writeAws(
      '# mine\n[profile ci]\nregion = eu-west-1\n',
      `${rest}\r\n[ci]\r\n${own.replaceAll('\n', '\r\n')}`,
    )
    const { status, stdout, stderr } = await world.keys(move)
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toBe(
      `ci has the key AKIA…MPLE of arn:aws:iam::111122223333:user/me in the system's keyring\n~/.aws/credentials has it no more\nnext: assume ci\n`,
    )
    expect(world.credentials).toBe(rest)
    expect(world.config).toBe(
      '# mine\n[profile ci]\nregion = eu-west-1\nassume_keys = os\ncredential_process = assume credential-process ci\n',
    )
    expect(world.lookUp('ci')).toBe(me.accessKeyId)
    expect(world.findSecret()).toEqual([])
    expect(world.sandbox.requests.all.map(({ operation }) => operation)).toEqual(['GetCallerIdentity'])
  })

  it('moves the key of [default], and one of the config file, of which no copy stays', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    world.home.writeAws(`[default]\nregion = eu-west-1\n${own}`, `[default]\n${own}`)
    world.home.write('.aws/config.assume-backup', `[default]\n${own}`)
    world.home.write('.local/state/assume/backups/import-1/aws-config', `[default]\n${own}`)
    const { status, stdout } = await world.keys(['add', 'default', '--from-credentials', '--store', 'os'])
    expect([status, stdout]).toEqual([
      0,
      expect.stringContaining('~/.aws/config has it no more\n~/.aws/credentials has it no more\n'),
    ])
    expect(world.config).toBe(`[default]\nregion = eu-west-1\n${linesOf('default')}`)
    expect(world.credentials).toBe('')
    expect(world.findSecret()).toEqual([])
    expect(world.read('.aws/config.assume-backup')).toBe('[default]\n')
  })

  it('moves every key with --all, names those that it refuses, and says which other profiles have the same', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    const session = `[session]\n${other}aws_session_token = x\n`
    const copy = `[copy]\nassume_copy_of = ci\n${other}aws_session_token = x\n`
    const odd = `[odd]\n${own.replace(me.accessKeyId, 'AKIAUNKNOWNUNKNOWN00')}`
    world.home.writeAws(
      '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = ci\n',
      `[ci]\n${own}\n${session}[role]\n${other}${copy}[twin]\n${own}${odd}`,
    )
    world.home.write('.config/assume/config', 'assume_key_store = os\n')
    const { status, stdout, stderr } = await world.keys(['add', '--from-credentials', '--all'])
    expect(status).toBe(1)
    expect(stdout).toContain('ci has the key AKIA…MPLE of arn')
    expect(stdout).toContain('twin has the same key in plain text: assume keys add twin --from-credentials\n')
    expect(stdout).toContain('twin has the key AKIA…MPLE of arn')
    expect(stderr.match(/^assume: .*/gm)).toEqual([
      'assume: profile session has aws_session_token: its keys are temporary, and only long-lived ones are kept',
      'assume: profile role has role_arn already: a key needs a profile of its own',
      'assume: profile copy is a copy that assume credentials-file has made: there is no key to move',
      expect.stringMatching(/^assume: the key AKIA…WN00 of odd is not stored: AWS refuses the keys/),
    ])
    expect(world.credentials).toBe(`${session}[role]\n${other}${copy}${odd}`)
    expect([world.lookUp('ci'), world.lookUp('twin'), world.lookUp('odd')]).toEqual([
      me.accessKeyId,
      me.accessKeyId,
      undefined,
    ])
  })

  it('does nothing the second time, and finds nothing where there is none', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    world.home.writeAws('', `[ci]\n${own}`)
    expect((await world.keys(move)).status).toBe(0)
    const files = [world.config, world.credentials]
    expect(await world.keys(move)).toMatchObject({
      status: 0,
      stdout: 'nothing to do: ci has no key in the AWS files\n',
    })
    const nothing = { status: 0, stdout: 'nothing to do: no profile has a key in the AWS files\n' }
    expect(await world.keys(['add', '--from-credentials', '--all'])).toMatchObject(nothing)
    expect(await world.keys(['add', '--from-credentials'])).toMatchObject(nothing)
    expect([world.config, world.credentials]).toEqual(files)
    world.home.write('.aws/config', '[profile none]\nregion = x\n')
    expect(await world.keys(['add', 'none', '--from-credentials'])).toMatchObject({ status: 1 })
    expect(await world.keys(['add', 'gone', '--from-credentials'])).toMatchObject({ status: 2 })
  })

  it('says which roles need no MFA device any more', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    const mfa = 'mfa_serial = arn:aws:iam::111122223333:mfa/me\n'
    const role = (name: string, lines: string) =>
      `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = ci\n${lines}`
    world.home.writeAws(
      `[profile ci]\n${mfa}${role('a', mfa)}${role('b', 'mfa_serial = other\n')}${role('c', mfa)}${role('d', '')}`,
      `[ci]\n${own}`,
    )
    const { stdout } = await world.keys(move)
    const line = (world.config ?? '').split('\n').indexOf('[profile a]') + 4
    expect(stdout).toContain(
      `a, c need no mfa_serial any more, for which tools ask for a code: vi +${line} ${world.home.path}/.aws/config\n`,
    )
  })

  it('needs a yes where AWS cannot be asked', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    world.home.writeAws('', `[ci]\n${own}`)
    const env = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' }
    const refused = await world.keys(move, { env })
    expect([refused.status, world.credentials, world.config]).toEqual([3, `[ci]\n${own}`, ''])
    expect(refused.stderr).toMatch(
      /^assume: the key AKIA…MPLE of ci could not be tried: cannot ask who you are: .*; nothing was changed\n {2}assume keys add ci --from-credentials --yes\n$/,
    )
    const { status, stderr, stdout } = await world.keys([...move, '--yes'], { env })
    expect([status, stdout.split('\n')[0]]).toEqual([0, "ci has the key AKIA…MPLE in the system's keyring"])
    expect(stderr).toContain('warning: the key AKIA…MPLE of ci could not be tried')
    expect(world.findSecret()).toEqual([])
  })

  it('leaves all as it was where the keyring is locked, or is none', async () => {
    const world = await KeysWorld.open({ keyring: 'locked' })
    world.home.writeAws('[profile ci]\nregion = x\n', `[ci]\n${own}`)
    const files = [world.config, world.credentials]
    expect((await world.keys(move)).status).toBe(3)
    expect(await world.keys(move, { env: { DBUS_SESSION_BUS_ADDRESS: '' } })).toMatchObject({ status: 1 })
    expect([world.config, world.credentials]).toEqual(files)
  })

  it('changes nothing where the profile cannot say so', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    world.home.writeAws('[profile ci]\ncredential_process = pass show aws\n', `[ci]\n${own}`)
    expect(await world.keys(move)).toMatchObject({
      status: 1,
      stderr:
        'assume: profile ci has credential_process already: a key needs a profile of its own\n  assume keys add ci-keys\n',
    })
    expect(world.credentials).toBe(`[ci]\n${own}`)
    expect(world.sandbox.requests.all).toEqual([])
  })

  it('shows the secret to nobody on the way', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    world.home.writeAws('', `[ci]\n${own}`)
    const trace = join(world.home.path, 'trace')
    const words = ['keys', ...move, '--verbose']
    const [program, args] = traced(trace, join(repository, 'bin/assume'), words)
    const { status, stderr } = await world.run(program, ['-s', '100000', '-v', ...args])
    expect(status, stderr).toBe(0)
    expect(readFileSync(trace, 'utf8')).toContain('keys')
    expect(world.findSecret()).toEqual([])
  })

  it('has the key in one place at least, wherever it is killed', { timeout: 300_000 }, async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    const config = '[profile other]\nregion = x\n'
    world.home.writeAws(`${config}[profile ci]\n${own}`, `[other]\n${other}\n[ci]\n${own}`)
    world.home.write('.aws/config.assume-backup', `[profile ci]\n${own}`)
    const killedAt = await world.killAtEachChange(move, () => {
      const places = [world.lookUp('ci') === me.accessKeyId, world.credentials?.includes(own) === true]
      expect(places).toContain(true)
    })
    expect(killedAt).toEqual(
      expect.arrayContaining(['renameSync .aws/config', 'renameSync .aws/credentials']),
    )
    expect(world.credentials).toBe(`[other]\n${other}`)
    expect(world.findSecret()).toEqual([])
  })
})
