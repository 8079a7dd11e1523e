import { describe, expect, it } from 'vitest'
import { getToken, openConsole, openPortal } from './world.ts'

const base = 'https://eu-west-1.console.aws.amazon.com'

describe('the page of a console', () => {
  it('says who is where', async () => {
    const { sandbox, keys } = await openPortal()
    const token = await getToken(sandbox, keys)
    const { facts, location } = await openConsole(sandbox, token, `${base}/s3/home?region=eu-central-1#b=<c>`)
    expect(facts).toMatchObject({
      account: '999988887777',
      'account-name': 'Production',
      role: 'Admin',
      session: 'dev@example.com',
      region: 'eu-central-1',
      service: 's3',
      path: '/s3/home?region=eu-central-1',
      rights: 'those of the credentials',
    })
    expect(location).toMatch(
      /^\/console\/999988887777-[0-9a-f]{8}\/eu-west-1\.console\.aws\.amazon\.com\/s3\//,
    )
    expect(location).toMatch(/#b=%3Cc%3E$/)
  })

  it.each([
    [`${base}/ec2/home`, { region: 'eu-west-1', service: 'ec2' }],
    ['https://console.aws.amazon.com/console/home', { region: 'none given', service: 'console' }],
    ['https://health.aws.amazon.com/health/home', { region: 'none given', service: 'health' }],
    [
      `${base}/go/view?arn=arn%3Aaws%3As3%3A%3A%3Aa%26b%3Cc%3E`,
      { service: 'go', resource: 'arn:aws:s3:::a&amp;b&lt;c&gt;' },
    ],
    [`${base}/ec2/home?region=%3Cb%3E`, { region: '&lt;b&gt;' }],
  ])('reads %s', async (destination, facts) => {
    const { sandbox, keys } = await openPortal()
    expect(await openConsole(sandbox, await getToken(sandbox, keys), destination)).toMatchObject({ facts })
  })

  it('has a session for each identity of a browser, as long as it lasts', async () => {
    const { sandbox, keys } = await openPortal()
    const first = await openConsole(sandbox, await getToken(sandbox, keys), base)
    const again = await openConsole(sandbox, await getToken(sandbox, keys, { SessionDuration: '900' }), base)
    expect(again.location).toBe(first.location)
    const cookies = [first, again].map(({ cookie }) => cookie.split(';')[0] ?? '')
    const open = async (cookie = '') =>
      (await fetch(sandbox.url + first.location, { headers: { cookie } })).status
    expect(await open()).toBe(403)
    expect(await open(cookies[0]?.replace(/.$/, '_'))).toBe(403)
    expect(await open(`a=b; ${cookies[1]}`)).toBe(200)
    sandbox.advance(900_000)
    expect(await open(cookies[1])).toBe(403)
    expect(await open(cookies[0])).toBe(200)
    sandbox.advance(2_700_000)
    expect(await open(cookies[0])).toBe(403)
  })

  it.each(['/console/', '/console/999988887777-0a1b2c3d/', '/console/x/eu-west-1.console.aws.amazon.com/s3'])(
    'is not at %s',
    async (path) => {
      const { sandbox } = await openPortal()
      expect((await fetch(sandbox.url + path)).status).toBe(404)
    },
  )
})
