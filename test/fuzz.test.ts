import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callCommand } from './support/command.ts'
import { runCore } from './support/core.ts'
import { createHome } from './support/home.ts'
import { seedRandom } from './support/random.ts'

/** Nothing leaves the machine: what is no file of the home is a server that is not there. */
const nowhere = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  HTTPS_PROXY: 'http://127.0.0.1:1',
  AWS_EC2_METADATA_DISABLED: 'true',
}

const values = [
  ...[
    '',
    ' ',
    '=',
    '#',
    '"',
    "'",
    '[x]',
    '%s',
    '$(touch PWN)',
    '`touch PWN`',
    '..',
    '/',
    '/dev/full',
    '-',
    '--help',
  ],
  ...['\u001b[2J', '\u009b31m', 'a\u202eb', 'a\u0000b', '\u0007', '\r', '\ud800', '\u{1f600}', '\u2019', 'é'],
  ...['0', '-1', '1e999', 'NaN', '999999999999999999999', 'true', 'null', '{}', '__proto__', 'constructor'],
  ...[
    'x'.repeat(5000),
    'one',
    'two',
    'one two',
    'arn:aws:iam::111122223333:role/Dev',
    'arn:aws:iam::1:role/',
  ],
  ...[
    '111122223333',
    'eu-west-1',
    'us-east-1-fips',
    'x@127.0.0.1:1/#',
    'eu-west-2#c',
    'eu_west_1',
    '"eu-west-2"',
  ],
  ...[
    'https://corp.awsapps.com/start',
    'http://[',
    'file:///etc/passwd',
    'Environment',
    'EcsContainer',
    '2099-13-99T99:99:99Z',
  ],
]
const keys = [
  ...[
    'region',
    'role_arn',
    'source_profile',
    'credential_source',
    'mfa_serial',
    'external_id',
    'duration_seconds',
  ],
  ...[
    'role_session_name',
    'sso_session',
    'sso_account_id',
    'sso_role_name',
    'sso_start_url',
    'sso_region',
    'services',
  ],
  ...[
    'aws_access_key_id',
    'aws_secret_access_key',
    'aws_session_token',
    'credential_process',
    'login_session',
    'output',
  ],
  ...[
    'web_identity_token_file',
    'assume_mode',
    'assume_region',
    'granted_sso_start_url',
    'endpoint_url',
    'ca_bundle',
  ],
]
const variables = [
  ...[
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
  ],
  ...[
    'AWS_CONFIG_FILE',
    'AWS_CA_BUNDLE',
    'AWS_ROLE_ARN',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CREDENTIAL_EXPIRATION',
  ],
  ...[
    'ASSUME_PROFILE',
    'ASSUME_VARS',
    'ASSUME_EXPIRES_AT',
    'ASSUME_STYLE',
    'XDG_CONFIG_HOME',
    'XDG_CACHE_HOME',
    'BROWSER',
  ],
]
const commands = [
  ['list'],
  ['list', '--json'],
  ['status'],
  ['status', '--json', '--verbose'],
  ['whoami', 'one'],
  ['one', '--dry-run'],
  ['env', 'one', '--format', 'json'],
  ['env', 'one', '--export', '--format', 'json'],
  ['credential-process', 'one'],
  ['exec', 'one', '--', 'true'],
  ['logout', 'two'],
  ['sync', 'two'],
  ['configure', '--yes', '--session', 'two', '--profile', 'new'],
] as const

const seeds = Array.from({ length: 8 }, (_, index) => index + 1)
/** How many of them are for the executable. */
const inCore = 2

/** An environment variable holds no NUL, and is text. */
const forEnvironment = (value: string) => Buffer.from(value.replaceAll('\0', '')).toString()

describe('whatever stands in files and variables', () => {
  it.each(seeds)('is no bug, no trace and nothing that a terminal obeys: seed %s', async (seed) => {
    const random = seedRandom(seed)
    const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T
    const section = (header: string) =>
      [header, ...Array.from({ length: 6 }, () => `${pick(keys)} = ${pick(values)}`)].join('\n')
    for (const command of commands) {
      const home = createHome()
      const text = `${['[profile one]', '[profile two]', '[sso-session two]', '[services one]'].map(section).join('\n')}\n`
      home.writeAws(text, `${section('[one]')}\n`)
      home.write(
        '.config/assume/config',
        `${pick(keys)} = ${pick(values)}\nassume_browser = ${pick(values)}\n`,
      )
      home.write('.aws/sso/cache/0123456789012345678901234567890123456789.json', pick(values))
      home.logInRaw('two', JSON.stringify({ accessToken: pick(values), expiresAt: pick(values) }))
      const entries = Array.from({ length: 3 }, () => [pick(variables), forEnvironment(pick(values))])
      const run = seed <= inCore || command[0] === 'exec' ? runCore : callCommand
      const { status, stdout, stderr } = await run(home, command, {
        env: { ...Object.fromEntries(entries), ...nowhere },
      })
      const seen = JSON.stringify({ command, entries, text, status, stdout, stderr })
      expect([0, 1, 2, 3, 125], seen).toContain(status)
      expect(stderr, seen).not.toMatch(/bug in assume|^\s+at /m)
      expect(stdout + stderr, seen).not.toMatch(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
      )
      expect(existsSync(join(home.path, 'PWN')), seen).toBe(false)
    }
  })
})
