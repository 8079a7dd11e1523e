import { partitionOfArn } from '../aws/partition.ts'
import { Region } from '../aws/region.ts'
import { findConfiguredRegion, readProfileRegion, type WrittenRegion } from '../profiles/written-region.ts'
import type { Chain } from './chain.ts'

/**
 * The region whose STS is asked for the roles of a chain: that of the environment, of the profile (as with the AWS
 * CLI), else of the nearest profile on the way to the source, else the first of the role's partition. `env` is without
 * what a switch has set: that region is another profile's.
 */
export function findStsRegion(
  env: Readonly<Record<string, string | undefined>>,
  { profile, roles, source }: Chain,
): WrittenRegion | Region {
  const nearest = roles.findLast((role) => role.profile.region !== undefined)?.profile ?? source.profile
  return (
    findConfiguredRegion(env, profile) ??
    readProfileRegion(nearest) ??
    findHomeRegion(roles.at(-1)?.request.RoleArn)
  )
}

/** Where STS is when nothing names a region: the first one of the partition of an ARN, of the commercial one without. */
export function findHomeRegion(arn = ''): Region {
  return Region.parse(partitionOfArn(arn).home) as Region
}
