import { describe, expect, it } from 'vitest'
import { fetchInstanceCredentials } from '../../../src/credentials/from/instance-metadata.ts'
import { findAwsCli, World } from '../../interop/world.ts'
import { createConnection } from '../../support/connection.ts'
import { type Answer, findClosedUrl, type SeenRequest, startHttpServer } from '../../support/http-server.ts'
import { catchFailure } from '../../support/setup-world.ts'

const keys = {
  Code: 'Success',
  Type: 'AWS-HMAC',
  AccessKeyId: 'ASIAEXAMPLE',
  SecretAccessKey: 'top-secret',
  Token: 'secret-too',
  Expiration: '2099-11-21T05:00:00Z',
}
const credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'top-secret',
  sessionToken: 'secret-too',
  expiresAt: Date.parse('2099-11-21T05:00:00Z'),
}

const [tokenLine, rolesLine, keysLine] = [
  'PUT /latest/api/token',
  'GET /latest/meta-data/iam/security-credentials/',
  'GET /latest/meta-data/iam/security-credentials/my-role_1+=,.@x',
]

/** An instance with its answers by request line; `changes` takes the place of some. */
function startInstance(changes: Record<string, (request: SeenRequest) => Answer> = {}) {
  const hasToken = ({ headers }: SeenRequest) => headers['x-aws-ec2-metadata-token'] === 'secret-imds'
  const answers: Record<string, (request: SeenRequest) => Answer> = {
    [tokenLine]: ({ headers }) =>
      headers['x-aws-ec2-metadata-token-ttl-seconds'] === '21600' ? [200, 'secret-imds'] : [400, ''],
    [rolesLine]: (request) => (hasToken(request) ? [200, 'my-role_1+=,.@x\n'] : [401, '']),
    [keysLine]: (request) => (hasToken(request) ? [200, keys] : [401, '']),
    ...changes,
  }
  return startHttpServer((request) => (answers[request.line] ?? (() => [404, '']))(request))
}

/** One that has the first version only, as it answers to a request for a token. */
const firstVersion = (answer: Answer) => ({
  [tokenLine]: () => answer,
  [rolesLine]: (): Answer => [200, 'my-role_1+=,.@x'],
  [keysLine]: ({ headers }: SeenRequest): Answer =>
    headers['x-aws-ec2-metadata-token'] === undefined ? [200, keys] : [401, ''],
})

function fetchFrom(url: string, env: Record<string, string> = {}, lines: string[] = []) {
  return fetchInstanceCredentials(
    { profile: 'instance', properties: new Map() },
    {
      ownEnv: { AWS_EC2_METADATA_SERVICE_ENDPOINT: url, ...env },
      ...createConnection(),
      trace: (line) => void lines.push(line),
    },
  )
}

describe('an EC2 instance', () => {
  it('gives the credentials of its role for a token', async () => {
    const { url, requests } = await startInstance()
    const lines: string[] = []
    expect(await fetchFrom(url, {}, lines)).toEqual(credentials)
    expect(requests.map(({ line }) => line)).toEqual([tokenLine, rolesLine, keysLine])
    expect(lines.join('\n')).not.toContain('secret-')
  })

  it.each<[string, Answer]>([
    ['403', [403, '']],
    ['404', [404, '']],
    ['405', [405, '']],
    ['a page', [200, '<html> </html>']],
    ['nothing', undefined],
  ])(
    'of the first version, which answers with %s to the question for a token, gives them without',
    async (_title, answer) => {
      const { url } = await startInstance(firstVersion(answer))
      expect(await fetchFrom(url)).toEqual(credentials)
    },
  )

  it('of the first version is not used where that is ruled out', async () => {
    const { url, requests } = await startInstance(firstVersion([404, '']))
    expect(await catchFailure(fetchFrom(url, { AWS_EC2_METADATA_V1_DISABLED: 'true' }))).toMatchObject({
      code: 'service',
      message:
        'cannot get credentials from the EC2 instance: it gives no token, and its version 1 is ruled out',
    })
    expect(requests).toHaveLength(1)
  })

  it('gives credentials that have expired too, while it cannot renew them', async () => {
    const { url } = await startInstance({
      [keysLine]: () => [200, { ...keys, Expiration: '2020-01-01T00:00:00Z' }],
    })
    expect(await fetchFrom(url)).toMatchObject({ expiresAt: Date.parse('2020-01-01T00:00:00Z') })
  })

  it('is asked as often as the environment says', async () => {
    let trouble = 1
    const { url, requests } = await startInstance({
      [rolesLine]: () => (trouble-- > 0 ? [503, ''] : [200, 'my-role_1+=,.@x']),
    })
    expect(await fetchFrom(url, { AWS_METADATA_SERVICE_NUM_ATTEMPTS: '2' })).toEqual(credentials)
    expect(requests.map(({ line }) => line)).toEqual([tokenLine, rolesLine, rolesLine, keysLine])
  })

  it.each<[string, Record<string, () => Answer>, string]>([
    ['without a role', { [rolesLine]: () => [404, ''] }, 'it has no role'],
    ['with an empty role', { [rolesLine]: () => [200, '\n'] }, 'it has no role'],
    ['with a strange role', { [rolesLine]: () => [200, '../../x'] }, 'it does not tell its role (HTTP 200)'],
    ['that has trouble', { [rolesLine]: () => [500, 'top-secret'] }, 'it does not tell its role (HTTP 500)'],
    ['that refuses a token', { [tokenLine]: () => [400, ''] }, 'it refuses to give a token (HTTP 400)'],
    [
      'whose role is not trusted',
      {
        [keysLine]: () => [
          200,
          { Code: 'AssumeRoleUnauthorizedAccess', Message: 'EC2 cannot assume the role' },
        ],
      },
      'EC2 cannot assume the role (HTTP 200)',
    ],
    [
      'that answers with garbage',
      { [keysLine]: () => [200, 'top-secret'] },
      'its answer has no AccessKeyId (HTTP 200)',
    ],
  ])('%s gives none', async (_title, changes, reason) => {
    const { url } = await startInstance(changes)
    expect(await catchFailure(fetchFrom(url))).toMatchObject({
      code: 'service',
      message: `cannot get credentials from the EC2 instance: ${reason}`,
    })
  })

  it('that is not there is said, and so is one that never answers', async () => {
    const url = await findClosedUrl()
    expect(await catchFailure(fetchFrom(url))).toMatchObject({
      code: 'network',
      message: `cannot get credentials from the EC2 instance: ${new URL(url).host} cannot be reached (ECONNREFUSED)`,
      hint: 'on a machine that is no EC2 instance use another profile',
    })
    const silent = await startHttpServer(() => undefined)
    expect((await catchFailure(fetchFrom(silent.url))).message).toContain('gave no whole answer within 1 s')
  })

  it('is not asked where it is switched off', async () => {
    const { url, requests } = await startInstance()
    expect(await catchFailure(fetchFrom(url, { AWS_EC2_METADATA_DISABLED: 'true' }))).toMatchObject({
      code: 'incomplete-profile',
      hint: 'unset AWS_EC2_METADATA_DISABLED',
    })
    expect(requests).toEqual([])
  })
})

const aws = findAwsCli()
const isWanted = aws !== undefined || Boolean(process.env['ASSUME_REQUIRE_AWS_CLI'])

describe.skipIf(!isWanted)(`the AWS CLI v2${isWanted ? '' : ' (not installed)'}`, () => {
  it.each<[string, Parameters<typeof startInstance>[0]]>([
    ['the second version', {}],
    ['the first version', firstVersion([404, ''])],
    ['no role', { [rolesLine]: () => [404, ''] }],
    ['no credentials', { [keysLine]: () => [200, { Code: 'Failed', Message: 'no' }] }],
  ])('asks for the same, and takes and refuses the same: %s', async (_title, changes) => {
    const { url, requests } = await startInstance(changes)
    const world = await World.open()
    world.home.writeAws('')
    // Older AWS CLIs need the slash.
    const env = {
      AWS_EC2_METADATA_SERVICE_ENDPOINT: `${url}/`,
      AWS_EC2_METADATA_DISABLED: 'false',
      NO_PROXY: '*',
    }
    const { stdout } = await world.runAwsCli(['configure', 'export-credentials'], env)
    const theirs = requests.splice(0).map(({ line }) => line)
    const ours = await fetchFrom(url).then(
      () => true,
      () => false,
    )
    expect(ours).toBe(stdout.includes('ASIAEXAMPLE'))
    expect(requests.map(({ line }) => line)).toEqual(theirs)
  })
})
