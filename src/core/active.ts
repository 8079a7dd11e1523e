/** What is in force in an environment, whoever put it there. */
export interface Active {
  /** AWS_PROFILE; absent when it is not set or empty. */
  readonly profile?: string
  /** Where it comes from: a switch of assume, something else, or no profile but keys in the environment. */
  readonly source: 'assume' | 'elsewhere' | 'keys' | 'none'
  /** The profile of the last switch, where it is no longer in force. */
  readonly overridden?: string
  readonly region?: string
  /** Variables that contradict each other, one sentence each, with what the tools make of it. */
  readonly conflicts: readonly string[]
}

/** Reads an environment as the AWS tools will; the rules are those of the AWS CLI v2, botocore and the JS SDK. */
export function describeActive(env: Readonly<Record<string, string | undefined>>): Active {
  const profile = env['AWS_PROFILE'] || undefined
  const switched = env['ASSUME_PROFILE'] || undefined
  const keys = Boolean(env['AWS_ACCESS_KEY_ID'])
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined
  const source =
    profile !== undefined ? (profile === switched ? 'assume' : 'elsewhere') : keys ? 'keys' : 'none'
  return {
    ...(profile !== undefined && { profile }),
    source,
    ...(switched !== undefined && switched !== profile && { overridden: switched }),
    ...(region !== undefined && { region }),
    conflicts: findConflicts(env, profile, keys),
  }
}

function findConflicts(
  env: Readonly<Record<string, string | undefined>>,
  profile: string | undefined,
  keys: boolean,
): string[] {
  const { AWS_DEFAULT_PROFILE: other, AWS_REGION: region, AWS_DEFAULT_REGION: fallback } = env
  const conflicts: string[] = []
  if (profile !== undefined && keys) {
    conflicts.push(
      'AWS_PROFILE and AWS_ACCESS_KEY_ID are both set: the AWS CLI uses the keys, the JS SDK the profile',
    )
  }
  if (profile !== undefined && env['AWS_WEB_IDENTITY_TOKEN_FILE'] && env['AWS_ROLE_ARN']) {
    conflicts.push(
      'AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN are set: the AWS CLI uses them, not the profile',
    )
  }
  if (env['AWS_PROFILE'] === '')
    conflicts.push('AWS_PROFILE is set but empty: the AWS CLI fails, the JS SDK ignores it')
  if (other && other !== profile) {
    conflicts.push(`AWS_DEFAULT_PROFILE is ${other}: boto3 uses it before AWS_PROFILE`)
  }
  if (region && fallback && region !== fallback) {
    conflicts.push(
      `AWS_REGION is ${region} and AWS_DEFAULT_REGION is ${fallback}: boto3 reads the second only`,
    )
  }
  return conflicts
}
