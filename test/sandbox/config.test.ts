import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sandboxConfig, sandboxCredentials, sandboxEnvironment } from '../../src/sandbox/config.ts'
import { exampleIamUsers } from '../../src/sandbox/sts/role.ts'
import { fixtures } from '../support/home.ts'

/** The settings of each section, nested ones as `name.name`. */
function readSections(text: string): Record<string, Record<string, string>> {
  const sections: Record<string, Record<string, string>> = {}
  let section: Record<string, string> = {}
  let parent = ''
  for (const line of text.split('\n')) {
    const [, header] = /^\[(.+)\]$/.exec(line) ?? []
    const [, indent, name = '', value = ''] = /^( *)(\w+) =(?: (.*))?$/.exec(line) ?? []
    if (header !== undefined) {
      section = {}
      sections[header] = section
    } else if (indent === '' && value === '') parent = `${name}.`
    else if (name !== '') section[indent === '' ? name : parent + name] = value
  }
  return sections
}

describe('the config file of the sandbox', () => {
  const sections = readSections(sandboxConfig('http://127.0.0.1:1'))

  it('is the example, with every profile led to the sandbox', () => {
    const example = readSections(readFileSync(join(fixtures, 'examples/sso-session'), 'utf8'))
    for (const [name, settings] of Object.entries(example))
      expect(sections[name]).toEqual(
        name.startsWith('profile ') ? { ...settings, services: 'sandbox' } : settings,
      )
  })

  it('has a production profile', () => {
    expect(sections['profile production']).toMatchObject({
      sso_session: 'devto-article',
      sso_account_id: '999988887777',
      sso_role_name: 'Admin',
      services: 'sandbox',
    })
  })

  it('has a profile whose key is in plain text, of a user that the sandbox knows', () => {
    expect(sections['profile ci']).toEqual({ region: 'eu-west-1', services: 'sandbox' })
    const { ci = {} } = readSections(sandboxCredentials())
    expect(exampleIamUsers).toContainEqual({
      name: 'ci',
      accountId: '123456789011',
      accessKeyId: ci['aws_access_key_id'],
      secretAccessKey: ci['aws_secret_access_key'],
    })
  })

  it('names the endpoints, as the environment does', () => {
    expect(sections['services sandbox']).toEqual({
      'sso.endpoint_url': 'http://127.0.0.1:1',
      'sso_oidc.endpoint_url': 'http://127.0.0.1:1',
      'sts.endpoint_url': 'http://127.0.0.1:1',
      'iam.endpoint_url': 'http://127.0.0.1:1',
      'signin.endpoint_url': 'http://127.0.0.1:1',
    })
    expect(sandboxEnvironment('http://127.0.0.1:1')).toEqual({
      AWS_ENDPOINT_URL_SSO: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_SSO_OIDC: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_SIGNIN: 'http://127.0.0.1:1',
    })
  })
})
