import type { Credentials } from '../aws/credentials.ts'
import type { Context } from '../context.ts'
import type { Source } from './source.ts'

/** A source whose keys nobody keeps: they are at hand, or are asked for each time. */
export type KeySource = Exclude<Source, { readonly kind: 'sso' | 'web-identity' | 'login' | 'keys' }>

/** The keys of a source. Throws AssumeError as the function for its kind says, in `credentials/from`. */
export async function fetchSourceKeys(context: Context, source: KeySource): Promise<Credentials> {
  const { name: profile, properties } = source.profile
  switch (source.kind) {
    case 'static':
      return source.credentials
    case 'process': {
      const { fetchProcessCredentials } = await import('./from/credential-process.ts')
      const accountId = properties.get('aws_account_id')
      return fetchProcessCredentials({ profile, command: source.command, accountId }, context)
    }
    case 'container': {
      const { fetchContainerCredentials } = await import('./from/container.ts')
      return fetchContainerCredentials({ profile }, context)
    }
    case 'instance-metadata': {
      const { fetchInstanceCredentials } = await import('./from/instance-metadata.ts')
      return fetchInstanceCredentials({ profile, properties }, context)
    }
  }
}
