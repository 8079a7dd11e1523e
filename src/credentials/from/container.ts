import type { Credentials } from '../../aws/credentials.ts'
import type { HttpPorts } from '../../aws/http.ts'
import type { Context, Files } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import { explainReadFailure } from '../../system/files/read-failure.ts'
import { printable } from '../../text/redact.ts'
import { locateContainerEndpoint } from './container-endpoint.ts'
import { askMetadata, type MetadataService, readMetadataCredentials } from './metadata.ts'

/** As in botocore (`ContainerMetadataFetcher`), but that a refusal is taken as one. */
const container: MetadataService = {
  name: 'the container',
  timeout: 2000,
  attempts: 3,
  pause: 1000,
  hint: 'check AWS_CONTAINER_CREDENTIALS_FULL_URI, or AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
}

/**
 * The credentials of the container, which `credential_source = EcsContainer` of `profile` means: of an ECS task, of a pod
 * of EKS, or of what runs on this machine in their place. Throws AssumeError `incomplete-profile` when the environment
 * names no endpoint, `invalid-endpoint`, `unreadable-file`, `network`, `service`.
 */
export async function fetchContainerCredentials(
  { profile }: { readonly profile: string },
  ports: HttpPorts & Pick<Context, 'ownEnv' | 'files'>,
): Promise<Credentials> {
  const { ownEnv, files } = ports
  const url = locateContainerEndpoint(ownEnv)?.href
  if (url === undefined) {
    throw new AssumeError(
      'incomplete-profile',
      `profile ${printable(profile)} takes the credentials of a container, and neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set`,
      { hint: 'use this profile in a container of ECS or EKS' },
    )
  }
  const authorization = await readAuthorization(ownEnv, files)
  const headers = { accept: 'application/json', ...(authorization !== undefined && { authorization }) }
  const answer = await askMetadata(container, { method: 'GET', url, headers }, ports)
  return readMetadataCredentials(container, answer)
}

/** The file is read each time: its token is replaced from time to time. */
async function readAuthorization(env: Context['ownEnv'], files: Files): Promise<string | undefined> {
  const path = env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE']
  const token = path ? await readFile(files, path) : env['AWS_CONTAINER_AUTHORIZATION_TOKEN']
  if (!token || /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(token)) return token || undefined
  const source = path
    ? `the file of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`
    : 'AWS_CONTAINER_AUTHORIZATION_TOKEN'
  throw new AssumeError('invalid-endpoint', `what ${source} holds is no token: it has a line break, or worse`)
}

async function readFile(files: Files, path: string): Promise<string> {
  await files.drain(path)
  try {
    return Buffer.from(files.read(path)).toString()
  } catch (cause) {
    throw new AssumeError(
      'unreadable-file',
      `cannot read the authorization token ${printable(path)}: ${explainReadFailure(cause)}`,
      {
        hint: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names it',
        cause,
      },
    )
  }
}
