import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serveLogin } from '../../src/console/hand-over/server.ts'
import { repository } from '../support/home.ts'
import { readForm } from './world.ts'

const form = {
  action: 'https://eu-west-1.signin.aws.amazon.com/federation',
  fields: { Action: 'login', Destination: 'https://x.example/?a=1&b=<2>#"c"', SigninToken: 'hush' },
  targets: ['https://eu-west-1.signin.aws.amazon.com', 'https://*.aws.amazon.com'],
}

async function serve() {
  const handOver = await serveLogin(form)
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

  it('lies at a path of 128 bits', async () => {
    const [one, other] = [await serve(), await serve()]
    expect(one.pathname).toMatch(/^\/[0-9a-f]{32}$/)
    expect(one.pathname).not.toBe(other.pathname)
  })
})

it('the program that serves it ends at once where nobody is left to hear the address', async () => {
  const child = spawn(process.execPath, [join(repository, 'dist', 'hand-over.mjs')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdout.destroy()
  child.stdin.end(JSON.stringify(form))
  expect(await once(child, 'exit')).toEqual([1, null])
})
