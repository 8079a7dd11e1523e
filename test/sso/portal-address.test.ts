import { once } from 'node:events'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { resolveStartUrl } from '../../src/sso/portal-address.ts'
import { createAuthority } from '../support/connect-proxy.ts'
import { createConnection } from '../support/connection.ts'
import { catchFailure } from '../support/setup-world.ts'

const authority = createAuthority()
const portal = 'https://d-1234567890.awsapps.com/start'

/** A start URL of a company; what it answers with is written to the connection as it is. */
async function startVanity(act: (socket: Socket) => void): Promise<string> {
  const { key, cert } = authority
  const server = createServer({ key, cert } satisfies ServerOptions, ({ socket }) => act(socket))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/start`
}

const redirect = (location: string) => (socket: Socket) =>
  void socket.end(`HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 1000\r\n\r\n`)

const resolve = (url: string, answer = 5_000) =>
  resolveStartUrl(url, createConnection({ certificates: authority.ca, limits: { answer } }))

describe('a start URL of a company', () => {
  it('leads to Identity Center; the page of the redirect is not waited for', async () => {
    expect(await resolve(await startVanity(redirect(portal)))).toBe(portal)
    expect(await resolve(await startVanity(redirect('HTTPS://D-1.awsapps.com/a b')))).toBe(
      'https://d-1.awsapps.com/a%20b',
    )
  })

  it.each([
    [`${portal}/`, portal],
    [`${portal}//?from=example#/console`, portal],
    ['https://me@D-1.awsapps.com:443/', 'https://d-1.awsapps.com'],
    [
      'https://ssoins-1.portal.eu-west-2.app.aws:8443/a;b/;c',
      'https://ssoins-1.portal.eu-west-2.app.aws:8443/a;b',
    ],
  ])('that leads to %s is %s for the service, as with the AWS CLI', async (location, target) => {
    expect(await resolve(await startVanity(redirect(location)))).toBe(target)
  })

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://d-1234567890.awsapps.com/start',
    'https://awsapps.com.example.com/start',
    'http://[',
    '/elsewhere',
  ])('is refused where it leads to %s', async (location) => {
    const url = await startVanity(redirect(location))
    expect(await catchFailure(resolve(url))).toMatchObject({
      code: 'login-failed',
      message: `the start URL ${url} does not lead to Identity Center, but to ${location}`,
      hint: 'mend sso_start_url in the config file',
    })
  })

  it('is refused where it leads nowhere', async () => {
    const url = await startVanity((socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'))
    expect((await catchFailure(resolve(url))).message).toBe(
      `the start URL ${url} does not lead to Identity Center`,
    )
  })

  it('that sends a header now and then is given up', async () => {
    const url = await startVanity((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => socket.write('x-more: 1\r\n'), 20)
      socket.on('error', () => {})
      socket.on('close', () => clearInterval(timer))
    })
    expect(await catchFailure(resolve(url, 300))).toMatchObject({
      code: 'network',
      message: `cannot resolve the start URL: ${new URL(url).host} gave no whole answer within 0.3 s`,
    })
  })
})
