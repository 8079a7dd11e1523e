import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'

const isInstalled = spawnSync('direnv', ['version']).status === 0

const config = `[profile dev]
region = eu-west-1
[profile with-code]
mfa_serial = arn:aws:iam::111122223333:mfa/me
role_arn = arn:aws:iam::111122223333:role/Admin
source_profile = dev
[profile keys]
region = eu-west-1
`

/** A directory with an .envrc, allowed, in a home where direnv knows `use assume`. */
function open(code: string) {
  const home = createHome()
  home.writeAws(config, '[keys]\naws_access_key_id = AKIAEXAMPLE000000001\naws_secret_access_key = secret\n')
  home.write('.config/direnv/lib/assume.sh', `. '${join(repository, 'shell/direnv/assume.bash')}'\n`)
  chmodSync(home.write('project/.envrc', code), 0o600)
  const env = { ...baseEnvironment(home), AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/other' }
  const run = (...args: string[]) => spawnSync('direnv', args, { cwd: home.path, env, encoding: 'utf8' })
  expect(run('allow', 'project').status).toBe(0)
  return { home, enter: () => run('exec', 'project', 'env') }
}

const variables = (text: string) => text.split('\n').filter((line) => /^(AWS|ASSUME)_/.test(line))

it.skipIf(!isInstalled)('use assume in an .envrc sets for tools what a switch would', () => {
  const { enter } = open('use assume dev --region us-west-2\n')
  const { stdout, status } = enter()
  expect(status).toBe(0)
  expect(variables(stdout).sort()).toEqual([
    'AWS_DEFAULT_REGION=us-west-2',
    'AWS_PROFILE=dev',
    'AWS_REGION=us-west-2',
  ])
})

it.skipIf(!isInstalled).each([
  ['a profile that nobody has', 'use assume nobody', /nobody/],
  ['one that needs a code', 'use assume with-code', /code/],
  ['keys', 'use assume keys --export', /assume exec keys -- COMMAND/],
])('and fails for %s, with nothing set', (_what, code, message) => {
  const { enter } = open(`${code}\n`)
  const { stdout, stderr } = enter()
  expect(stderr).toMatch(message)
  expect(variables(stdout).filter((line) => !line.startsWith('AWS_ROLE_ARN='))).toEqual([])
})
