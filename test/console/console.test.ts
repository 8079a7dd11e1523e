import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import type { World } from '../interop/world.ts'
import { callCommand } from '../support/command.ts'
import { startHttpServer } from '../support/http-server.ts'
import { passphrase, storeKey } from '../support/stored-key.ts'
import { openWorld as open } from './world.ts'

/** Most cases call the command in this process. */
const openWorld = (options?: SandboxOptions) => open(options, callCommand)

const deployed = { account: '999988887777', role: 'Deploy', region: 'eu-west-1' }

describe('assume console opens as', () => {
  it('a profile of Identity Center, by a link of the portal and without the network', async () => {
    const opened = await openWorld()
    const { status, stdout, stderr } = await opened.open(['dev-profile', '-s', 's3'])
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: '',
      stderr: 'assume: opened dev-profile · 123456789011 FullAccess · eu-west-1 in stub\n',
    })
    const link = new URL(await opened.readAddress())
    expect(link.origin).toBe(opened.world.sandbox.url)
    expect(link.pathname).toBe('/start/')
    expect(Object.fromEntries(new URLSearchParams(link.hash.replace('#/console?', '')))).toEqual({
      account_id: '123456789011',
      role_name: 'FullAccess',
      destination: 'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1',
    })
    expect(opened.world.takeRequests()).toEqual([])
  })

  it('a stored key, which is asked for a federation itself, and a role on top as any other', async () => {
    const opened = await openWorld()
    const { world } = opened
    await storeKey(world.home, 'stored')
    const services = 'services = sandbox\nregion = eu-west-1\n'
    const config = join(world.home.path, '.aws/config')
    appendFileSync(
      config,
      `[profile stored]\nassume_keys = file\n${services}[profile top]\nrole_arn = arn:aws:iam::999988887777:role/Deploy\nsource_profile = stored\n${services}`,
    )
    const openAs = (name: string, ...words: string[]) => {
      const env = { ...world.env, TERM: 'dumb' }
      const answers = [passphrase]
      return callCommand(world.home, ['console', '--browser', opened.browser, name, ...words], {
        env,
        answers,
      })
    }
    expect((await openAs('stored', '--no-login')).status).toBe(3)
    expect((await openAs('stored')).status).toBe(0)
    expect(await opened.follow(await opened.readAddress())).toMatchObject({
      account: '111122223333',
      user: 'me',
    })
    expect(world.takeRequests().slice(0, 2)).toEqual(['GetCallerIdentity', 'GetFederationToken'])
    expect((await openAs('top')).status).toBe(0)
    expect(world.takeRequests().slice(0, 2)).toEqual(['GetSessionToken', 'AssumeRole'])
  })

  it('a chain of roles, by a page that is fetched once', async () => {
    const opened = await open()
    const { status, stderr } = await opened.open(['deploy', '-s', 'ec2/home#Instances:'])
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'assume: opened deploy · 999988887777 Deploy · eu-west-1 in stub\n',
    })
    const address = await opened.readAddress()
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/)
    expect(await opened.follow(address)).toMatchObject({ ...deployed, service: 'ec2' })
    const again = await fetch(address)
    expect(again.status).toBe(404)
    expect(await again.text()).toMatch(/fetched already.*assume console --url/s)
  })

  it.each([
    [
      'a role with an MFA code',
      ['admin', '--mfa-code', '123456'],
      { account: '777788889999', role: 'Admin' },
    ],
    ['keys of a user', ['user'], { account: '111122223333', user: 'me' }],
    ['one more role', ['dev-profile', '--role', 'arn:aws:iam::999988887777:role/Deploy'], deployed],
    [
      'a role without a profile',
      ['--account', '999988887777', '--role-name', 'Admin', '-r', 'euw1', '--federate'],
      { account: '999988887777', role: 'Admin', region: 'eu-west-1' },
    ],
    [
      'a profile of Identity Center that federates',
      ['dev-profile', '--federate'],
      { account: '123456789011', role: 'FullAccess' },
    ],
  ])('%s', async (_what, words, facts) => {
    const opened = await openWorld()
    const env = words.includes('--account')
      ? { AWS_ENDPOINT_URL_SIGNIN: opened.world.sandbox.url, AWS_ENDPOINT_URL_SSO: opened.world.sandbox.url }
      : {}
    expect(await opened.open(words, env)).toMatchObject({ status: 0, stdout: '' })
    expect(await opened.follow(await opened.readAddress())).toMatchObject(facts)
  })

  it('whoever a helper program gives keys of, a role or a user', async () => {
    const opened = await openWorld()
    const keysOf = async (name: string) => (await opened.world.handOut(['credential-process', name])).stdout
    opened.world.home.write('keys.json', await keysOf('deploy'))
    expect(await opened.open(['process'])).toMatchObject({ status: 0 })
    expect(await opened.follow(await opened.readAddress())).toMatchObject(deployed)
    opened.world.home.write('keys.json', await keysOf('user'))
    expect((await opened.world.handOut(['console', 'process', '--url'])).status).toBe(0)
  })

  it('the keys in the environment', async () => {
    const opened = await openWorld()
    const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(
      (await opened.world.handOut(['credential-process', 'deploy'])).stdout,
    )
    const { url } = opened.world.sandbox
    const env = {
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      AWS_SESSION_TOKEN: SessionToken,
      AWS_REGION: 'us-east-2',
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_SIGNIN: url,
    }
    const { status, stderr } = await opened.open([], env)
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'assume: opened the keys in the environment · us-east-2 in stub\n',
    })
    expect(await opened.follow(await opened.readAddress())).toMatchObject({
      ...deployed,
      region: 'us-east-2',
    })
  })

  it('who is active, in the region of the shell', async () => {
    const opened = await openWorld()
    const { stdout } = await opened.world.assume(['console', '--url'], {
      AWS_PROFILE: 'dev-profile',
      AWS_REGION: 'us-west-2',
    })
    expect(decodeURIComponent(stdout)).toContain(
      'https://us-west-2.console.aws.amazon.com/console/home?region=us-west-2',
    )
  })
})

describe('--url prints', () => {
  it('one address a line, in the order of names and pages, and nothing else', async () => {
    const { world } = await open()
    const { status, stdout, stderr } = await world.handOut([
      'console',
      'dev-profile',
      'deploy',
      '-s',
      's3',
      '--url',
      '-s',
      'ec2',
    ])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const pages = stdout
      .trimEnd()
      .split('\n')
      .map((line) => /(s3|ec2)%2Fhome/.exec(line)?.[1])
    expect(pages).toEqual(['s3', 'ec2', 's3', 'ec2'])
    const [, , login = ''] = stdout.split('\n')
    expect(login).toMatch(
      new RegExp(
        `^${world.sandbox.url}/federation\\?Action=login&Issuer=[^&]*&Destination=[^&]*&SigninToken=[^&]*$`,
      ),
    )
  })

  it.each([
    ['over SSH', { SSH_CONNECTION: '1 2 3 4', DISPLAY: ':0' }],
    ['without a display', {}],
  ])('by itself %s', async (_where, env) => {
    const { world } = await openWorld()
    expect((await world.assume(['console', 'dev-profile'], env)).stdout).toMatch(/^http\S*\n$/)
  })
})

describe('of several', () => {
  it('one that fails does not stop the others', async () => {
    const { world } = await openWorld()
    const { status, stdout, stderr } = await world.handOut([
      'console',
      'nobody',
      'dev-profile',
      'user',
      '-s',
      's3',
      '--url',
    ])
    expect(status).toBe(1)
    expect(stdout.trimEnd().split('\n')).toHaveLength(2)
    expect(stderr).toMatch(/^assume: there is no profile nobody/)
  })

  it('each is guarded once', async () => {
    const { world } = await openWorld()
    world.home.write(
      '.config/assume/config',
      '[plugin protect]\nenabled = yes\nhooks = guard\nprofiles = dev-profile, deploy\n',
    )
    const words = ['console', 'dev-profile', 'deploy', 'user', '-s', 's3', '-s', 'ec2', '--url']
    const { status, stdout, stderr } = await world.handOut(words)
    expect(status).toBe(1)
    expect(stdout.trimEnd().split('\n')).toHaveLength(2)
    expect(stderr.match(/there is no terminal to ask on/g)).toHaveLength(2)
    expect(stderr).toContain('assume console --profile dev-profile     in a terminal')
    const alone = await world.assume(['console', 'deploy'])
    expect(alone).toMatchObject({ status: 3, stdout: '' })
  })

  it('each is guarded by a plugin whose hooks nobody has asked for yet', async () => {
    const { world } = await openWorld()
    world.home.write('.config/assume/config', '[plugin protect]\nenabled = yes\nprofiles = deploy\n')
    const { status, stdout, stderr } = await world.assume(['console', 'deploy', '--url'])
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toContain('there is no terminal to ask on')
  })
})

describe('what is refused', () => {
  it.each([
    ['javascript:alert(1)//https://x/'],
    ['file:///etc/passwd'],
    ['-x'],
    ['http://portal.example/start'],
  ])('is the portal %s, before anything is opened', async (startUrl) => {
    const { world, browser } = await openWorld()
    const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8')
    world.home.writeAws(config.replace('https://sso-portal.awsapps.com/start', startUrl))
    for (const words of [['--browser', browser], ['--url']]) {
      const { status, stdout, stderr } = await world.assume(['console', 'dev-profile', ...words])
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).toContain('sso_start_url of devto-article is none that a browser may open')
    }
    expect(existsSync(join(world.home.path, 'argv'))).toBe(false)
  })

  it('is an endpoint for other services: the keys go to Sign-In, and a link to the portal', async () => {
    const { world, browser } = await openWorld()
    const other = await startHttpServer(() => [200, { SigninToken: 'stolen' }])
    const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8')
    world.home.writeAws(
      config
        .replace(/signin =\n {2}endpoint_url = .*\n/, `s3 =\n  endpoint_url = ${other.url}\n`)
        .replaceAll('services = sandbox', `services = sandbox\nendpoint_url = ${other.url}`),
    )
    const env = { AWS_ENDPOINT_URL: other.url, AWS_ENDPOINT_URL_S3: other.url }
    // The proxy leads to the sandbox.
    const { stdout } = await world.handOut(['console', 'deploy', '--url'], {
      ...env,
      AWS_ENDPOINT_URL_STS: world.sandbox.url,
      AWS_ENDPOINT_URL_SSO: world.sandbox.url,
    })
    expect(stdout).toMatch(/^https:\/\/eu-west-1\.signin\.aws\.amazon\.com\/federation\?/)
    const link = await world.assume(['console', 'dev-profile', '--url'], env)
    expect(link.stdout).toMatch(/^https:\/\/sso-portal\.awsapps\.com\/start\/#\/console\?/)
    expect(other.requests).toEqual([])
    expect(browser).not.toBe('')
  })

  it('are temporary keys of a user', async () => {
    const { world } = await openWorld()
    const { AccessKeyId, SecretAccessKey } = JSON.parse(
      (await world.handOut(['credential-process', 'user'])).stdout,
    )
    const sts = new STSClient({
      endpoint: world.sandbox.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
    })
    const { Credentials: keys } = await sts.send(new GetSessionTokenCommand({}))
    const { status, stdout, stderr } = await world.assume(['console', '--url'], {
      AWS_ACCESS_KEY_ID: keys?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: keys?.SessionToken ?? '',
      AWS_ENDPOINT_URL: world.sandbox.url,
      AWS_REGION: 'eu-west-1',
    })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/opens no console with temporary keys of arn:aws:iam::111122223333:user\/me/)
  })
})

it('without a browser that starts, the next command is said', async () => {
  const { world } = await open()
  const { status, stdout, stderr } = await world.assume(
    ['console', 'deploy', '--browser', '/nowhere/at-all %s'],
    { BROWSER: '/nor/here' },
  )
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toMatch(
    /deploy: no browser could be started for the console\n {2}assume console --profile=deploy --url\n$/,
  )
})

it('keys that are nearly over are renewed first', async () => {
  const { world } = await openWorld({ roleSessionLifetime: 3600 })
  const near = new Date(Date.now() + 90_000).toISOString()
  const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(
    (await world.handOut(['credential-process', 'deploy'])).stdout,
  )
  const keys = { Version: 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration: near }
  world.home.write('keys.json', JSON.stringify(keys))
  world.home.write(
    'fresh.json',
    JSON.stringify({ ...keys, Expiration: new Date(Date.now() + 3600_000).toISOString() }),
  )
  const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8')
  const command = "sh -c 'echo >> runs; cat keys.json; cp fresh.json keys.json'"
  world.home.writeAws(config.replace(/credential_process = .*/, `credential_process = ${command}`))
  expect((await world.handOut(['console', 'process', '--url'])).status).toBe(0)
  expect(readFileSync(join(world.home.path, 'runs'), 'utf8')).toBe('\n\n')
})

describe('what is active', () => {
  const shellOf = async (world: World, words: readonly string[]) => {
    const { stdout } = await world.handOut(['env', ...words, '--format', 'json'])
    return JSON.parse(stdout).set as Record<string, string>
  }

  it('with one more role on top is that role, and not the profile alone', async () => {
    const opened = await openWorld()
    const env = await shellOf(opened.world, [
      'dev-profile',
      '--role',
      'arn:aws:iam::999988887777:role/Deploy',
    ])
    const more = {
      AWS_ENDPOINT_URL: opened.world.sandbox.url,
      AWS_ENDPOINT_URL_SIGNIN: opened.world.sandbox.url,
    }
    const { status, stderr } = await opened.open([], { ...env, ...more })
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'assume: opened dev-profile · 999988887777 Deploy · eu-west-1 in stub\n',
    })
    expect(await opened.follow(await opened.readAddress())).toMatchObject(deployed)
    const over = { ...env, ...more, AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z' }
    expect(await opened.open([], over)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('dev-profile: the keys in the environment are over'),
    })
  })

  it('by keys that the files lead to is a link', async () => {
    const { world } = await openWorld()
    const env = await shellOf(world, ['--export', 'dev-profile'])
    expect((await world.assume(['console', '--url'], env)).stdout).toContain(
      '#/console?account_id=123456789011',
    )
  })

  it('without a profile, where there are several sessions, is by the keys', async () => {
    const { world } = await openWorld()
    const { url } = world.sandbox
    const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8')
    world.home.writeAws(
      `${config}[sso-session other]\nsso_region = eu-west-2\nsso_start_url = https://other.awsapps.com/start\n[profile other]\nsso_session = other\n`,
    )
    const words = ['--account', '999988887777', '--role-name', 'Admin']
    const open = { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_SIGNIN: url }
    const asked = await world.assume(['console', ...words, '--url'], open)
    expect(asked).toMatchObject({ status: 2, stdout: '' })
    expect(asked.stderr).toContain(
      '  assume --account 999988887777 --role-name Admin --session devto-article\n',
    )
    const { stdout } = await world.handOut(
      ['env', ...words, '--session', 'devto-article', '--format', 'json'],
      open,
    )
    const shell = { ...JSON.parse(stdout).set, ...open, AWS_REGION: 'eu-west-1' }
    expect((await world.handOut(['console', '--url'], shell)).stdout).toContain('/federation?Action=login')
  })
})

it('one more role goes on top of the keys in the environment', async () => {
  const opened = await openWorld()
  const { url } = opened.world.sandbox
  const { AccessKeyId, SecretAccessKey } = JSON.parse(
    (await opened.world.handOut(['credential-process', 'user'])).stdout,
  )
  const env = {
    AWS_ACCESS_KEY_ID: AccessKeyId,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey,
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_SIGNIN: url,
    AWS_REGION: 'eu-west-1',
  }
  expect((await opened.open(['--role', 'arn:aws:iam::999988887777:role/Deploy'], env)).stderr).toBe(
    'assume: opened the keys in the environment · 999988887777 Deploy · eu-west-1 in stub\n',
  )
  expect(await opened.follow(await opened.readAddress())).toMatchObject(deployed)
  const half = await opened.open([], { ...env, AWS_SECRET_ACCESS_KEY: '' })
  expect(half.stderr).toContain('there are keys in the environment, and AWS_SECRET_ACCESS_KEY is not set')
})

describe('keys go to the sign-in host of their own partition:', () => {
  it.each([
    [['deploy', '-r', 'cn-north-1'], 'region cn-north-1 is of partition aws-cn, and deploy of aws'],
    [
      ['dev-profile', '-r', 'us-gov-west-1'],
      'region us-gov-west-1 is of partition aws-us-gov, and dev-profile of aws',
    ],
    [['dev-profile', '--federate', '-r', 'us-gov-west-1'], 'and dev-profile of aws'],
    [
      ['user', '-r', 'us-gov-west-1'],
      'the keys are those of arn:aws:iam::111122223333:user/me, of partition aws',
    ],
  ])('%j', async (words, message) => {
    const { world } = await openWorld()
    const { status, stdout, stderr } = await world.assume(['console', ...words, '--url'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(world.takeRequests()).not.toContain('GetSigninToken')
  })
})

describe('the browser', () => {
  it.each([
    [['--container', 'foo'], 'there is no container add-on foo'],
    [['--browser', ' '], '--browser needs a name or a command'],
  ])('cannot be %j', async (words, message) => {
    const { world } = await openWorld()
    const { status, stderr } = await world.assume(['console', 'dev-profile', ...words])
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })

  it('is told of a key that counts for nothing', async () => {
    const { world } = await openWorld()
    world.home.write('.config/assume/config', 'assume_container = Granted\n')
    expect((await world.assume(['console', 'dev-profile', '--url'])).stderr).toContain(
      'assume_container = Granted counts for nothing; there are granted, container, off',
    )
  })

  it('can be none: then addresses are printed', async () => {
    const { world } = await openWorld()
    world.home.write('.config/assume/config', 'assume_browser = off\n')
    const { stdout, stderr } = await world.assume(['console', 'dev-profile'], { DISPLAY: ':9' })
    expect({ isLink: stdout.includes('#/console?'), stderr }).toEqual({ isLink: true, stderr: '' })
  })
})

it('in CI a sign-in is printed where that is asked for, and a link anyway', async () => {
  const { world } = await openWorld()
  const { status, stdout, stderr } = await world.assume(['console', 'deploy', '-s', 's3'], { CI: 'true' })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain('  assume console --profile=deploy --service=s3 --url\n')
  expect((await world.handOut(['console', 'deploy', '--url'], { CI: 'true' })).status).toBe(0)
  expect((await world.assume(['console', 'dev-profile'], { CI: 'true' })).status).toBe(0)
})

describe('the same as a switch', () => {
  it.each([
    [['-c', 'dev-profile']],
    [['dev-profile', '--console']],
    [['-s', 's3', 'dev-profile']],
    [['-cs', 's3', '-p', 'dev-profile']],
  ])('assume %j', async (words) => {
    const { world } = await openWorld()
    const { status, stdout, stderr } = await world.assume([...words, '--url'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/account_id=123456789011/)
    expect(existsSync(join(world.home.path, '.local/state/assume/history'))).toBe(false)
  })

  it.each([
    [['dev-profile', '--url'], '--url goes with --console'],
    [['dev-profile', '--browser', 'chrome'], '--browser goes with --console'],
    [['-c', 'dev-profile', '--export'], '--export does not go with a console'],
    [['-c', 'dev-profile', '--dry-run'], '--dry-run does not go with a console'],
    [['-c', 'dev-profile', '--unset'], '--unset does not go with a console'],
    [['dev-profile', 'deploy'], 'one word too many: deploy'],
  ])('assume %j is wrong', async (words, message) => {
    const { world } = await openWorld()
    const { status, stdout, stderr } = await world.assume(words)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(message)
  })
})

it('a profile called console is told of once', async () => {
  const { world } = await openWorld()
  world.home.writeAws(
    `${readFileSync(join(world.home.path, '.aws/config'), 'utf8')}\n[profile console]\nregion = eu-west-1\n`,
  )
  const say = async () => (await world.assume(['console', 'dev-profile', '--url'])).stderr
  expect(await say()).toBe(
    'assume: console is a command now; to switch to the profile of that name: assume --profile console\n',
  )
  expect(await say()).toBe('')
})

it('a FIPS region signs in at a FIPS host', async () => {
  const role = 'arn:aws-us-gov:iam::999988887777:role/Deploy'
  const { world } = await openWorld({ roles: [{ arn: role }] })
  const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8')
  world.home.writeAws(
    `${config.replace(/signin =\n {2}endpoint_url = .*\n/, '')}[profile gov]\nrole_arn = ${role}\nsource_profile = user\nservices = sandbox\nregion = fips-us-gov-east-1\n`,
  )
  const { status, stderr } = await world.assume(['console', 'gov', '--url'])
  expect(status).toBe(1)
  expect(stderr).toMatch(/^assume: gov: the proxy .* us-gov-east-1\.signin-fips\.amazonaws-us-gov\.com/)
})
