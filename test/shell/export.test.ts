import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import { deployRole, openRoles, type World } from '../sso/login/world.ts'
import { startSession } from '../support/session.ts'
import { awsOf, describeShells, dumpTo, readDump, type Shell, startScript } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { hostedShells as shells } from '../support/shells/index.ts'

const userSecret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'

function assume(shell: Shell, ...words: string[]): string {
  return ['assume', ...words.map((word) => shell.quote(word))].join(' ')
}

const keys = {
  AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
  AWS_SECRET_ACCESS_KEY: expect.stringMatching(/^.{40}$/),
  AWS_SESSION_TOKEN: expect.stringMatching(/^.{100,}$/),
  AWS_CREDENTIAL_EXPIRATION: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  AWS_ACCOUNT_ID: expect.stringMatching(/^\d{12}$/),
  ASSUME_EXPIRES_AT: expect.stringMatching(/^\d{10}$/),
}

/** Runs lines that go well, and returns with what they say what is then exported. */
const dumper =
  (shell: Shell) =>
  async (world: World, lines: readonly string[], env: Record<string, string> = {}) => {
    const script = [...lines, dumpTo(shell, world.home, 'at')]
    const result = await startScript(shell, world.home, script, { env })
    expect(result).toMatchObject({ status: 0 })
    return { ...result, aws: awsOf(readDump(world.home, 'at')) }
  }
describeShells('credentials mode', shells, (shell) => {
  const dump = dumper(shell)

  it('sets keys, never AWS_PROFILE with them, and a switch to a profile removes them', async () => {
    const world = await openRoles()
    const before = [
      shell.setExported('AWS_PROFILE', 'before'),
      shell.setExported('AWS_SECURITY_TOKEN', 'x'),
      assume(shell, '--export', 'dev-profile'),
    ]
    const { aws } = await dump(world, before)
    const { ASSUME_VARS, ...rest } = aws
    expect(rest).toEqual({
      ...keys,
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      ASSUME_PROFILE: 'dev-profile',
      ASSUME_ACCOUNT_ID: '123456789011',
      ASSUME_ROLE_NAME: 'FullAccess',
    })
    expect(ASSUME_VARS?.split(' ').sort()).toEqual(Object.keys(rest).sort())
    const after = await dump(world, [...before, assume(shell, 'test-profile')])
    expect(Object.keys(after.aws).filter((name) => name in keys)).toEqual([])
    expect(after.aws).toMatchObject({ AWS_PROFILE: 'test-profile' })
    const unset = await dump(world, [...before, assume(shell, '--unset')])
    expect(unset.aws).toEqual({ AWS_PROFILE: 'before', AWS_SECURITY_TOKEN: 'x' })
  })

  it('is told in the prompt from a profile or keys that are set by hand', async () => {
    const world = await openRoles()
    const steps = [
      assume(shell, '--export', 'dev-profile'),
      shell.setExported('AWS_PROFILE', 'test-profile'),
      shell.setExported('AWS_ACCESS_KEY_ID', 'AKIAELSEWHERE'),
      assume(shell, 'test-profile'),
      shell.setExported('AWS_ACCESS_KEY_ID', 'AKIAELSEWHERE'),
    ]
    const { stdout } = await dump(
      world,
      steps.flatMap((step) => [step, shell.showPrompt]),
    )
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^\(dev-profile (\d+h\d+m|\d+m)\) $/),
      '(test-profile, but keys of dev-profile) ',
      '(test-profile, but keys from elsewhere) ',
      '(test-profile) ',
      '(test-profile, but keys from elsewhere) ',
      '',
    ])
  })

  it('repeats with -, options included', async () => {
    const world = await openRoles()
    const { aws } = await dump(world, [
      assume(shell, 'dev-profile', '-e', '--role', deployRole, '--duration', '30m', '-r', 'us-west-2'),
      assume(shell, 'test-profile'),
      assume(shell, '-'),
      shell.expectStatus(0),
    ])
    expect(aws).toMatchObject({
      ...keys,
      AWS_REGION: 'us-west-2',
      ASSUME_PROFILE: 'dev-profile',
      ASSUME_ACCOUNT_ID: '999988887777',
      ASSUME_ROLE_NAME: 'Deploy',
    })
    expect(Number(aws['ASSUME_EXPIRES_AT'])).toBeLessThanOrEqual(Date.now() / 1000 + 1800)
  })

  it('is what env prints without a name, as long as the keys are those of the switch', async () => {
    const world = await openRoles()
    const out = shell.quote(join(world.home.path, 'out'))
    const env = `assume env --format json > ${out}`
    const read = async (...lines: string[]) => {
      await dump(world, lines)
      return JSON.parse(readFileSync(join(world.home.path, 'out'), 'utf8') || '{"set":{}}').set
    }
    const switched = assume(shell, 'mfa', '--mfa-code', '123456')
    expect(await read(switched, env, shell.expectStatus(0))).toMatchObject({ ...keys, ASSUME_PROFILE: 'mfa' })
    expect(await read(assume(shell, 'test-profile'), env, shell.expectStatus(0))).toMatchObject({
      AWS_PROFILE: 'test-profile',
      ASSUME_ACCOUNT_ID: '123456789012',
    })
    const foreign = shell.setExported('AWS_ACCESS_KEY_ID', 'AKIAFOREIGN')
    for (const lines of [[], [foreign], [switched, foreign], [assume(shell, 'test-profile'), foreign]])
      expect(await read(...lines, env, shell.expectStatus(2))).toEqual({})
    const named = `assume env test-profile --format json > ${out}`
    expect(await read(foreign, named, shell.expectStatus(0))).toMatchObject({ AWS_PROFILE: 'test-profile' })
    const leaks = assume(
      shell,
      'exec',
      'mfa',
      '--',
      'sh',
      '-c',
      'env | grep -c "^ASSUME_KEY_ID\\|^ASSUME_CALLER"',
    )
    expect(
      (await dump(world, [switched, leaks, shell.expectStatus(1), dumpTo(shell, world.home, 'at')])).stdout,
    ).toBe('0\n')
    expect(awsOf(readDump(world.home, 'at'))).not.toHaveProperty('ASSUME_KEY_ID')
  })

  it('is forgotten by status, whoami and a switch of the region where the keys are others', async () => {
    const world = await openRoles()
    const own = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: userSecret }
    const out = (name: string) => shell.quote(join(world.home.path, name))
    const ask = (index: number) => [
      `assume status --json > ${out(`status-${index}`)}`,
      `assume whoami --json > ${out(`whoami-${index}`)}`,
    ]
    const { aws, stderr } = await dump(
      world,
      [
        assume(shell, '-e', 'dev-profile'),
        ...ask(0),
        ...Object.entries(own).map(([name, value]) => shell.setExported(name, value)),
        shell.unset('AWS_SESSION_TOKEN'),
        shell.unset('AWS_CREDENTIAL_EXPIRATION'),
        ...ask(1),
        assume(shell, '-r', 'us-west-2'),
        shell.expectStatus(2),
      ],
      sandboxEnvironment(world.sandbox.url),
    )
    const read = (name: string) => JSON.parse(readFileSync(join(world.home.path, name), 'utf8'))
    expect(read('status-0')).toMatchObject({ name: 'dev-profile', source: 'assume', keys: 'switch' })
    expect(read('whoami-0')).toMatchObject({ name: 'dev-profile', accountId: '123456789011' })
    expect(read('status-1')).toMatchObject({
      source: 'keys',
      overridden: 'dev-profile',
      keys: 'elsewhere',
      links: [{ kind: 'keys', name: 'environment', renews: false }],
    })
    expect(read('whoami-1')).toEqual({
      source: 'environment',
      accountId: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/me',
      userId: expect.any(String),
    })
    expect(stderr).not.toContain('was expected here')
    expect(stderr).toContain('there are keys in AWS_ACCESS_KEY_ID that no switch has set')
    expect(aws).toMatchObject({ ...own, AWS_REGION: 'eu-west-1' })
    expect(aws).not.toHaveProperty('ASSUME_KEY_ID')
  })

  it('leaves the shell as it was when there are no keys to be had', async () => {
    const world = await openRoles()
    world.sandbox.fail('AssumeRole', 403)
    const { aws } = await dump(world, [
      assume(shell, 'dev-profile'),
      assume(shell, 'deploy', '-e'),
      shell.expectStatus(1),
      assume(shell, '--role', 'nonsense'),
      shell.expectStatus(2),
      assume(shell, '--account', '123456789011'),
      shell.expectStatus(2),
      assume(shell, 'mfa'),
      shell.expectStatus(3),
    ])
    expect(aws).toMatchObject({ AWS_PROFILE: 'dev-profile' })
  })

  it('asks for the code at the terminal, shows the time in the prompt, and no secret anywhere', async () => {
    const world = await openRoles()
    const session = await startSession(shell, world.home)
    session.terminal.type('assume mfa\r')
    await session.terminal.waitFor('arn:aws:iam::111122223333:mfa/me')
    session.terminal.type('123456\r')
    await session.terminal.waitFor(/\(mfa (59m|1h0m)\) READY>\s*$/)
    world.expectNoSecret(session.terminal.output.toString())
  })
})

// What the core decides, whichever shell asks; that each takes over such a switch is above.
describeShells('credentials mode', [bash], (shell) => {
  const dump = dumper(shell)

  it('works without a profile, and again for what is active', async () => {
    const world = await openRoles()
    const first = assume(shell, '--account', '999988887777', '--role-name', 'ReadOnly')
    const { aws } = await dump(world, [first])
    expect(aws).toMatchObject({
      ...keys,
      ASSUME_PROFILE: 'ReadOnly@999988887777',
      ASSUME_ACCOUNT_ID: '999988887777',
      ASSUME_ROLE_NAME: 'ReadOnly',
    })
    expect(aws).not.toHaveProperty('AWS_PROFILE')
    const again = await dump(world, [first, assume(shell, '-r', 'ap-south-1'), shell.expectStatus(0)])
    expect(again.aws).toMatchObject({
      ...keys,
      ASSUME_PROFILE: 'ReadOnly@999988887777',
      AWS_REGION: 'ap-south-1',
    })
  })

  it('comes by itself for MFA and where the profile says so, and not where a setting forbids it', async () => {
    const world = await openRoles()
    const mfa = await dump(world, [assume(shell, 'mfa', '--mfa-code', '123456'), shell.expectStatus(0)])
    expect(mfa.aws).toMatchObject({ ...keys, ASSUME_PROFILE: 'mfa', ASSUME_ACCOUNT_ID: '777788889999' })
    const exported = await dump(world, [assume(shell, 'exported'), shell.expectStatus(0)])
    expect(exported.aws).toMatchObject({ ...keys, ASSUME_PROFILE: 'exported' })
    world.home.write('.config/assume/config', 'assume_mode = profile\n')
    const forbidden = await dump(world, [assume(shell, 'mfa'), shell.expectStatus(0)])
    expect(forbidden.aws).toMatchObject({ AWS_PROFILE: 'mfa' })
    expect(forbidden.stderr).toContain('MFA')
  })

  it('comes by itself where the keys are those of the environment, before any switch', async () => {
    const world = await openRoles()
    const own = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: userSecret }
    const setOwn = Object.entries(own).map(([name, value]) => shell.setExported(name, value))
    const { aws } = await dump(world, [...setOwn, assume(shell, 'ambient'), shell.expectStatus(0)])
    expect(aws).toMatchObject({ ...keys, ASSUME_PROFILE: 'ambient', ASSUME_ROLE_NAME: 'Deploy' })
    expect(aws).not.toHaveProperty('AWS_PROFILE')
    const above = await dump(world, [...setOwn, assume(shell, 'above'), shell.expectStatus(0)])
    expect(above.aws).toMatchObject({ ...keys, ASSUME_PROFILE: 'above', ASSUME_ROLE_NAME: 'Audit' })
    const later = await dump(world, [
      ...setOwn,
      assume(shell, 'test-profile'),
      shell.expectStatus(0),
      assume(shell, 'ambient'),
      shell.expectStatus(1),
      assume(shell, '--unset'),
      assume(shell, 'ambient'),
      shell.expectStatus(0),
      assume(shell, 'ambient'),
      shell.expectStatus(1),
      assume(shell, '--unset'),
    ])
    expect(later.stderr.match(/^ {2}assume --unset$/gm)).toHaveLength(2)
    expect(later.aws).toEqual(own)
    const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8')
    world.home.writeAws(config.replace('[profile ambient]', '$&\nassume_mode = profile'))
    const proposed = 'assume --unset; assume --export ambient'
    const forced = await dump(world, [...setOwn, assume(shell, 'ambient'), proposed, shell.expectStatus(0)])
    expect(forced.stderr).toContain(`; ${proposed}\n`)
    expect(forced.aws).toMatchObject(keys)
    world.home.writeAws(config)
    const run = assume(
      shell,
      'exec',
      'ambient',
      '--',
      'sh',
      '-c',
      'echo "${AWS_PROFILE-none} $AWS_ACCESS_KEY_ID"',
    )
    expect((await dump(world, [...setOwn, run])).stdout).toMatch(/^none ASIA\w+\n$/)
  })

  it('goes from a session through a role with MFA to one with an external id', async () => {
    const world = await openRoles()
    const { aws } = await dump(world, [assume(shell, 'deep', '--mfa-code', '123456'), shell.expectStatus(0)])
    expect(aws).toMatchObject({ ...keys, ASSUME_PROFILE: 'deep', ASSUME_ROLE_NAME: 'Audit' })
    expect(world.sandbox.requests.count('AssumeRole')).toBe(2)
    const again = await dump(world, [assume(shell, 'deep'), shell.expectStatus(0)])
    expect(again.aws).toMatchObject({ AWS_ACCESS_KEY_ID: aws['AWS_ACCESS_KEY_ID'] })
  })
})
