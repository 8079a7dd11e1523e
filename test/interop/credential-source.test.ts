import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { viewDocuments } from '../../src/profiles/config/reader-view.ts'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import type { Tool } from '../../src/status/credential-source.ts'
import { findToolSource } from '../../src/status/tool-sources.ts'
import { findAwsCli, findBotocore, timestamp, World } from './world.ts'

type Environment = Readonly<Record<string, string>>

const helpers = ['helper', 'helper-and-keys', 'helper-and-nothing', 'keys-and-helper', 'helper-and-empty']
/**
 * Every source has an identity of its own, whose name is what is foretold of it: `sso.sso` is the role that profile sso
 * has in Identity Center, `both.static` the user behind the keys in profile both.
 */
const users = [
  'environment',
  'container',
  'instance',
  'base',
  ...helpers.map((each) => `${each}.process`),
  ...[
    'default',
    'static',
    'both',
    'helper-and-keys',
    'helper-and-nothing',
    'keys-and-helper',
    'with space',
    'cafe',
    'quoted',
    'indented',
    'comma,name',
    'in valid 2',
    'padded',
    'padded-keys',
    'empty-process',
    'empty-process-and-keys',
    'half-in-config',
    'half-in-credentials',
    'whole-and-half',
    'keys-of-no-session',
    'keys-of-empty-session',
    'keys-and-empty-role',
  ].map((each) => `${each}.static`),
]
const ssoRoles = [
  'sso.sso',
  'legacy.sso',
  'both.sso',
  'role-and-sso.sso',
  'differing.sso',
  'empty-role.sso',
  'empty-session.sso',
]
const keysOf = (name: string) => ({
  accessKeyId: `AKIA${name.replace(/\W/g, '').toUpperCase().padEnd(16, 'X')}`,
  secretAccessKey: `secret-of-${name}`,
})
const staticKeys = (name: string) =>
  `aws_access_key_id = ${keysOf(name).accessKeyId}\naws_secret_access_key = ${keysOf(name).secretAccessKey}\n`
const roleArn = (name: string) => `arn:aws:iam::111122223333:role/${name}`
const sso = (role: string) => `sso_session = s\nsso_account_id = 111122223333\nsso_role_name = ${role}\n`
const helper = (name: string) => `credential_process = cat ${name}.json\n`
const tokenFile = 'web_identity_token_file = token\n'

const emptied = (key: string) => `[profile empty-${key}]
role_arn = ${roleArn(`empty-${key}.role`)}
source_profile = base
${key} =
`

const chained = (name: string, source: string, more = '') =>
  `[profile ${name}]\nrole_arn = ${roleArn(`${name}.role`)}\nsource_profile = ${source}\n${more}`
const [idOf, secretOf] = [0, 1].map(
  (line) => (name: string) => `${staticKeys(name).split('\n')[line]}\n`,
) as [typeof staticKeys, typeof staticKeys]
const lost = 'sso_session = nowhere\n'

const chains = `
${chained('chained', 'role')}${chained('circle', 'circle-back')}${chained('circle-back', 'circle')}
${chained('itself', 'itself')}${chained('far-lost', 'lost-source')}${chained('of-nothing', 'region-only')}
${chained('of-half', 'half')}${chained('of-lost-session', 'lost-session')}${chained('of-keys', 'keyed')}
${chained('keyed', 'nowhere', staticKeys('base'))}${chained('role-of-no-session', 'base', lost)}
[profile half-in-config]
${idOf('half-in-config.static')}
[profile half-in-credentials]
${secretOf('half-in-credentials.static')}
[profile whole-and-half]
${staticKeys('whole-and-half.static')}
[profile keys-of-no-session]
${lost}${staticKeys('keys-of-no-session.static')}
[profile keys-of-empty-session]
sso_session =
${staticKeys('keys-of-empty-session.static')}
[profile helper-and-empty]
${helper('helper-and-empty')}sso_account_id =
[profile keys-and-empty-role]
role_arn =
`
const chainedCredentials = `
[half-in-config]
${secretOf('half-in-config.static')}
[half-in-credentials]
${idOf('half-in-credentials.static')}
[whole-and-half]
${secretOf('whole-and-half.static')}
[keys-and-empty-role]
${staticKeys('keys-and-empty-role.static')}
`

const config = `${chains}
[profile sso]
${sso('sso.sso')}
[profile legacy]
sso_start_url = https://sso-portal.awsapps.com/start
sso_region = eu-west-2
sso_account_id = 111122223333
sso_role_name = legacy.sso
[profile both]
${sso('both.sso')}${staticKeys('both.static')}
[profile role]
role_arn = ${roleArn('role.role')}
source_profile = base
[profile own]
role_arn = ${roleArn('own.role')}
source_profile = own
${staticKeys('base')}
[profile environment-role]
role_arn = ${roleArn('environment-role.role')}
credential_source = Environment
[profile web]
role_arn = ${roleArn('web.web-identity')}
${tokenFile}
[profile helper]
${helper('helper')}
[profile helper-and-keys]
${helper('helper-and-keys')}${staticKeys('helper-and-keys.static')}
[profile helper-and-nothing]
${helper('helper-and-nothing')}${staticKeys('helper-and-nothing.static')}
[profile keys-and-helper]
${helper('keys-and-helper')}
[profile role-and-sso]
role_arn = ${roleArn('role.role')}
${sso('role-and-sso.sso')}
[profile two-sources]
role_arn = ${roleArn('role.role')}
source_profile = base
credential_source = Environment
[profile lost-source]
role_arn = ${roleArn('role.role')}
source_profile = nowhere
[profile token-only]
sso_session = s
[profile lost-session]
sso_session = nowhere
sso_account_id = 111122223333
sso_role_name = sso.sso
[profile differing]
sso_region = eu-west-1
${sso('differing.sso')}
[profile mfa]
role_arn = ${roleArn('role.role')}
source_profile = base
mfa_serial = arn:aws:iam::111122223333:mfa/me
[profile 'with space']
${staticKeys('with space.static')}
[profile half]
aws_access_key_id = ${keysOf('half.static').accessKeyId}
[profile café]
${staticKeys('cafe.static')}
[profile "quoted"]
${staticKeys('quoted.static')}
[profile indented]
${staticKeys('indented.static').replace(/^/gm, '  ').trimEnd()}
[ profile padded ]
${staticKeys('padded.static')}
[profile empty-process]
credential_process =
${staticKeys('empty-process.static')}
[profile empty-process-and-keys]
credential_process =
[profile empty-session]
sso_session =
sso_start_url = https://sso-portal.awsapps.com/start
sso_region = eu-west-2
sso_account_id = 111122223333
sso_role_name = empty-session.sso
[profile empty-role]
role_arn =
${sso('empty-role.sso')}
${emptied('external_id')}${emptied('web_identity_token_file')}${emptied('credential_source')}
[profile ecs-role]
role_arn = ${roleArn('ecs-role.role')}
credential_source = EcsContainer
[profile instance-role]
role_arn = ${roleArn('instance-role.role')}
credential_source = Ec2InstanceMetadata
[profile odd-role]
role_arn = ${roleArn('role.role')}
credential_source = Elsewhere
[profile no-source]
role_arn = ${roleArn('role.role')}
[profile empty-login]
login_session =
[profile secret-only]
aws_secret_access_key = x
[profile token-without-role]
${tokenFile}
[profile empty]
[profile region-only]
region = eu-west-1
[sso-session s]
sso_region = eu-west-2
sso_start_url = https://sso-portal.awsapps.com/start
`
const withDefault = `[default]\n${staticKeys('default.static')}${config}`
const credentials = `
[base]
${staticKeys('base')}
[static]
${staticKeys('static.static')}
[comma,name]
${staticKeys('comma,name.static')}
[in valid 2]
${staticKeys('in valid 2.static')}
[ padded-keys ]
${staticKeys('padded-keys.static')}
[empty-process-and-keys]
${staticKeys('empty-process-and-keys.static')}
[keys-and-helper]
${staticKeys('keys-and-helper.static')}
[helper-and-nothing]
region = eu-west-1
${chainedCredentials}`

const keys: Environment = {
  AWS_ACCESS_KEY_ID: keysOf('environment').accessKeyId,
  AWS_SECRET_ACCESS_KEY: keysOf('environment').secretAccessKey,
}
const webIdentity: Environment = {
  AWS_WEB_IDENTITY_TOKEN_FILE: 'token',
  AWS_ROLE_ARN: roleArn('environment-web'),
}
const past = timestamp(-60)
const profile = (name: string): Environment => ({ AWS_PROFILE: name })

const environments: readonly Environment[] = [
  {},
  keys,
  { AWS_ACCESS_KEY_ID: keysOf('environment').accessKeyId },
  { ...keys, AWS_CREDENTIAL_EXPIRATION: timestamp(3600) },
  { ...keys, AWS_CREDENTIAL_EXPIRATION: past },
  { ...keys, AWS_SECURITY_TOKEN: 'of-other-keys' },
  { ...keys, ...profile('sso') },
  { ...keys, ...profile('empty') },
  { ...keys, ...profile('nowhere') },
  { ...keys, AWS_DEFAULT_PROFILE: 'sso' },
  { ...keys, ...webIdentity },
  { AWS_PROFILE: '' },
  { ...keys, AWS_PROFILE: '' },
  { AWS_PROFILE: '', AWS_DEFAULT_PROFILE: 'sso' },
  { AWS_DEFAULT_PROFILE: 'static' },
  { AWS_DEFAULT_PROFILE: 'static', AWS_PROFILE: 'sso' },
  { AWS_DEFAULT_PROFILE: '', AWS_PROFILE: 'sso' },
  { AWS_DEFAULT_PROFILE: 'nowhere', AWS_PROFILE: 'sso' },
  ...(
    'sso legacy both role own web helper helper-and-keys helper-and-nothing keys-and-helper static role-and-sso two-sources lost-source token-only lost-session ' +
    'differing mfa half empty region-only nowhere default ' +
    'café quoted indented padded padded-keys comma,name empty-process empty-process-and-keys empty-session empty-role empty-external_id empty-web_identity_token_file empty-credential_source environment-role ecs-role instance-role odd-role no-source empty-login secret-only token-without-role'
  )
    .split(' ')
    .map(profile),
  ...(
    'chained circle itself far-lost of-nothing of-half of-lost-session of-keys role-of-no-session half-in-config ' +
    'half-in-credentials whole-and-half keys-of-no-session keys-of-empty-session helper-and-empty keys-and-empty-role'
  )
    .split(' ')
    .map(profile),
  { ...keys, ...profile('keys-of-no-session') },
  profile('with space'),
  profile('in valid 2'),
  { AWS_SECRET_ACCESS_KEY: 'x' },
  { AWS_ACCESS_KEY_ID: keysOf('environment').accessKeyId, ...profile('static') },
  { AWS_SECRET_ACCESS_KEY: 'x', ...profile('static') },
  ...['soon', '2030-01-01', '2030-01-01T00:00:00', 'Jan 1 2030 10:00', 'Tue, 01 Jan 2030 10:00:00 GMT'].map(
    (time) => ({ ...keys, AWS_CREDENTIAL_EXPIRATION: time }),
  ),
  { ...keys, AWS_CREDENTIAL_EXPIRATION: '' },
  { ...keys, AWS_CREDENTIAL_EXPIRATION: past, ...profile('static') },
  { ...keys, ...profile('padded') },
  { AWS_CONFIG_FILE: '', ...profile('sso') },
  { AWS_CONFIG_FILE: '', ...profile('static') },
  { AWS_CONFIG_FILE: '~/.aws/config', ...profile('sso') },
  { AWS_CONFIG_FILE: '~/.aws/config', ...profile('legacy') },
  { AWS_CONFIG_FILE: '~/.aws/config', ...profile('role') },
  { AWS_SHARED_CREDENTIALS_FILE: '', ...profile('static') },
  { AWS_SHARED_CREDENTIALS_FILE: '', ...profile('keys-and-helper') },
  { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'METADATA/container', ...profile('ecs-role') },
  { AWS_CONTAINER_CREDENTIALS_FULL_URI: '' },
  { AWS_CONTAINER_CREDENTIALS_FULL_URI: '', ...profile('static') },
  { AWS_EC2_METADATA_DISABLED: 'false', ...profile('instance-role') },
  { AWS_EC2_METADATA_DISABLED: 'false', ...profile('nowhere') },
  { ...keys, ...profile('environment-role') },
  webIdentity,
  { ...webIdentity, ...profile('sso') },
  { ...webIdentity, ...profile('role') },
  { ...webIdentity, ...profile('web') },
  { ...webIdentity, ...profile('region-only') },
  { ...webIdentity, ...profile('nowhere') },
  { AWS_WEB_IDENTITY_TOKEN_FILE: 'token' },
  { AWS_WEB_IDENTITY_TOKEN_FILE: '', ...profile('web') },
  { AWS_ROLE_ARN: roleArn('environment-web') },
  { AWS_ROLE_ARN: roleArn('environment-web'), ...profile('web') },
  { AWS_ROLE_ARN: '', ...profile('web') },
  { AWS_ROLE_ARN: roleArn('environment-web'), ...profile('role') },
  { ...webIdentity, ...profile('helper') },
  { ...webIdentity, ...keys, ...profile('sso') },
  { AWS_ROLE_ARN: roleArn('environment-web'), ...profile('static') },
  { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'METADATA/container' },
  { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'METADATA/container', ...keys },
  { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'METADATA/container', ...profile('static') },
  { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'METADATA/container', ...profile('empty') },
  { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'METADATA/container', ...webIdentity },
  { AWS_EC2_METADATA_DISABLED: 'false' },
  { AWS_EC2_METADATA_DISABLED: 'yes' },
  { AWS_EC2_METADATA_DISABLED: 'false', ...profile('region-only') },
  { AWS_EC2_METADATA_DISABLED: 'false', ...profile('sso') },
]

const allCases = environments.flatMap((env) => [
  { env, hasDefault: false },
  ...(env['AWS_PROFILE'] ? [] : [{ env, hasDefault: true }]),
])

/** All but the JavaScript SDK ask for an MFA code on the terminal. */
const casesOf = (tool: Tool) =>
  allCases.filter(({ env }) => tool === 'js-sdk' || env['AWS_PROFILE'] !== 'mfa')

const describeCase = ({ env, hasDefault }: (typeof allCases)[number]) =>
  `${JSON.stringify(env)}${hasDefault ? ' and a default profile' : ''}`

/** What is expected of a tool, in the words of `identify`. */
function foretell(tool: Tool): Record<string, string> {
  const now = Date.now()
  return Object.fromEntries(
    casesOf(tool).map((each) => {
      const text = each.hasDefault ? withDefault : config
      const documents = [parseDocument(text, 'config'), parseDocument(credentials, 'credentials')] as const
      const files = mergeDocuments(...documents)
      const env = { AWS_EC2_METADATA_DISABLED: 'true', ...each.env }
      const { kind, profile, method } = findToolSource(tool, {
        env,
        config: files,
        readAs: viewDocuments(documents, env),
        now,
      })
      return [describeCase(each), [kind, profile, method].filter(Boolean).join(' ').replace('é', 'e')]
    }),
  )
}

/** What the identity that a tool has reported tells of its source. */
function identify(report: string): string {
  // Only those of the environment can go with a token that is not theirs.
  if (report.includes('InvalidClientTokenId')) return 'environment'
  const [, name] =
    /:(?:user|assumed-role)\/(?:AWSReservedSSO_)?([^/]+?)(?:_[0-9a-f]{16})?(?:\/|$)/.exec(report) ?? []
  if (name === undefined) return `none (${report})`
  if (name === 'environment-web') return 'web-identity'
  const [profile, method] = name.split('.')
  return method === undefined ? name : `profile ${profile} ${method}`
}

/** A world in which every source works, with the environment that each case starts from. */
async function openWorld(): Promise<{ world: World; base: Record<string, string>; metadata: string }> {
  const emptyRoles = ['external_id', 'web_identity_token_file', 'credential_source'].map(
    (key) => `empty-${key}.role`,
  )
  const roles = [
    'role.role',
    ...'chained circle circle-back itself far-lost of-nothing of-half of-lost-session of-keys keyed role-of-no-session'
      .split(' ')
      .map((name) => `${name}.role`),
    'own.role',
    'environment-role.role',
    'ecs-role.role',
    'instance-role.role',
    ...emptyRoles,
  ]
  const webRoles = ['web.web-identity', 'environment-web']
  const world = await World.open({
    accounts: [{ id: '111122223333', roles: ssoRoles }],
    iamUsers: users.map((name) => ({ name, accountId: '111122223333', ...keysOf(name) })),
    roles: [
      ...roles.map((name) => ({ arn: roleArn(name) })),
      ...webRoles.map((name) => ({ arn: roleArn(name), webIdentityToken: 'sandbox.web-identity.token' })),
    ],
  })
  world.home.writeAws(config, credentials)
  world.home.write('.aws/with-default', withDefault)
  world.home.write('token', 'sandbox.web-identity.token')
  for (const name of helpers) {
    const { accessKeyId, secretAccessKey } = keysOf(`${name}.process`)
    const answer = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey }
    world.home.write(`${name}.json`, JSON.stringify(answer))
  }
  await world.logIn('s')
  await world.logIn('legacy')
  const metadata = await startMetadata()
  const base = {
    ...sandboxEnvironment(world.sandbox.url),
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    // Older botocores need the slash.
    AWS_EC2_METADATA_SERVICE_ENDPOINT: `${metadata}/`,
  }
  return { world, base, metadata }
}

/** The services of a container and of an instance at one address, which it returns. */
async function startMetadata(): Promise<string> {
  const answer = (name: string) => {
    const { accessKeyId, secretAccessKey } = keysOf(name)
    const terms = { Code: 'Success', Token: '', Expiration: timestamp(3600), LastUpdated: timestamp(0) }
    return JSON.stringify({ ...terms, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey })
  }
  const roles = '/latest/meta-data/iam/security-credentials/'
  const answers: Record<string, string> = {
    '/container': answer('container'),
    '/latest/api/token': 'token',
    [roles]: 'instance',
    [`${roles}instance`]: answer('instance'),
  }
  const server = createServer(({ url = '' }, response) => {
    const text = answers[url]
    response.writeHead(text === undefined ? 404 : 200, { 'x-aws-ec2-metadata-token-ttl-seconds': '60' })
    response.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The environments of the cases, as a tool gets them. */
function listEnvironments(tool: Tool, { world, base, metadata }: Awaited<ReturnType<typeof openWorld>>) {
  return casesOf(tool).map(({ env, hasDefault }) => {
    const whole = { ...base, AWS_EC2_METADATA_DISABLED: 'true', ...env }
    const own = Object.entries(whole).map(([name, value]) => [name, value.replace('METADATA', metadata)])
    const files = hasDefault ? { AWS_CONFIG_FILE: join(world.home.path, '.aws/with-default') } : {}
    return { ...files, ...Object.fromEntries(own) } as Record<string, string>
  })
}

/** Compares by case; where nothing was foretold, any complaint will do. */
function compare(tool: Tool, reports: readonly string[]): void {
  const foretold = foretell(tool)
  const found = casesOf(tool).map((each, index) => {
    const name = describeCase(each)
    const source = identify(reports[index] ?? '')
    return [name, foretold[name] === 'none' ? source.replace(/^none .*/s, 'none') : source]
  })
  expect(Object.fromEntries(found)).toEqual(foretold)
}

const aws = findAwsCli()

/** What the AWS CLI says in each environment. */
async function askAwsCli(world: World, environments: readonly Environment[]): Promise<string[]> {
  const words = ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text']
  const reports: string[] = []
  const rest = [...environments.entries()]
  const askForTheRest = async () => {
    for (let each = rest.shift(); each; each = rest.shift()) {
      const [index, env] = each
      const { status, stdout, stderr } = await world.runAwsCli(words, env)
      reports[index] = (status === 0 ? stdout : stderr).trim()
    }
  }
  await Promise.all([askForTheRest(), askForTheRest(), askForTheRest()])
  return reports
}
const python = findBotocore()

describe('the source of keys is foretold', () => {
  it.skipIf(!aws)(
    'of the AWS CLI',
    async () => {
      const opened = await openWorld()
      compare('aws-cli', await askAwsCli(opened.world, listEnvironments('aws-cli', opened)))
    },
    900_000,
  )

  it.skipIf(!python)('of boto3', async () => {
    const opened = await openWorld()
    const path = opened.world.home.write('cases.json', JSON.stringify(listEnvironments('boto3', opened)))
    const program = [
      'import json, os, sys, botocore.session',
      'base, reports = dict(os.environ), []',
      "loader = botocore.session.Session().get_component('data_loader')",
      'for case in json.load(open(sys.argv[1])):',
      '    os.environ.clear()',
      '    os.environ.update({**base, **case})',
      '    try:',
      '        session = botocore.session.Session()',
      // It has read the descriptions of the services, which are the same for all and take most of a session.
      "        session.register_component('data_loader', loader)",
      "        client = session.create_client('sts')",
      "        reports.append(client.get_caller_identity()['Arn'])",
      '    except Exception as error:',
      '        reports.append(repr(error))',
      'print(json.dumps(reports))',
    ].join('\n')
    const { stdout } = await opened.world.run(python ?? '', ['-c', program, path])
    compare('boto3', JSON.parse(stdout))
  })

  it('of the AWS SDK for JavaScript', async () => {
    const opened = await openWorld()
    const path = opened.world.home.write('cases.json', JSON.stringify(listEnvironments('js-sdk', opened)))
    const program = [
      "import { readFileSync } from 'node:fs'",
      "import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'",
      'console.warn = () => {}',
      'process.chdir(process.env.HOME)',
      'const base = process.env',
      'const reports = []',
      `for (const env of JSON.parse(readFileSync('${path}', 'utf8'))) {`,
      '  process.env = { ...base, ...env }',
      '  const question = new STSClient({}).send(new GetCallerIdentityCommand({}))',
      '  reports.push(await question.then(({ Arn }) => Arn, (error) => String(error)))',
      '}',
      'process.stdout.write(JSON.stringify(reports))',
    ].join('\n')
    const { stdout, stderr } = await opened.world.runModule(program, {
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    })
    expect(stderr).toBe('')
    compare('js-sdk', JSON.parse(stdout))
  })
})
