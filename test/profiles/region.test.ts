import { describe, expect, it } from 'vitest'
import { CredentialWorld, sessionSection, ssoKeys, startUrl, userKeys } from '../credentials/world.ts'

const roleArn = 'arn:aws:iam::999988887777:role/Deploy'
const role = `role_arn = ${roleArn}\nsource_profile = base\n`
const base = `[profile base]\n${userKeys}`
const legacy = `sso_start_url = ${startUrl}\nsso_account_id = 123456789011\nsso_role_name = FullAccess\n`

interface Case {
  readonly config: string
  readonly credentials?: string
  readonly env?: Record<string, string>
  readonly says: string
  readonly hint: string
}

const cases: Record<string, Case> = {
  'an sso-session': {
    config: `${sessionSection.replace('eu-west-2', '"eu-west-2"')}[profile p]\n${ssoKeys}`,
    says: 'sso_region of sso-session devto-article in ~/.aws/config is no region: "eu-west-2"',
    hint: 'write there: sso_region = eu-west-2',
  },
  'a profile with a start URL': {
    config: `[profile p]\n${legacy}sso_region = eu-west-2#c\n`,
    says: 'sso_region of profile p in ~/.aws/config is no region: eu-west-2#c',
    hint: 'write there: sso_region = eu-west-2',
  },
  "a profile with Granted's keys": {
    config: `[profile p]\n${legacy.replaceAll('sso_', 'granted_sso_')}granted_sso_region = eu_west_2\n`,
    says: 'granted_sso_region of profile p in ~/.aws/config is no region: eu_west_2',
    hint: 'write there: granted_sso_region = eu-west-2',
  },
  'the profile of a role': {
    config: `${base}[profile p]\n${role}region = eu-west-2\n  us-east-1\n`,
    says: 'region of profile p in ~/.aws/config is no region: eu-west-2?us-east-1',
    hint: 'write there: region = eu-west-2',
  },
  'the source of a role, in the credentials file': {
    config: `[profile base]\nregion = eu-west-1\n[profile p]\n${role}`,
    credentials: `[base]\n${userKeys}region = x@127.0.0.1:1/#\n`,
    says: 'region of profile base in ~/.aws/credentials is no region: x@127.0.0.1:1/#',
    hint: 'a region is written like us-east-1',
  },
  AWS_REGION: {
    config: `${base}[profile p]\n${role}region = eu-west-1\n`,
    env: { AWS_REGION: 'eu_west_1' },
    says: 'AWS_REGION is no region: eu_west_1',
    hint: 'export AWS_REGION=eu-west-1',
  },
  AWS_DEFAULT_REGION: {
    config: `${base}[profile p]\n${role}region = eu-west-1\n`,
    env: { AWS_DEFAULT_REGION: 'evil.example.com/\u001b[31m' },
    says: 'AWS_DEFAULT_REGION is no region: evil.example.com/?[31m',
    hint: 'unset AWS_DEFAULT_REGION',
  },
}

describe('a region that is none', () => {
  it.each(Object.keys(cases))('of %s is no part of a host', async (title) => {
    const { config, credentials, env = {}, says, hint } = cases[title] as Case
    const world = await CredentialWorld.open()
    world.home.writeAws(config, credentials)
    for (const session of ['devto-article', startUrl]) await world.logIn(8, session)
    const error = await world.fail('p', { env })
    expect(error).toMatchObject({ code: 'invalid-region', exitStatus: 1, message: says, hint })
    expect(world.takeRequests()).toEqual([])
  })

  it('keeps a login, and a refresh, from beginning', async () => {
    const world = await CredentialWorld.open()
    world.home.writeAws((cases['an sso-session'] as Case).config)
    for (const prepare of [() => {}, () => world.logIn(-1)]) {
      await prepare()
      const error = await world.fail('p', { answers: [] })
      expect(error).toMatchObject({ code: 'invalid-region', message: (cases['an sso-session'] as Case).says })
      expect(world.takeRequests()).toEqual([])
    }
  })
})
