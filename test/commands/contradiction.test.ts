import { describe, expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome } from '../support/home.ts'

const session = `[sso-session work]
sso_start_url = https://work.awsapps.com/start
sso_region = eu-west-1
`
const profile = (name: string, keys: string) =>
  `[profile ${name}]\nsso_session = work\nsso_account_id = 111122223333\nsso_role_name = R\n${keys}`
const warning = (what: string) =>
  `assume: warning: profile torn and its sso-session work differ in ${what}, which the AWS CLI refuses\n`

function start(keys: string) {
  const home = createHome()
  home.writeAws(
    `${session}${profile('torn', keys)}${profile('whole', 'sso_region = eu-west-1\n')}` +
      '[profile chained]\nrole_arn = arn:aws:iam::111111111111:role/X\nsource_profile = torn\n',
  )
  home.logIn('work')
  return home
}

describe('a profile that contradicts its sso-session', () => {
  it.each([
    ['sso_region = us-east-1\n', 'sso_region'],
    [
      'sso_region = us-east-1\nsso_start_url = https://work.awsapps.com/start/\n',
      'sso_start_url and sso_region',
    ],
    ['sso_region =\n', 'sso_region'],
  ])('is told about at every switch: %j', (keys, what) => {
    const home = start(keys)
    for (const name of ['torn', 'torn', 'chained']) {
      const { status, stderr } = runCore(home, ['env', name, '--shell', 'bash'])
      expect([status, stderr]).toEqual([0, warning(what)])
    }
    expect(runCore(home, ['env', 'whole', '--shell', 'bash'])).toMatchObject({ status: 0, stderr: '' })
  })

  it('is told about by list and status', async () => {
    const home = start('sso_region = us-east-1\n')
    const problem = 'other sso_region than [sso-session work]'
    const { stdout, stderr } = await callCommand(home, ['list'])
    expect(stderr).toBe(warning('sso_region'))
    expect(stdout).toMatch(/^torn .* sso {3}other sso_region than \[sso-session work\]$/m)
    expect(stdout).toMatch(/^chained .* role {2}other sso_region than \[sso-session work\]$/m)
    expect(stdout).toMatch(/^whole .* sso {3}valid /m)
    const [torn] = JSON.parse((await callCommand(home, ['list', 'torn', '--json'])).stdout)
    expect(torn).toMatchObject({ problem, session: 'valid' })
    for (const name of ['torn', 'chained']) {
      const env = { AWS_PROFILE: name }
      expect((await callCommand(home, ['status'], { env })).stderr).toContain(warning('sso_region'))
      expect(JSON.parse((await callCommand(home, ['status', '--json'], { env })).stdout).warning).toBe(
        'profile torn and its sso-session work differ in sso_region, which the AWS CLI refuses',
      )
    }
  })
})
