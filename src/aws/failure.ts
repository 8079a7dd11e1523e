import { AssumeError } from '../errors.ts'
import { readWords } from '../text/answer-forms.ts'
import type { Hint } from '../text/words.ts'

/** What was asked of whom, for the message. */
export interface ServiceCall {
  /** As in "cannot ${doing}: …". */
  readonly doing: string
  readonly endpoint: string
  /** The variable or the key that names the endpoint, where it is not that of AWS. */
  readonly endpointSource?: string | undefined
  /** The one on the way, if there is one. */
  readonly proxy?: string | undefined
  /** The settings that decide which host is asked; those of an Identity Center session unless told. */
  readonly settings?: string
}

const untrusted =
  /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|INVALID_(CA|PURPOSE)|PATH_LENGTH|HOSTNAME|CRL|UNSPECIFIED/
/** Far more often the clock is wrong than a certificate of AWS. */
const untimely = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])
/** Without the call of the system that failed. */
const unreachable = new Set(['ECONNRESET', 'EPIPE', 'EPROTO', 'ETIMEDOUT'])
/** Something answers, but not in HTTP, or not in TLS. */
const misunderstood = /^(HPE_|ERR_SSL_)/

/**
 * An error of the AWS SDK in our words. The texts of the service are kept, made printable; tokens never stand in
 * them. What is no error of a service or of the network is returned as it is: a bug.
 */
export function translateFailure(error: unknown, call: ServiceCall): unknown {
  if (error instanceof AssumeError || !(error instanceof Error)) return error
  const { doing, endpoint, proxy, settings = 'sso_start_url and sso_region' } = call
  const { name } = error
  const { code = '' } = error as NodeJS.ErrnoException
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  const host = URL.canParse(endpoint) ? new URL(endpoint).host : endpoint
  const way = proxy === undefined ? '' : ` through the proxy ${new URL(proxy).host}`
  const isLate = name === 'TimeoutError'
  // First what a service answers: the SDK gives its error all fields of the answer, a `code` too.
  if ('$fault' in error) {
    return new AssumeError('service', `cannot ${doing}: ${host} answers ${describeService(error, status)}`, {
      hint: adviseOn(error, settings, status),
      cause: error,
    })
  }
  if ('$response' in error) return strangeAnswer({ doing, endpoint }, status)
  // What the system says of a socket or a name, whatever it is, has the call that it says it of.
  if (isLate || 'syscall' in error || unreachable.has(code) || misunderstood.test(code)) {
    const what = isLate ? `gave ${error.message}${way}` : `cannot be reached${way} (${code})`
    return new AssumeError('network', `cannot ${doing}: ${host} ${what}`, {
      hint: adviseOnNetwork(call, code === 'ENOTFOUND' ? settings : undefined),
      cause: error,
    })
  }
  if (code === 'EMSGSIZE') {
    return new AssumeError('service', `cannot ${doing}: ${host} gave ${error.message}${way}`, {
      hint: adviseOnStranger('-I', endpoint),
      cause: error,
    })
  }
  return describeDistrust(error, `cannot ${doing}: the certificate of ${host}`) ?? error
}

/** AssumeError `network` for a certificate that is not trusted, which `subject` names; undefined for any other error. */
export function describeDistrust(error: Error, subject: string): AssumeError | undefined {
  const { code = '' } = error as NodeJS.ErrnoException
  if (!untrusted.test(code)) return undefined
  return new AssumeError('network', `${subject} is not trusted (${code})`, {
    hint: untimely.has(code)
      ? 'check the clock of this machine: date'
      : "behind a proxy of your company set AWS_CA_BUNDLE to that company's certificates",
    cause: error,
  })
}

/** `settings`: those that decide on a name that there is not. */
function adviseOnNetwork({ endpointSource, proxy }: ServiceCall, settings: string | undefined): string {
  const origin = endpointSource && `${endpointSource}, which names this host`
  if (proxy !== undefined) return `check ${origin ? `${origin}, ` : ''}the network, HTTPS_PROXY and NO_PROXY`
  const places = origin ? `${origin}, and the network` : `the network${settings ? `, ${settings}` : ''}`
  return `check ${places}; behind a proxy set HTTPS_PROXY`
}

/** AssumeError `service` for an answer that is not the service's. It has no cause: that would quote the answer. */
export function strangeAnswer({ doing, endpoint }: ServiceCall, status = 200): AssumeError {
  const what = status === 200 ? '' : ` (HTTP ${status})`
  return new AssumeError(
    'service',
    `cannot ${doing}: what ${new URL(endpoint).host} answers${what} is not understood`,
    {
      hint: adviseOnStranger('-i', endpoint),
    },
  )
}

/** AssumeError `service` for a list of pages without an end. */
export function endlessAnswer({ doing, endpoint }: ServiceCall): AssumeError {
  return new AssumeError('service', `cannot ${doing}: the list of ${new URL(endpoint).host} does not end`, {
    hint: 'try again in a minute; nothing was changed',
  })
}

function adviseOnStranger(option: string, endpoint: string): Hint {
  return (quote) =>
    `a proxy or a network that asks for a sign-in may answer in its place; look with: curl ${option} ${quote(endpoint)}`
}

function adviseOn(error: Error, settings: string, status = 0): string {
  if (status === 429 || isNamed(error, 'SlowDownException', 'TooManyRequestsException')) {
    return 'too much is asked of it at the moment; try again in a minute'
  }
  return status >= 500
    ? 'the service has trouble; try again in a minute'
    : `check ${settings} in the config file`
}

function describeService(error: Error, status: number | undefined): string {
  const { error: kind, error_description: text } = error as { error?: unknown; error_description?: unknown }
  const message = error.message === 'UnknownError' ? undefined : error.message
  const words = [text, message, kind].map(readWords).find((each) => each !== undefined)
  return words === undefined ? `HTTP ${status}` : `${words} (${readWords(error.name)}, HTTP ${status})`
}

/** Whether an error of the SDK has this name: its classes are loaded on demand, so there is no `instanceof`. */
export function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name)
}
