import type { Credentials } from '../../aws/credentials.ts'
import { isNamed } from '../../aws/failure.ts'
import type { HttpAnswer, HttpPorts, HttpRequest } from '../../aws/http.ts'
import { type Patience, sendPatiently } from '../../aws/patience.ts'
import { AssumeError } from '../../errors.ts'
import { readWords } from '../../text/answer-forms.ts'
import { parseJsonObject } from '../../text/json-object.ts'
import { readCredentials } from '../credential-fields.ts'

/** A service beside this machine that hands out the machine's credentials; it is asked through no proxy. */
export interface MetadataService extends Patience {
  /** As in "cannot get credentials from ${name}". */
  readonly name: string
  /** Milliseconds for one request. */
  readonly timeout: number
  /** What to do when it cannot be reached. */
  readonly hint: string
}

/** The answer of the service, whatever its status. Throws AssumeError `network`, `cancelled`. */
export async function askMetadata(
  service: MetadataService,
  request: HttpRequest,
  ports: HttpPorts,
): Promise<HttpAnswer> {
  try {
    const { timeout } = service
    const limits = { ...ports.limits, connect: timeout, answer: timeout }
    return await sendPatiently(service, { ...ports, limits }, () => request)
  } catch (cause) {
    throw cause instanceof AssumeError ? cause : describeSilence(service, request.url, cause as Error)
  }
}

function describeSilence(service: MetadataService, url: string, cause: NodeJS.ErrnoException): AssumeError {
  const { code, message } = cause
  const isUnfinished = isNamed(cause, 'TimeoutError') || code === 'EMSGSIZE'
  const what = isUnfinished ? `gave ${message}` : `cannot be reached (${code})`
  return new AssumeError(
    'network',
    `cannot get credentials from ${service.name}: ${new URL(url).host} ${what}`,
    { hint: service.hint, cause },
  )
}

/**
 * The credentials in an answer; they may have expired, which AWS lets pass while it cannot renew them.
 * Throws AssumeError `service` for any other answer, with the service's own message if it has one.
 */
export function readMetadataCredentials(
  { name }: MetadataService,
  { status, body }: HttpAnswer,
): Credentials {
  const fields = parseJsonObject(body.toString())
  const credentials = readCredentials(fields, 'Token')
  const fault = typeof credentials === 'string' ? credentials : findFault(credentials)
  if (status === 200 && typeof credentials !== 'string' && fault === undefined) return credentials
  const message = readWords(fields['Message']) ?? readWords(fields['message'])
  const reason = message ?? (status === 200 ? `its answer has ${fault}` : 'it refuses')
  throw new AssumeError('service', `cannot get credentials from ${name}: ${reason} (HTTP ${status})`)
}

/** Credentials of a machine are never those of a user, and never without an end. */
function findFault({ sessionToken, expiresAt }: Credentials): string | undefined {
  if (sessionToken === undefined) return 'no Token'
  return expiresAt === undefined ? 'no Expiration' : undefined
}
