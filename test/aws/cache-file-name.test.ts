import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  assumeRoleFileName,
  type RoleRequest,
  registrationFileName,
  ssoRoleFileName,
  tokenFileName,
} from '../../src/aws/cache-file-name.ts'
import { fixtures } from '../support/home.ts'

interface Vector<T> {
  input: T
  hashed_json: string
  file: string
}
interface Vectors {
  sso_token_file: { input: string; file: string }[]
  sso_client_registration_file: {
    startUrl: string
    region: string
    session_name: string | null
    scopes: string[] | null
    file: string
  }[]
  cli_cache_sso_role: Vector<{
    roleName: string
    accountId: string
    sessionName?: string
    startUrl?: string
  }>[]
  cli_cache_assume_role: Vector<RoleRequest>[]
}

/** Recorded from AWS CLI 2.36.7 and botocore 1.43.11. */
const vectors = JSON.parse(readFileSync(join(fixtures, 'awscli/cache-key-vectors.json'), 'utf8')) as Vectors

describe('the file name of', () => {
  it.each(vectors.sso_token_file)('the token of $input', ({ input, file }) => {
    expect(tokenFileName({ startUrl: input })).toBe(file)
    expect(tokenFileName({ name: input, startUrl: 'https://elsewhere' })).toBe(file)
  })

  it.each(vectors.sso_client_registration_file)(
    'the registration of $session_name with $scopes',
    ({ session_name: sessionName, file, ...rest }) => {
      expect(registrationFileName({ ...rest, sessionName })).toBe(file)
    },
  )

  it.each(vectors.cli_cache_sso_role)('the SSO role $input', ({ input, file }) => {
    const { sessionName, startUrl = 'https://elsewhere', ...role } = input
    const session = sessionName === undefined ? { startUrl } : { name: sessionName, startUrl }
    expect(ssoRoleFileName({ ...role, session })).toBe(file)
  })

  it.each(vectors.cli_cache_assume_role)('the assumed role $input', ({ input, file }) => {
    expect(assumeRoleFileName(input)).toBe(file)
    expect(assumeRoleFileName({ ...input, ExternalId: input.ExternalId })).toBe(file)
  })
})

it('is the hash of the text that the vectors give', () => {
  for (const { hashed_json: text, file } of [...vectors.cli_cache_sso_role, ...vectors.cli_cache_assume_role])
    expect(`${createHash('sha1').update(text).digest('hex')}.json`).toBe(file)
})
