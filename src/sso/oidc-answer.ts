import { parseLoginUrl } from '../aws/web-url.ts'
import { isLifetime, isTime, isToken } from '../text/answer-forms.ts'
import { type JsonObject, stringIn } from '../text/json-object.ts'
import type { Registration } from './registration.ts'
import type { TokenAnswer } from './token.ts'

/** The grant of a device code (RFC 8628, 3.4). */
export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** A login with a device code that has begun (RFC 8628, 3.2). */
export interface DeviceAuthorization {
  readonly deviceCode: string
  readonly userCode: string
  readonly verificationUri: URL
  readonly verificationUriComplete: URL
  /** Seconds; an hour at most. */
  readonly expiresIn: number
  /** Seconds between two attempts, from 1 to 60. */
  readonly interval: number
}

/** What `RegisterClient` answers; undefined for anything else. */
export function parseRegistrationAnswer(answer: JsonObject): Registration | undefined {
  const { clientId, clientSecret, clientSecretExpiresAt: seconds } = answer
  const expiresAt = typeof seconds === 'number' ? seconds * 1000 : undefined
  return isToken(clientId) && isToken(clientSecret) && isTime(expiresAt)
    ? { clientId, clientSecret, expiresAt }
    : undefined
}

/**
 * What `StartDeviceAuthorization` answers; undefined for anything else. Throws AssumeError `login-failed` for an address that
 * no browser may open.
 */
export function parseDeviceAuthorization(answer: JsonObject): DeviceAuthorization | undefined {
  const { deviceCode, userCode, expiresIn = 600, interval = 5 } = answer
  const page = stringIn(answer, 'verificationUri')
  if (!isToken(deviceCode) || !isToken(userCode) || !page) return undefined
  if (!isLifetime(expiresIn) || typeof interval !== 'number' || Number.isNaN(interval)) return undefined
  return {
    deviceCode,
    userCode,
    verificationUri: parseLoginUrl(page),
    verificationUriComplete: parseLoginUrl(stringIn(answer, 'verificationUriComplete') ?? page),
    expiresIn: Math.min(expiresIn, 3600),
    interval: Math.min(Math.max(interval, 1), 60),
  }
}

/** What of an answer to `CreateToken` can be used. */
export function parseTokenAnswer(answer: JsonObject): TokenAnswer {
  const { accessToken, expiresIn, refreshToken } = answer
  return {
    ...(isToken(accessToken) && { accessToken }),
    ...(isLifetime(expiresIn) && { expiresIn }),
    // It is only ever sent back, so whatever it is made of is kept.
    ...(typeof refreshToken === 'string' && refreshToken !== '' && { refreshToken }),
  }
}
