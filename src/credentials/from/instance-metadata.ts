import type { Credentials } from '../../aws/credentials.ts'
import { isNamed } from '../../aws/failure.ts'
import type { HttpAnswer, HttpPorts } from '../../aws/http.ts'
import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import { isRoleName, isToken } from '../../text/answer-forms.ts'
import { printable } from '../../text/redact.ts'
import { askMetadata, type MetadataService, readMetadataCredentials } from './metadata.ts'
import { type MetadataSettings, readMetadataSettings } from './metadata-settings.ts'

export interface InstanceSource {
  /** The profile that has `credential_source = Ec2InstanceMetadata`. */
  readonly profile: string
  /** Its keys, which may say how the service is asked. */
  readonly properties: ReadonlyMap<string, string>
}

const roles = '/latest/meta-data/iam/security-credentials/'

/**
 * The credentials of the role of the EC2 instance that this runs on, by the second version of the metadata service, or
 * by the first where that is all there is, https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html.
 * They may have expired: AWS lets that pass while it cannot renew them. Throws AssumeError `incomplete-profile` when the
 * service is switched off, `invalid-endpoint`, `network`, `service`.
 */
export async function fetchInstanceCredentials(
  { profile, properties }: InstanceSource,
  ports: HttpPorts & Pick<Context, 'ownEnv'>,
): Promise<Credentials> {
  const settings = readMetadataSettings(ports.ownEnv, properties)
  if (settings.isDisabled) {
    throw new AssumeError(
      'incomplete-profile',
      `profile ${printable(profile)} takes the credentials of an EC2 instance, and AWS_EC2_METADATA_DISABLED is true`,
      { hint: (_, write) => write('AWS_EC2_METADATA_DISABLED') },
    )
  }
  const service = describeService(settings)
  const token = await fetchToken(service, `${settings.endpoint}/latest/api/token`, ports)
  if (token === undefined && !settings.allowsVersion1) {
    throw fail(service, 'it gives no token, and its version 1 is ruled out', {
      hint: 'AWS_EC2_METADATA_V1_DISABLED, or ec2_metadata_v1_disabled of the profile, does that',
    })
  }
  const headers = { ...(token !== undefined && { 'x-aws-ec2-metadata-token': token }) }
  const ask = (url: string) => askMetadata(service, { method: 'GET', url, headers }, ports)
  const role = readRole(service, await ask(settings.endpoint + roles))
  return readMetadataCredentials(service, await ask(settings.endpoint + roles + role))
}

function describeService({ timeout, attempts }: MetadataSettings): MetadataService {
  return {
    name: 'the EC2 instance',
    timeout,
    attempts,
    pause: 0,
    hint: 'on a machine that is no EC2 instance use another profile',
  }
}

/** Undefined from an instance that has the first version only, or whose second version a container cannot reach. */
async function fetchToken(
  service: MetadataService,
  url: string,
  ports: HttpPorts,
): Promise<string | undefined> {
  const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' }
  const answer = await askMetadata(service, { method: 'PUT', url, headers }, ports).catch((error: Error) => {
    // The answer with the token goes one hop far, so that a container may never see it.
    if (isNamed(error.cause, 'TimeoutError')) return undefined
    throw error
  })
  if (answer?.status === 400) throw fail(service, 'it refuses to give a token (HTTP 400)')
  const token = answer?.body.toString() ?? ''
  return answer?.status === 200 && isToken(token) ? token : undefined
}

function readRole(service: MetadataService, { status, body }: HttpAnswer): string {
  const [role = ''] = body.toString().trim().split(/\s/)
  if (status === 404 || (status === 200 && role === '')) {
    throw fail(service, 'it has no role', {
      hint: 'aws ec2 associate-iam-instance-profile --instance-id ID --iam-instance-profile Name=NAME',
    })
  }
  if (status === 200 && isRoleName(role)) return role
  throw fail(service, `it does not tell its role (HTTP ${status})`)
}

function fail({ name }: MetadataService, why: string, options?: { hint: string }): AssumeError {
  return new AssumeError('service', `cannot get credentials from ${name}: ${why}`, options)
}
