import type { Chain } from './chain.ts'

/** Where STS of each partition is when nothing names a region; the others are of `aws`. */
const fallbacks: Readonly<Record<string, string>> = {
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
}

/**
 * The region whose STS is asked for the roles of a chain: that of the environment, of the profile (as with the AWS
 * CLI), else of the nearest profile on the way to the source, else the first of the role's partition. `env` is without
 * what a switch has set: that region is another profile's.
 */
export function findStsRegion(
  env: Readonly<Record<string, string | undefined>>,
  { profile, roles, source }: Chain,
): string {
  const configured = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || profile.region
  if (configured) return configured
  const nearest = roles.findLast((role) => role.profile.region !== undefined)?.profile.region
  const partition = partitionOf(roles.at(-1)?.request.RoleArn)
  return nearest ?? source.profile.region ?? fallbacks[partition] ?? 'us-east-1'
}

function partitionOf(arn = ''): string {
  return arn.split(':')[1] ?? ''
}
