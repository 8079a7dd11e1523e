import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sandboxConfig } from '../../src/sandbox/config.ts'
import { devRole, findAwsCli, findBotocore, World } from '../interop/world.ts'
import { startCore } from '../support/core-process.ts'
import { repository } from '../support/home.ts'

const aws = findAwsCli()
const python = findBotocore()

async function openWorld(): Promise<World> {
  const world = await World.open()
  world.home.writeAws(
    `[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = d\n${sandboxConfig(world.sandbox.url)}`,
  )
  await world.logIn()
  return world
}

interface Answer {
  readonly status: number | undefined
  readonly body: string
}

/** Asks a server as a guest. */
function ask(
  place: { socketPath: string } | { port: number },
  options: { method?: string; path?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const headers = { host: 'assume', ...options.headers }
  return new Promise((resolve, reject) => {
    const asked = request({ ...place, host: '127.0.0.1', agent: false, ...options, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      response.on('end', () => resolve({ status: response.statusCode, body }))
    })
    asked.on('error', reject).end()
  })
}

/** A server in the foreground, at its socket and, with a number, at a port. */
async function serve(world: World, words: readonly string[] = [], env: Record<string, string> = {}) {
  const runtime = env['XDG_RUNTIME_DIR'] ?? join(world.home.path, 'run')
  if (!existsSync(runtime)) mkdirSync(runtime, { mode: 0o700 })
  const server = startCore(world.home, ['serve', 'dev-profile', ...words], {
    env: { ...world.env, ...env, XDG_RUNTIME_DIR: runtime },
  })
  const said = await Promise.race([server.shows('credential_process'), server.then(({ stderr }) => stderr)])
  const folder = join(runtime, 'assume')
  return { server, said, folder, socketPath: join(folder, 'dev-profile.sock') }
}

const end = async (
  { server }: { server: ReturnType<typeof startCore> },
  signal: NodeJS.Signals = 'SIGINT',
) => {
  process.kill(server.pid as number, signal)
  return server
}

describe('assume serve at a socket', () => {
  it('hands credentials to who may open it, in both forms, and leaves nothing', async () => {
    const world = await openWorld()
    const running = await serve(world)
    expect(running.said).toContain('serving dev-profile · 123456789011 FullAccess · eu-west-1')
    expect(statSync(running.socketPath).mode & 0o777).toBe(0o600)
    expect(statSync(running.folder).mode & 0o777).toBe(0o700)
    const { status, body } = await ask({ socketPath: running.socketPath })
    expect(status).toBe(200)
    const keys = JSON.parse(body)
    expect(keys).toEqual({
      Version: 1,
      AccessKeyId: expect.any(String),
      SecretAccessKey: expect.any(String),
      Token: keys.SessionToken,
      SessionToken: expect.any(String),
      Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      AccountId: '123456789011',
    })
    expect(world.kindOf(keys.AccessKeyId)).toBe('access-key-id')
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
    expect(running.said).not.toContain(keys.SecretAccessKey)
    expect(await end(running)).toMatchObject({
      status: 130,
      stderr: expect.stringMatching(/assume: stopped\n$/),
    })
    expect(readdirSync(running.folder)).toEqual([])
  })

  it.each(['SIGTERM', 'SIGHUP'] as const)('leaves nothing after %s either', async (signal) => {
    const running = await serve(await openWorld())
    await end(running, signal)
    expect(await running.server.signal).toBe(signal)
    expect(readdirSync(running.folder)).toEqual([])
  })

  it('takes the place of one that was killed, and not of one that lives', async () => {
    const world = await openWorld()
    const first = await serve(world)
    const second = await serve(world)
    expect(await second.server).toMatchObject({ status: 1 })
    expect(second.said).toMatch(
      /cannot listen at .*dev-profile\.sock: another server answers there\n {2}assume serve --profile dev-profile --socket other\.sock$/m,
    )
    expect(await ask({ socketPath: first.socketPath })).toMatchObject({ status: 200 })
    await end(first, 'SIGKILL')
    await expect(ask({ socketPath: first.socketPath })).rejects.toThrow('ECONNREFUSED')
    const third = await serve(world)
    expect(await ask({ socketPath: third.socketPath })).toMatchObject({ status: 200 })
    await end(third)
  })

  it('takes the place of nothing that is no socket, and of no socket of others that lives', async () => {
    const world = await openWorld()
    const path = world.home.write('mine', 'mine')
    const refused = await serve(world, ['--socket', path])
    expect(await refused.server).toMatchObject({ status: 1 })
    expect(refused.said).toContain('it is no socket')
    expect(readFileSync(path, 'utf8')).toBe('mine')
    const other = createServer().listen(join(world.home.path, 'other'))
    const taken = await serve(world, ['--socket', 'other'])
    expect(taken.said).toContain('another server answers there')
    other.close()
  })

  it('is opened in no folder that others can write to, and at no path that is too long', async () => {
    const world = await openWorld()
    const open = join(world.home.path, 'open')
    mkdirSync(open)
    chmodSync(open, 0o777)
    const { said } = await serve(world, ['--socket', join(open, 's')])
    expect(said).toMatch(/cannot be relied on/)
    const long = await serve(world, ['--socket', join(world.home.path, 'x'.repeat(100))])
    expect(long.said).toMatch(
      /the path is too long\n {2}assume serve --profile dev-profile --socket other\.sock$/m,
    )
  })

  it.skipIf(!aws)('is what the AWS CLI gets credentials from, by the line that it prints', async () => {
    const world = await openWorld()
    const running = await serve(world)
    const line = /credential_process = .*/.exec(running.said)?.[0]
    world.home.write(
      'client',
      `[profile remote]\n${line}\nregion = eu-west-1\nendpoint_url = ${world.sandbox.url}\n`,
    )
    const env = { AWS_CONFIG_FILE: join(world.home.path, 'client') }
    const { stdout, stderr } = await world.run(
      aws ?? '',
      ['sts', 'get-caller-identity', '--profile', 'remote', '--query', 'Arn', '--output', 'text'],
      { env },
    )
    expect(stderr + stdout.trim()).toMatch(devRole)
    await end(running)
  })
})

describe('assume serve at a port', () => {
  it('gives nothing to strangers, whatever they do, and stays', async () => {
    const world = await openWorld()
    const running = await serve(world, ['--port', '0'])
    const port = Number(/FULL_URI=http:\/\/127\.0\.0\.1:(\d+)\//.exec(running.said)?.[1])
    const file = /TOKEN_FILE=(.*)/.exec(running.said)?.[1] ?? ''
    const token = readFileSync(file, 'utf8')
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(running.said).not.toContain(token)
    const good = { host: `127.0.0.1:${port}`, authorization: token }
    expect(await ask({ port }, { headers: good })).toMatchObject({ status: 200 })
    const others = [
      { headers: { host: good.host } },
      { headers: { ...good, authorization: 'x' } },
      { headers: { ...good, host: `localhost:${port}` } },
      { headers: { ...good, host: `rebound.example:${port}` } },
      { headers: { ...good, origin: 'http://127.0.0.1' } },
      { headers: good, method: 'POST' },
      { headers: good, path: '/role-arn/x' },
    ]
    for (const options of others) {
      const { status, body } = await ask({ port }, options)
      expect(status).toBeGreaterThanOrEqual(403)
      expect(JSON.parse(body)).toEqual({ code: 'AccessDenied', message: expect.any(String) })
    }
    const guests = await Promise.all(Array.from({ length: 500 }, () => ask({ port }, { headers: good })))
    expect(guests.every(({ status }) => status === 200)).toBe(true)
    const slow = connect(port, '127.0.0.1').on('error', () => {})
    slow.write('GET / HTTP/1.1\r\nHost: x')
    expect(await ask({ port }, { headers: good })).toMatchObject({ status: 200 })
    slow.destroy()
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
    await end(running)
    expect(readdirSync(running.folder)).toEqual([])
  })

  it('has a token beside its own socket, where there are two for one profile', async () => {
    const world = await openWorld()
    const sockets = ['one', 'other'].map((name) => join(world.home.path, name))
    const running: Awaited<ReturnType<typeof serve>>[] = []
    for (const path of sockets) running.push(await serve(world, ['--port', '0', '--socket', path]))
    const [first, second] = running.map(({ said }) => {
      const file = /TOKEN_FILE=(.*)$/m.exec(said)?.[1] ?? ''
      const url = /FULL_URI=http:\/\/(.*)\/$/m.exec(said)?.[1] ?? ''
      return { file, url }
    })
    expect([first?.file, second?.file]).toEqual(sockets.map((path) => `${path}.token`))
    for (const { file, url } of [first, second].flatMap((each) => each ?? [])) {
      const headers = { host: url, authorization: readFileSync(file, 'utf8') }
      expect(await ask({ port: Number(url.split(':')[1]) }, { headers })).toMatchObject({ status: 200 })
    }
    for (const each of running) await end(each)
    expect(readdirSync(world.home.path).filter((name) => /^(one|other)/.test(name))).toEqual([])
  })

  it('says what listens there already', async () => {
    const world = await openWorld()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { said, server, folder } = await serve(world, ['--port', String(port)])
    expect(await server).toMatchObject({ status: 1 })
    expect(said).toContain(
      `cannot listen at 127.0.0.1:${port}: something listens there already\n  assume serve --profile dev-profile --port 0\n`,
    )
    expect(readdirSync(folder)).toEqual([])
    other.close()
  })
})

describe('assume serve with a command', () => {
  const identify = {
    'the AWS CLI': [aws ?? '', 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'],
    botocore: [
      python ?? '',
      '-c',
      'import botocore.session; print(botocore.session.Session().create_client("sts").get_caller_identity()["Arn"])',
    ],
    'the JS SDK': [
      process.execPath,
      '--input-type=module',
      '--no-warnings',
      '--eval',
      "import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'; console.log((await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn)",
    ],
  }

  it.each(Object.entries(identify))(
    'gives %s the credentials, whatever [default] has',
    async (name, command) => {
      if (command[0] === '') return
      const world = await openWorld()
      const words =
        name === 'the JS SDK' ? ['sh', '-c', 'cd "$0" && exec "$@"', repository, ...command] : command
      const { status, stdout, stderr } = await world.handOut(['serve', 'dev-profile', '--', ...words])
      expect({ status, stderr, arn: stdout.trim() }).toEqual({
        status: 0,
        stderr: '',
        arn: expect.stringMatching(devRole),
      })
      expect(world.takeRequests()).toEqual(['GetRoleCredentials', 'GetCallerIdentity'])
    },
  )

  it.each([
    [['sh', '-c', 'exit 7'], 7],
    [['sh', '-c', 'kill -TERM $$'], 143],
    [['there-is-no-such-command'], 127],
    [['./.aws/config'], 126],
  ])('%j leaves its own status', async (command, status) => {
    const world = await openWorld()
    expect(await world.handOut(['serve', 'dev-profile', '--', ...command])).toMatchObject({ status })
  })

  it('fails with 125 before the command starts', async () => {
    const world = await openWorld()
    const result = await world.handOut(['serve', 'dev-profil', '--', 'touch', 'started'])
    expect(result).toMatchObject({ status: 125, stderr: expect.stringContaining('dev-profile') })
    expect(existsSync(join(world.home.path, 'started'))).toBe(false)
  })

  it('hands the socket over besides, and both end with the command', async () => {
    const world = await openWorld()
    const path = join(world.home.path, 'beside.sock')
    const script =
      'curl -s --fail --unix-socket beside.sock http://assume/ && test ! -e "$AWS_SHARED_CREDENTIALS_FILE.x"'
    const { status, stdout } = await world.handOut([
      'serve',
      'dev-profile',
      '--socket',
      path,
      '--',
      'sh',
      '-c',
      script,
    ])
    expect(status).toBe(0)
    expect(world.kindOf(JSON.parse(stdout).AccessKeyId)).toBe('access-key-id')
    expect(existsSync(path)).toBe(false)
  })

  it('needs the dashes, and takes its flags on both sides of the profile', async () => {
    const world = await openWorld()
    expect(await world.handOut(['serve', 'dev-profile', 'true'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('one word too many: true; a command comes behind --'),
    })
    expect(await world.handOut(['serve', 'dev-profile', '--port', '0', '--', 'true'])).toMatchObject({
      status: 0,
    })
    expect(await world.handOut(['serve', '--port', '0', '-p', 'dev-profile', '--', 'true'])).toMatchObject({
      status: 0,
    })
    expect(await world.handOut(['serve', 'dev-profile', '--port', '65536', '--', 'true'])).toMatchObject({
      status: 125,
    })
  })
})
