import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { Home } from '../support/home.ts'

const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n'
const assignment = 'sso_account_id = 111111111111\nsso_role_name = Admin\n'
const config = `
[profile quoted]
${keys}region = "eu-west-2"
[profile minio]
${keys}region = minio
[profile deploy]
role_arn = arn:aws:iam::222222222222:role/Deploy
source_profile = quoted
[profile sso]
sso_session = corp
${assignment}region = eu-west-1
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-2#c
`
const home = new Home()
beforeAll(() => {
  home.writeAws(config)
  home.logIn('corp')
  return () => home.dispose()
})
/** Only a process can become a command. */
const run = async (words: readonly string[], env: Record<string, string> = {}) =>
  words[0] === 'exec' ? runCore(home, words, { env }) : callCommand(home, words, { env })

const ofProfile =
  'region of profile quoted in ~/.aws/config is no region: "eu-west-2"\n  write there: region = eu-west-2\n'
const ofSession =
  'sso_region of sso-session corp in ~/.aws/config is no region: eu-west-2#c\n  write there: sso_region = eu-west-2\n'
const ofVariable = 'AWS_REGION is no region: eu_west_1\n  export AWS_REGION=eu-west-1\n'

describe('a region that is none ends', () => {
  it.each<[string, string, Record<string, string>?, number?]>([
    ['env quoted --shell bash', ofProfile],
    ['env quoted --format json --export', ofProfile],
    ['exec quoted -- touch STARTED', ofProfile, {}, 125],
    ['quoted --dry-run', ofProfile],
    ['credentials-file quoted --as copy', ofProfile],
    ['whoami quoted', ofProfile],
    ['whoami', ofProfile, { AWS_PROFILE: 'quoted' }],
    ['credential-process deploy', ofProfile],
    ['whoami minio', ofVariable, { AWS_REGION: 'eu_west_1' }],
    ['credential-process deploy', ofVariable, { AWS_REGION: 'eu_west_1' }],
    ['credential-process sso', ofSession],
    ['whoami sso', ofSession],
    ['login corp', ofSession],
    ['sync corp', ofSession],
  ])('%s', async (line, message, env = {}, status = 1) => {
    expect(await run(line.split(' '), env)).toEqual({ status, stdout: '', stderr: `assume: ${message}` })
    expect(['STARTED', '.aws/credentials'].filter((name) => existsSync(join(home.path, name)))).toEqual([])
  })

  it('no switch that sets another one, or none', async () => {
    const words = ['env', 'quoted', '--format', 'json']
    expect(JSON.parse((await run([...words, '-r', 'us-west-2'])).stdout).set).toMatchObject({
      AWS_REGION: 'us-west-2',
    })
    home.write('.config/assume/config', 'assume_region = off\n')
    expect(JSON.parse((await run(words)).stdout).set).not.toHaveProperty('AWS_REGION')
    home.write('.config/assume/config', '')
  })

  it('no logout: what is on this machine goes, and the service is not asked', async () => {
    const { status, stderr } = await run(['logout', 'corp'])
    expect(status).toBe(0)
    expect(stderr).toBe(
      'assume: warning: sso_region of sso-session corp in ~/.aws/config is no region: eu-west-2#c; the session may live on at the service\nassume: logged out of corp; keys of its roles that were handed out are good until they expire\n',
    )
    home.logIn('corp')
  })
})

describe('a region that AWS does not have', () => {
  it('is that of a profile as well', async () => {
    const { status, stdout } = await run(['env', 'minio', '--format', 'json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout).set).toMatchObject({ AWS_REGION: 'minio', AWS_DEFAULT_REGION: 'minio' })
  })

  it.each([
    [
      'env sso --shell bash -r us-east',
      'there is no AWS region us-east; did you mean us-east-1 or us-east-2?\n',
    ],
    ['exec -r minio sso true', 'there is no AWS region minio: a region is written like eu-west-1\n', 125],
    ['sync corp --region minio', 'there is no AWS region minio: a region is written like eu-west-1\n'],
    [
      'configure --region eu-west',
      '--region eu-west: there is no AWS region eu-west; did you mean eu-west-1, ',
    ],
    [
      'configure --sso-region none',
      '--sso-region none: there is no AWS region none: a region is written like eu-west-1\n',
    ],
  ])('is not typed: %s', async (line, message, status = 2) => {
    const result = await run(line.split(' '))
    expect(result).toMatchObject({ status, stdout: '' })
    expect(result.stderr).toContain(message)
  })

  it('may be one that is newer than assume', async () => {
    const { stdout } = await run(['env', 'sso', '--format', 'json', '-r', 'us-east-9', '--no-login'])
    expect(JSON.parse(stdout).set).toMatchObject({ AWS_REGION: 'us-east-9' })
  })
})
