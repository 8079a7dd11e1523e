import { expect, it } from 'vitest'
import { editConfigText } from '../../src/import/draft.ts'
import { awsume } from '../../src/import/tools/awsume.ts'
import { planOf } from './plans.ts'

const role = (name: string, source: string) =>
  `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/${name}\nsource_profile = ${source}\n`

it('awsume: a role on a role has its region and no MFA device, and the second run edits nothing', () => {
  const config = `[profile base]\nmfa_serial = m\nregion = eu-west-1\n${role('top', 'mid')}${role('mid', 'base')}`
  const credentials = '[base]\naws_access_key_id = A\naws_secret_access_key = B\n'
  const own = { settings: 'role-duration: 7200\n' }
  const after = editConfigText(config, planOf(awsume, { config, credentials, own }).change) ?? ''
  expect(after).toBe(
    `[profile base]\nmfa_serial = m\nregion = eu-west-1\n${role('top', 'mid')}region = eu-west-1\n${role('mid', 'base')}mfa_serial = m\nregion = eu-west-1\nduration_seconds = 7200\n`,
  )
  expect(planOf(awsume, { config: after, credentials, own }).change.config).toEqual([])
})

it.each(['sso_session = s\nsso_account_id = 1', 'login_session = x', 'web_identity_token_file = /t'])(
  'awsume: a role on a session (%j) gets no MFA device and no long duration',
  (lines) => {
    const config = `[profile s]\nmfa_serial = m\n${lines}\n${role('r', 's')}`
    const own = { settings: 'role-duration: 7200\n' }
    expect(planOf(awsume, { config, own }).change.config).toEqual([])
  },
)
