import { AssumeError } from '../../errors.ts'
import { printable } from '../../text/redact.ts'

/** How the metadata service of an EC2 instance is asked. */
export interface MetadataSettings {
  /** Without a slash at its end. */
  readonly endpoint: string
  readonly isDisabled: boolean
  /** Whether the first version of the service, which needs no token, may be used where the second is not there. */
  readonly allowsVersion1: boolean
  /** Milliseconds for one request. */
  readonly timeout: number
  /** For each request. */
  readonly attempts: number
}

/**
 * What the environment, and where it is silent the profile, say of the metadata service, with the names and the
 * defaults of the SDKs: https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html.
 * Throws AssumeError `invalid-endpoint`.
 */
export function readMetadataSettings(
  env: Readonly<Record<string, string | undefined>>,
  properties: ReadonlyMap<string, string>,
): MetadataSettings {
  const read = (key: string) => env[`AWS_${key.toUpperCase()}`] || properties.get(key) || ''
  const isOn = (text: string | undefined) => text?.toLowerCase() === 'true'
  const count = (key: string) => (/^[1-9]\d{0,3}$/.test(read(key)) ? Number(read(key)) : 1)
  const usual =
    read('ec2_metadata_service_endpoint_mode').toLowerCase() === 'ipv6'
      ? 'http://[fd00:ec2::254]'
      : 'http://169.254.169.254'
  const endpoint = read('ec2_metadata_service_endpoint') || usual
  if (!/^https?:\/\//i.test(endpoint) || !URL.canParse(endpoint)) {
    throw new AssumeError(
      'invalid-endpoint',
      `the endpoint of the instance metadata is no URL: ${printable(endpoint)}`,
      { hint: (_, write) => write('AWS_EC2_METADATA_SERVICE_ENDPOINT') },
    )
  }
  return {
    endpoint: endpoint.replace(/\/+$/, ''),
    isDisabled: isOn(env['AWS_EC2_METADATA_DISABLED']),
    allowsVersion1: !isOn(read('ec2_metadata_v1_disabled')),
    timeout: count('metadata_service_timeout') * 1000,
    attempts: count('metadata_service_num_attempts'),
  }
}
