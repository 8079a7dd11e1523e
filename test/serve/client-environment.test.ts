import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { pointToServer, writeClientConfig } from '../../src/serve/client-environment.ts'

const write = (config: string, name: string) =>
  writeClientConfig([parseDocument(config, 'config'), parseDocument('', 'credentials')], name)

describe('the config of the command', () => {
  it('has all settings of the profile but where its credentials come from', () => {
    const config = `[default]
aws_access_key_id = AKIA
[profile dev]
region = eu-west-1
sso_session = acme
sso_account_id = 123456789011
role_arn = arn:aws:iam::1:role/x
source_profile = default
mfa_serial = arn:aws:iam::1:mfa/x
credential_process = x
assume_keys = os
services = local
s3 =
  max_concurrent_requests = 20
  addressing_style = path
ca_bundle = /x.pem # mine
[services local]
sts =
  endpoint_url = http://127.0.0.1:1
[services other]
sts =
  endpoint_url = http://127.0.0.1:2`
    expect(write(config, 'dev')).toBe(`[profile dev]
region = eu-west-1
services = local
s3 =
  max_concurrent_requests = 20
  addressing_style = path
ca_bundle = /x.pem # mine

[services local]
sts =
  endpoint_url = http://127.0.0.1:1
`)
  })

  it.each([
    ['default', '[default]\n'],
    ['a b', "[profile 'a b']\n"],
    ['only-in-credentials', '[profile only-in-credentials]\n'],
  ])('has a profile %j that says nothing', (name, text) => {
    expect(write('', name)).toBe(text)
  })
})

describe('the environment of the command', () => {
  const address = { url: 'http://127.0.0.1:1/', token: 'x', configFile: '/c', credentialsFile: '/s' }

  it('leaves the server the only source, also of a switch that has set keys', () => {
    const exported = {
      set: [
        ['AWS_ACCESS_KEY_ID', 'AKID'],
        ['AWS_SECRET_ACCESS_KEY', 's'],
        ['AWS_SESSION_TOKEN', 't'],
        ['AWS_CREDENTIAL_EXPIRATION', 'e'],
        ['ASSUME_EXPIRES_AT', '1'],
        ['AWS_REGION', 'eu-west-1'],
        ['ASSUME_PROFILE', 'dev'],
        ['ASSUME_VARS', 'AWS_ACCESS_KEY_ID AWS_REGION'],
      ],
      unset: ['AWS_PROFILE', 'AWS_VAULT'],
    } as const
    const { set, unset } = pointToServer(exported, 'dev', address)
    const names = set.map(([name]) => name)
    expect(Object.fromEntries(set)).toEqual({
      AWS_PROFILE: 'dev',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/',
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'x',
      AWS_CONFIG_FILE: '/c',
      AWS_SHARED_CREDENTIALS_FILE: '/s',
      AWS_REGION: 'eu-west-1',
      ASSUME_PROFILE: 'dev',
      ASSUME_VARS:
        'AWS_PROFILE AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE AWS_REGION ASSUME_PROFILE',
    })
    expect(unset).toEqual([
      'AWS_VAULT',
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'AWS_CREDENTIAL_EXPIRATION',
      'ASSUME_EXPIRES_AT',
      'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
      'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
    ])
    expect(unset.filter((name) => names.includes(name))).toEqual([])
  })
})
