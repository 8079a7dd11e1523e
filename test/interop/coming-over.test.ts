import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import { createSampleHome, runImport } from '../import/world.ts'
import { findAwsCli, findBotocore, World } from './world.ts'

const found = findAwsCli()
const isWanted = found !== undefined || Boolean(process.env['ASSUME_REQUIRE_AWS_CLI'])

/** Everything that the samples speak of. */
const cloud: SandboxOptions = {
  region: 'eu-west-1',
  accounts: [
    { id: '111122223333', roles: ['ReadOnly'] },
    { id: '444455556666', roles: ['Admin'] },
    { id: '012345678901', roles: ['Admin'] },
    { id: '999900001111', roles: ['Audit'] },
    { id: '777788889999', roles: ['Audit'] },
  ],
  roles: [
    { arn: 'arn:aws:iam::444455556666:role/deploy' },
    { arn: 'arn:aws:iam::777788889999:role/deploy' },
    { arn: 'arn:aws:iam::111122223333:role/dev', mfa: true, maxSessionDuration: 43_200 },
    { arn: 'arn:aws:iam::111122223333:role/developer', mfa: true, maxSessionDuration: 43_200 },
  ],
  iamUsers: [
    {
      name: 'jo',
      accountId: '111122223333',
      accessKeyId: 'AKIAEXAMPLEEXAMPLE00',
      secretAccessKey: 'EXAMPLE-not-a-secret',
    },
  ],
  mfaDevices: { 'arn:aws:iam::111122223333:mfa/jo': '123456' },
}

const sso = (account: string, role: string) =>
  new RegExp(`^arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${role}_[0-9a-f]+/dev@example\\.com$`)
const assumed = (account: string, role: string, session = '[^/]+') =>
  new RegExp(`^arn:aws:sts::${account}:assumed-role/${role}/${session}$`)

/**
 * The identity that each profile had with the tool (`coming-over.md` C2), which it has without. Those that still need the tool
 * are not among them.
 */
const identities: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  granted: {
    'acme-Dev/ReadOnly': sso('111122223333', 'ReadOnly'),
    'acme-Prod/Admin': sso('444455556666', 'Admin'),
    'on-top': assumed('444455556666', 'deploy'),
    'shared-audit': sso('777788889999', 'Audit'),
    'team.on-top': assumed('777788889999', 'deploy'),
  },
  'aws-sso-cli': {
    'dev-ro': sso('111122223333', 'ReadOnly'),
    'Old:Admin': sso('012345678901', 'Admin'),
    '999900001111:Audit': sso('999900001111', 'Audit'),
  },
  'aws-sso-util': {
    'Dev.ReadOnly': sso('111122223333', 'ReadOnly'),
    'very-old': sso('111122223333', 'ReadOnly'),
  },
  awsume: {
    jo: /^arn:aws:iam::111122223333:user\/jo$/,
    dev: assumed('111122223333', 'dev', 'jo'),
  },
  leapp: { dev: sso('111122223333', 'ReadOnly') },
}

/** Botocore with somebody at the keyboard who has the MFA code. */
const python = `
import sys, json, botocore.session
answer = {}
for name in sys.argv[1:]:
    session = botocore.session.Session(profile=name)
    try:
        provider = session.get_component('credential_provider').get_provider('assume-role')
        provider._prompter = lambda prompt: '123456'
        sts = session.create_client('sts', region_name='eu-west-1')
        answer[name] = sts.get_caller_identity()['Arn']
    except Exception as error:
        answer[name] = repr(error)
print(json.dumps(answer))
`

/** A world in which the home is one of a tool that has been come over from, logged in to. */
async function openWorld(tool: string): Promise<World> {
  const world = await World.open(cloud)
  const sample = createSampleHome(tool)
  const { home } = world
  for (const name of [
    '.aws/config',
    '.aws/credentials',
    '.granted/config',
    '.config/aws-sso/config.yaml',
    '.awsume/config.yaml',
    '.Leapp/Leapp-lock.json',
  ]) {
    try {
      // The sandbox is one Identity Center, in one region.
      const text = readFileSync(join(sample.path, name), 'utf8')
      home.write(
        name,
        text
          .replace(/(SSORegion|sso_region)(: | = )us-east-1/g, '$1$2eu-west-1')
          .replace('region = eu-central-1', 'region = eu-west-1'),
      )
    } catch {
      // Not every tool has it.
    }
  }
  const before = home.path
  const { status, screen } = await runImport(home, [tool], { answers: Array.from({ length: 9 }, () => 'y') })
  expect([status, before], screen).toEqual([0, home.path])
  if (tool !== 'awsume') await world.logIn('--all')
  return world
}

describe.skipIf(!isWanted)(`without the tool${isWanted ? '' : ' (no AWS CLI v2 is installed)'}`, () => {
  it.each(Object.entries(identities))('the AWS CLI is who it was with %s', async (tool, profiles) => {
    const world = await openWorld(tool)
    for (const [name, identity] of Object.entries(profiles)) {
      // It asks for a code on the terminal, and here is none.
      if (tool === 'awsume' && name === 'dev') continue
      // Up to 2.9.19, of Debian 12, it knows no role on an sso-session, whoever has written it.
      if (name.endsWith('on-top')) continue
      const words = [
        'sts',
        'get-caller-identity',
        '--profile',
        name,
        '--output',
        'json',
        '--region',
        'eu-west-1',
      ]
      const { stdout, stderr } = await world.runAwsCli(words)
      expect(stdout === '' ? stderr : JSON.parse(stdout).Arn, name).toMatch(identity)
    }
  })

  it.skipIf(findBotocore() === undefined).each(Object.entries(identities))(
    'botocore is who it was with %s',
    async (tool, profiles) => {
      const world = await openWorld(tool)
      const answer = await world.run(findBotocore() ?? '', ['-c', python, ...Object.keys(profiles)])
      const identitiesNow = JSON.parse(answer.stdout || JSON.stringify({ error: answer.stderr }))
      for (const [name, identity] of Object.entries(profiles))
        expect(identitiesNow[name], name).toMatch(identity)
    },
  )

  it('assume is, too, and a role on keys of another tool is reached through that', async () => {
    const world = await openWorld('aws-vault')
    const keys = { Version: 1, AccessKeyId: 'AKIAEXAMPLEEXAMPLE00', SecretAccessKey: 'EXAMPLE-not-a-secret' }
    world.home.write(
      'bin/aws-vault',
      `#!/bin/sh\ntest "$*" = 'export --format=json jo' && echo '${JSON.stringify(keys)}'\n`,
    )
    const path = `${join(world.home.path, 'bin')}:${process.env['PATH']}`
    await world.run('chmod', ['755', 'bin/aws-vault'])
    const env = { PATH: path }
    const jo = ['sts', 'get-caller-identity', '--profile', 'jo', '--output', 'text', '--query', 'Arn']
    const answer = await world.runAwsCli(jo, env)
    expect(answer.stdout.trim(), answer.stderr).toBe('arn:aws:iam::111122223333:user/jo')
    const { stdout } = await world.handOut(
      ['env', 'dev', '--export', '--mfa-code', '123456', '--format', 'json'],
      env,
    )
    const { set } = JSON.parse(stdout)
    const who = await world.runAwsCli(['sts', 'get-caller-identity', '--output', 'text', '--query', 'Arn'], {
      ...set,
      ...env,
    })
    expect(who.stdout).toMatch(assumed('111122223333', 'developer', '[^/]+\\n'))
  })
})
