import { describe, expect, it } from 'vitest'
import {
  parseDeviceAuthorization,
  parseRegistrationAnswer,
  parseTokenAnswer,
} from '../../src/sso/oidc-answer.ts'

const page = 'https://device.example.com/'
const begun = { deviceCode: 'device', userCode: 'ABCD-EFGH', verificationUri: page }

describe('the times of a login with a device code', () => {
  it.each([
    [{}, 600, 5],
    [{ expiresIn: 300, interval: 2 }, 300, 2],
    // Else the service would be asked without a pause, or never, or by a timer that overflows.
    [{ interval: 0 }, 600, 1],
    [{ interval: -5 }, 600, 1],
    [{ interval: 0.01 }, 600, 1],
    [{ interval: 1e9 }, 600, 60],
    [{ expiresIn: 1e9 }, 3600, 5],
  ])('%j are %i and %i seconds', (times, expiresIn, interval) => {
    expect(parseDeviceAuthorization({ ...begun, ...times })).toMatchObject({ expiresIn, interval })
  })

  it.each([
    { interval: '5' },
    { interval: Number.NaN },
    { expiresIn: 0 },
    { expiresIn: 'x' },
    { expiresIn: 1e300 },
  ])('%j are none', (times) => {
    expect(parseDeviceAuthorization({ ...begun, ...times })).toBeUndefined()
  })
})

it('an address that no browser may open is named', () => {
  expect(() => parseDeviceAuthorization({ ...begun, verificationUriComplete: 'file:///x\u001b' })).toThrow(
    'none that a browser may open: file:///x?',
  )
})

it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300, '5', null])(
  'a registration does not end at %s',
  (end) => {
    const answer = { clientId: 'id', clientSecret: 'secret', clientSecretExpiresAt: end }
    expect(parseRegistrationAnswer(answer)).toBeUndefined()
  },
)

it.each([
  [
    { accessToken: 'a\n', expiresIn: 60, refreshToken: 'r' },
    { expiresIn: 60, refreshToken: 'r' },
  ],
  [
    { accessToken: 'a', expiresIn: '60', refreshToken: 'r' },
    { accessToken: 'a', refreshToken: 'r' },
  ],
  [
    { accessToken: 'a', expiresIn: 60, refreshToken: 5 },
    { accessToken: 'a', expiresIn: 60 },
  ],
  [
    { accessToken: 'a', expiresIn: 60, refreshToken: '' },
    { accessToken: 'a', expiresIn: 60 },
  ],
  [{ accessToken: {}, expiresIn: -1, refreshToken: 'r\u001b' }, { refreshToken: 'r\u001b' }],
])('of the answer %j, what can be used is %j', (answer, parts) => {
  expect(parseTokenAnswer(answer)).toEqual(parts)
})
