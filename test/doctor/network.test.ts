import { describe, expect, it } from 'vitest'
import { serviceLimits } from '../../src/aws/limits.ts'
import { consultDoctor, createSoundHome, soundConfig } from '../support/doctor.ts'
import { findClosedUrl, startHttpServer } from '../support/http-server.ts'

/** Asks the network of a sound home; the services of its session are at `url`. */
async function askOnline(
  url: string,
  options: { env?: Record<string, string>; ahead?: number; limit?: number; config?: string } = {},
) {
  const { env, ahead = 0, limit = serviceLimits.answer, config = soundConfig } = options
  const home = createSoundHome()
  home.writeAws(config)
  const { findings, status } = await consultDoctor(home, {
    words: ['network'],
    flags: { online: true },
    env: { AWS_ENDPOINT_URL_SSO: url, AWS_ENDPOINT_URL_SSO_OIDC: url, ...env },
    context: { now: () => Date.now() + ahead, limits: { ...serviceLimits, answer: limit } },
  })
  return { findings, status }
}

const host = (url: string) => new URL(url).host

describe('assume doctor --online', () => {
  it('has nothing to say where the services answer, whatever they do', async () => {
    const { url, requests } = await startHttpServer(() => [404, 'no'])
    expect(await askOnline(url)).toEqual({ findings: [], status: 0 })
    expect(requests.map(({ line }) => line)).toEqual(['GET /'])
  })

  it('is not asked without its option', async () => {
    const { url, requests } = await startHttpServer(() => [200, ''])
    const home = createSoundHome()
    await consultDoctor(home, { env: { AWS_ENDPOINT_URL_SSO: url, AWS_ENDPOINT_URL_SSO_OIDC: url } })
    expect(requests).toEqual([])
  })

  it('is an answer of its own to its name without that option', async () => {
    await expect(consultDoctor(createSoundHome(), { words: ['network'] })).rejects.toMatchObject({
      code: 'usage',
      message: 'assume doctor: the network is asked with --online alone',
      hint: 'assume doctor network --online',
    })
  })

  it('names every session on a host that has trouble', async () => {
    const { url } = await startHttpServer(() => [503, ''])
    const more = '[sso-session other]\nsso_start_url = https://o.awsapps.com/start\nsso_region = eu-west-1\n'
    const { findings, status } = await askOnline(url, { config: soundConfig + more })
    expect(status).toBe(1)
    expect(findings).toEqual([
      expect.objectContaining({
        level: 'error',
        seen: `cannot ask Identity Center: ${host(url)} answers HTTP 503`,
        why: 'session work and session other cannot be used without it; the service has trouble; try again in a minute',
        mend: null,
      }),
    ])
  })

  it('names a host that nobody answers at', async () => {
    const url = await findClosedUrl()
    const { findings, status } = await askOnline(url)
    expect(status).toBe(1)
    expect(findings).toEqual([
      expect.objectContaining({
        level: 'error',
        check: 'network',
        seen: expect.stringContaining(`${host(url)} cannot be reached (ECONNREFUSED)`),
        why: expect.stringMatching(
          /^session work cannot be used without it; check AWS_ENDPOINT_URL_SSO_OIDC, /,
        ),
        mend: null,
      }),
    ])
  })

  it('waits for one that is slow until its deadline, for all together', async () => {
    const { url } = await startHttpServer(() => undefined)
    const { findings } = await askOnline(url, { limit: 200 })
    expect(findings).toEqual([
      expect.objectContaining({
        level: 'error',
        seen: expect.stringContaining(`${host(url)} gave no whole answer within 0.2 s`),
      }),
    ])
  })

  it('names the proxy on the way', async () => {
    const { url } = await startHttpServer(() => [200, ''])
    const proxy = await findClosedUrl()
    const { findings } = await askOnline(url, { env: { HTTP_PROXY: proxy } })
    expect(findings).toEqual([
      expect.objectContaining({ seen: expect.stringContaining(`through the proxy ${host(proxy)}`) }),
    ])
  })

  it('names a proxy that is none, and never what it is', async () => {
    const { url } = await startHttpServer(() => [200, ''])
    const { findings } = await askOnline(url, { env: { HTTP_PROXY: 'ftp://me:hunter2@127.0.0.1' } })
    expect(findings).toHaveLength(1)
    expect(JSON.stringify(findings)).not.toContain('hunter2')
    expect(findings[0]).toMatchObject({ why: expect.stringContaining('; export HTTPS_PROXY='), mend: null })
  })

  it.each(['ftp://u:hunter2@127.0.0.1/', 'u:hunter2@127.0.0.1'])(
    'never says who asks in an endpoint that is none: %s',
    async (endpoint) => {
      const { findings } = await askOnline(endpoint)
      expect(findings[0]?.seen).toContain('is no URL: ')
      expect(JSON.stringify(findings)).not.toContain('hunter2')
    },
  )

  it.each([
    [600_000, 'error', /^the clock is 10m ahead of that of 127\.0\.0\.1/],
    [-600_000, 'error', /^the clock is 10m behind that of /],
    [130_000, 'warning', /^the clock is 2m ahead of /],
  ])('compares the clock with theirs: %d ms off', async (ahead, level, seen) => {
    const { url } = await startHttpServer(() => [200, ''])
    const { findings } = await askOnline(url, { ahead: ahead + Math.sign(ahead) * 5000 })
    expect(findings).toEqual([
      expect.objectContaining({
        level,
        seen: expect.stringMatching(seen),
        mend: expect.stringMatching(/^(sudo )?timedatectl set-ntp true$/),
      }),
    ])
  })

  it('names a CA bundle that cannot be read', async () => {
    const { url } = await startHttpServer(() => [200, ''])
    const { findings } = await askOnline(url, { env: { AWS_CA_BUNDLE: '/opt/gone.pem' } })
    expect(findings[0]).toMatchObject({
      level: 'error',
      seen: expect.stringContaining('/opt/gone.pem'),
      why: expect.stringMatching(/; AWS_CA_BUNDLE, or ca_bundle of the profile, names it$/),
      mend: null,
    })
  })
})
