import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isOfAnotherUser } from '../../src/console/hand-over/peer.ts'
import { serveLogin } from '../../src/console/hand-over/server.ts'
import { repository } from '../support/home.ts'
import { isRoot, otherUser } from '../support/other-user.ts'
import { endTimer } from '../support/timer.ts'
import { readForm } from './world.ts'

const form = {
  action: 'https://eu-west-1.signin.aws.amazon.com/federation',
  fields: { Action: 'login', Destination: 'https://x.example/?a=1&b=<2>#"c"', SigninToken: 'hush' },
  targets: ['https://eu-west-1.signin.aws.amazon.com', 'https://*.aws.amazon.com'],
}

async function serve(isStranger = () => false) {
  const handOver = await serveLogin(form, isStranger)
  onTestFinished(() => handOver.close())
  const { port, pathname } = new URL(handOver.url)
  const ask = (options: { path?: string; method?: string; host?: string } = {}) =>
    new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>(
      (resolve, reject) => {
        const { path = pathname, method = 'GET', host = `127.0.0.1:${port}` } = options
        const sent = request({ host: '127.0.0.1', port, path, method, headers: { host } }, (answer) => {
          let body = ''
          answer.setEncoding('utf8').on('data', (text: string) => {
            body += text
          })
          answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }))
        })
        sent.on('error', reject).end()
      },
    )
  return { ask, port, pathname }
}

describe('the page that hands a login over', () => {
  it('is served once, with the form as it is', async () => {
    const { ask } = await serve()
    const { status, headers, body } = await ask()
    expect(status).toBe(200)
    expect(readForm(body)).toEqual({ action: form.action, fields: form.fields })
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; .*form-action https:\/\/eu-west-1\.signin\.aws\.amazon\.com https:\/\/\*\.aws\.amazon\.com$/,
      ),
    })
    for (const method of ['GET', 'HEAD', 'POST']) expect((await ask({ method })).status).toBe(404)
    expect((await ask()).body).toMatch(/fetched already.*assume console --url/s)
  })

  it.each([
    ['another path', { path: '/' }],
    ['a longer path', { path: '/favicon.ico' }],
    ['HEAD', { method: 'HEAD' }],
    ['POST', { method: 'POST' }],
    ['a name that leads here', { host: 'localhost' }],
    ['a host without the port', { host: '127.0.0.1' }],
    ['a foreign host', { host: 'evil.example:80' }],
  ])('is not served to %s, and not used up by it', async (_what, options) => {
    const { ask } = await serve()
    const { status, body } = await ask(options)
    expect(status).toBe(404)
    expect(body).not.toContain('hush')
    expect((await ask()).status).toBe(200)
  })

  it('ends a minute after the start, whoever still talks to it', async () => {
    const [{ ask, port }] = await Promise.all([serve(), endTimer(60_000, () => true)])
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(port).not.toBe('')
  })

  it('is not served to a stranger, and not used up by one', async () => {
    const answers = [true, false]
    const { ask } = await serve(() => answers.shift() ?? false)
    expect((await ask()).status).toBe(404)
    expect((await ask()).status).toBe(200)
  })

  it('lies at a path of 128 bits', async () => {
    const [one, other] = [await serve(), await serve()]
    expect(one.pathname).toMatch(/^\/[0-9a-f]{32}$/)
    expect(one.pathname).not.toBe(other.pathname)
  })
})

describe('a connection', () => {
  const table = (owner: number) =>
    `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 0100007F:A73F 01 00000000:00000000 00:00000000 00000000  4000        0 428713 1 000000006d5216bb 20 4 30 10 -1
   1: 0100007F:A73F 0100007F:1F90 01 00000000:00000000 00:00000000 00000000 ${String(owner).padStart(5)}        0 421365 1 00000000b5c0a854 20 4 30 10 -1
`
  const ofVersion6 = (owner: number) =>
    table(owner).replaceAll('0100007F', '0000000000000000FFFF00000100007F')

  it.each([
    ['of the user', [table(1000), ''], false],
    ['of root', [table(0), ''], false],
    ['of somebody else', [table(1001), ''], true],
    ['of somebody else by IPv6', ['', ofVersion6(1001)], true],
    ['of somebody else beside one of the user with the same ports', [table(1000), ofVersion6(1001)], true],
    ['of nobody that is known', ['', ''], false],
  ])('%s', (_what, tables, isAnothers) => {
    expect(isOfAnotherUser({ from: 0xa73f, to: 8080 }, 1000, tables)).toBe(isAnothers)
  })
})

const fetchAndPrint = 'fetch(process.argv[1]).then(({ status }) => console.log(status))'

it.skipIf(!isRoot || process.platform !== 'linux')(
  'another user who reads the address in the process list does not get the page',
  async () => {
    const child = startProgram(form)
    const [address] = await once(createInterface({ input: child.stdout }), 'line')
    const fetchAs = (uid: number) =>
      spawnSync(process.execPath, ['-e', fetchAndPrint, address], { uid, encoding: 'utf8' }).stdout.trim()
    expect([fetchAs(otherUser), fetchAs(0), fetchAs(0)]).toEqual(['404', '200', '404'])
  },
)

function startProgram(input: unknown) {
  const child = spawn(process.execPath, [join(repository, 'dist', 'hand-over.mjs')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.end(JSON.stringify(input))
  return child
}

it('the program that serves it ends at once where nobody is left to hear the address', async () => {
  const child = startProgram(form)
  child.stdout.destroy()
  expect(await once(child, 'exit')).toEqual([1, null])
})
