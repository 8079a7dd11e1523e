import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'

/** What was asked of whom, for the message. */
export interface Call {
  /** As in "cannot ${doing}: …". */
  readonly doing: string
  readonly endpoint: string
}

const unreachable = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'TimeoutError',
])
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/

/**
 * An error of the AWS SDK in our words. The texts of the service are kept, made printable; tokens never stand in
 * them. What is no error of a service or of the network is returned as it is: a bug.
 */
export function translateFailure(error: unknown, { doing, endpoint }: Call): unknown {
  if (error instanceof AssumeError || !(error instanceof Error)) return error
  const { name } = error
  const { code = '' } = error as NodeJS.ErrnoException
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  const host = URL.canParse(endpoint) ? new URL(endpoint).host : endpoint
  if (unreachable.has(code) || unreachable.has(name)) {
    return new AssumeError(
      'network',
      `cannot ${doing}: ${host} cannot be reached (${code || 'no answer in time'})`,
      {
        hint: 'check the network; behind a proxy set HTTPS_PROXY',
        cause: error,
      },
    )
  }
  if (untrusted.test(code)) {
    return new AssumeError(
      'network',
      `cannot ${doing}: the certificate of ${host} is not trusted (${code})`,
      {
        hint: "behind a proxy of your company set AWS_CA_BUNDLE to that company's certificates",
        cause: error,
      },
    )
  }
  if (status === undefined && !('$fault' in error)) {
    return /deserialization|JSON|Unexpected/i.test(`${name} ${error.message}`)
      ? new AssumeError('service', `cannot ${doing}: ${host} sent an answer that is not understood`, {
          cause: error,
        })
      : error
  }
  return new AssumeError('service', `cannot ${doing}: ${describeService(error, status)}`, { cause: error })
}

function describeService(error: Error, status: number | undefined): string {
  const { error: kind, error_description: text } = error as { error?: string; error_description?: string }
  const words = text ?? (error.message === 'UnknownError' ? undefined : error.message) ?? kind
  return printable(
    [words, `(${error.name}${status === undefined ? '' : `, HTTP ${status}`})`].filter(Boolean).join(' '),
  )
}

/** Whether an error of the SDK has this name: its classes are loaded on demand, so there is no `instanceof`. */
export function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name)
}
