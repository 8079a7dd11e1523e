import { describe, expect, it } from 'vitest'
import type { Route } from '../../src/aws/route.ts'
import { requestSigninToken, type TokenRequest } from '../../src/console/signin-token.ts'
import { AssumeError } from '../../src/errors.ts'
import { createConnection } from '../support/connection.ts'
import { type Answer, findClosedUrl, type SeenRequest, startHttpServer } from '../support/http-server.ts'
import { endTimer } from '../support/timer.ts'

const credentials = { accessKeyId: 'AKIDSECRET', secretAccessKey: 'hush&hush', sessionToken: 'token/hush' }
const secret = /AKIDSECRET|hush/

async function ask(endpoint: string, request: Partial<TokenRequest> = {}) {
  const connection = createConnection()
  const route: Route = { ...connection, endpoint, signingRegion: 'us-east-1' }
  const outcome = await requestSigninToken(route, { credentials, mayGet: false, ...request }).catch(
    (error: unknown) => error,
  )
  if (outcome instanceof Error && !(outcome instanceof AssumeError)) throw outcome
  const text =
    outcome instanceof AssumeError ? [outcome.message, outcome.hint, String(outcome.cause)].join('\n') : ''
  expect([text, ...connection.traced, ...connection.told].join('\n')).not.toMatch(secret)
  return { outcome, told: connection.told }
}

async function askServer(answer: (request: SeenRequest) => Answer, request: Partial<TokenRequest> = {}) {
  const { url, requests } = await startHttpServer(answer)
  return { ...(await ask(url, request)), lines: requests.map(({ line }) => line.replace(/\?.*/, '?…')), url }
}

const echo = '<html>Invalid credentials parameter AKIDSECRET hush&hush token/hush</html>'
const good = [200, { SigninToken: 'fine' }] as const

describe('a broken sign-in host is told of in one message, without its answer and without the keys', () => {
  it.each([
    ['400 with a page', [400, echo], 'answers HTTP 400'],
    ['500', [500, echo], 'answers HTTP 500'],
    ['a redirect', [302, echo], 'leads elsewhere (HTTP 302)'],
    ['what is no JSON', [200, echo], 'is not understood'],
    ['JSON without a token', [200, { Signin: 'AKIDSECRET' }], 'is not understood'],
    ['a token with a line break', [200, { SigninToken: 'a\nb' }], 'is not understood'],
  ] as const)('%s', async (_what, answer, said) => {
    const { outcome, lines } = await askServer(() => answer)
    expect(outcome).toMatchObject({ code: 'service', message: expect.stringContaining(said) })
    expect((outcome as AssumeError).message).toMatch(/^cannot sign in to the console: .*127\.0\.0\.1/)
    expect(lines).toEqual(['POST /federation'])
  })

  it('silence of ten seconds', async () => {
    let isAsked = false
    const asked = askServer(() => {
      isAsked = true
      return undefined
    })
    const [{ outcome }] = await Promise.all([asked, endTimer(10_000, () => isAsked)])
    expect(outcome).toMatchObject({ code: 'network', message: expect.stringContaining('10 s') })
  })

  it('nobody', async () => {
    const { outcome } = await ask(await findClosedUrl())
    expect(outcome).toMatchObject({ code: 'network', message: expect.stringContaining('ECONNREFUSED') })
  })
})

describe('a duration that is not allowed', () => {
  const refuseFirst = () => {
    let count = 0
    return (): Answer => (count++ === 0 ? [400, echo] : good)
  }

  it('is left out the second time, and that is said', async () => {
    const { outcome, lines, told } = await askServer(refuseFirst(), { durationSeconds: 3600 })
    expect(outcome).toBe('fine')
    expect(lines).toHaveLength(2)
    expect(told).toEqual([expect.stringMatching(/does not allow this --duration/)])
  })

  it('is no reason to ask again where there is none', async () => {
    const { outcome, lines } = await askServer(refuseFirst())
    expect(outcome).toMatchObject({ code: 'service' })
    expect(lines).toHaveLength(1)
  })
})

it('keys stand in no address because of a duration', async () => {
  const bodies: Answer[] = [[400, echo], good]
  const { outcome, lines } = await askServer(() => bodies.shift(), { durationSeconds: 3600, mayGet: true })
  expect(outcome).toBe('fine')
  expect(lines).toEqual(['POST /federation', 'POST /federation'])
})

describe('where a partition may take no POST', () => {
  it.each([400, 405])('a GET follows %i', async (status) => {
    const answer = ({ line }: SeenRequest): Answer => (line.startsWith('GET') ? good : [status, echo])
    const { outcome, lines } = await askServer(answer, { mayGet: true })
    expect(outcome).toBe('fine')
    expect(lines).toEqual(['POST /federation', 'GET /federation?…'])
  })

  it('none follows an answer', async () => {
    expect((await askServer(() => good, { mayGet: true })).lines).toEqual(['POST /federation'])
    expect((await askServer(() => [500, echo], { mayGet: true })).lines).toEqual(['POST /federation'])
  })
})
