import type { Call } from '../call.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import type { LongTermKeys, TemporaryKeys } from './identity.ts'

/**
 * Who signed a request. The access key id and the session token decide; the signature itself is not checked, only
 * that its time is within 15 minutes of ours
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html).
 */
export function authenticateCaller(state: SandboxState, call: Call): LongTermKeys | TemporaryKeys {
  const [, accessKeyId, region = '', service = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(?:\d+\/([^/,]+)\/([^/,]+)\/)?/.exec(
      call.headers.authorization ?? '',
    ) ?? []
  if (accessKeyId === undefined)
    throw new Refusal(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token')
  const keys = state.userKeys.use(accessKeyId, service, region) ?? state.identities.find(accessKeyId)
  if (!keys || keys.sessionToken !== call.headers['x-amz-security-token'])
    throw new Refusal(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.')
  checkSignatureTime(state.clock.now(), String(call.headers['x-amz-date'] ?? ''))
  if (keys.expiresAt !== undefined && keys.expiresAt <= state.clock.now())
    throw new Refusal(403, 'ExpiredToken', 'The security token included in the request is expired')
  return keys
}

function checkSignatureTime(now: number, date: string): void {
  const [, day, time] = /^(\d{8})T(\d{6})Z$/.exec(date) ?? []
  if (day === undefined || time === undefined)
    throw new Refusal(
      400,
      'IncompleteSignature',
      "Authorization header requires existence of a 'X-Amz-Date' header.",
    )
  const signedAt = Date.parse(
    `${day.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`,
  )
  const basic = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '')
  const limit = 15 * 60_000
  if (signedAt < now - limit)
    throw new Refusal(
      403,
      'SignatureDoesNotMatch',
      `Signature expired: ${date} is now earlier than ${basic(now - limit)} (${basic(now)} - 15 min.)`,
    )
  if (signedAt > now + limit)
    throw new Refusal(
      403,
      'SignatureDoesNotMatch',
      `Signature not yet current: ${date} is still later than ${basic(now + limit)} (${basic(now)} + 15 min.)`,
    )
}
