import { isLoopback } from '../../aws/web-url.ts'
import { AssumeError } from '../../errors.ts'
import { printable } from '../../text/redact.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where ECS, and what EKS calls Pod Identity, hand out credentials. */
const ecsHost = '169.254.170.2'
const eksHosts = ['169.254.170.23', '[fd00:ec2::23]']

/**
 * The URL at which a container gets its credentials, from AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, else
 * AWS_CONTAINER_CREDENTIALS_FULL_URI; undefined when neither is set. As in the SDKs
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html) a URL without https may lead to
 * this machine, or to the hosts of ECS and EKS only, since the authorization token goes there.
 * Throws AssumeError `invalid-endpoint`.
 */
export function locateContainerEndpoint(env: Environment): URL | undefined {
  const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']
  if (relative) {
    const url = parseUrl('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', `http://${ecsHost}${relative}`, relative)
    if (url.host === ecsHost) return url
    throw refuse('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', relative, 'is no path')
  }
  const full = env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
  if (!full) return undefined
  const url = parseUrl('AWS_CONTAINER_CREDENTIALS_FULL_URI', full, full)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isTrusted(url.hostname))) return url
  throw refuse(
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    full,
    'needs https, unless it leads to this machine or to the hosts of ECS and EKS',
  )
}

function isTrusted(hostname: string): boolean {
  return isLoopback(hostname) || hostname === ecsHost || eksHosts.includes(hostname)
}

function parseUrl(variable: string, text: string, value: string): URL {
  if (URL.canParse(text)) return new URL(text)
  throw refuse(variable, value, 'is no URL')
}

function refuse(variable: string, value: string, why: string): AssumeError {
  return new AssumeError('invalid-endpoint', `${variable} ${why}: ${printable(value)}`, {
    hint: (_, write) => write(variable),
  })
}
