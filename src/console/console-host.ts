import { findPartition, type Partition } from '../aws/partition.ts'

/** Where a console is to be opened: in a partition, and in a region of it where one is known. */
export interface ConsoleRegion {
  readonly partition: Partition
  /** As hosts have it; absent for none, and for a pseudo region such as `aws-global`. */
  readonly region?: string
}

/** The console of a region by its name; undefined where no partition has such a region. */
export function findConsoleRegion(region: string): ConsoleRegion | undefined {
  const partition = findPartition(region)
  return partition && (region === partition.global ? { partition } : { partition, region })
}

/**
 * The host of the console. Source: "AWS Management Console endpoints" of the AWS General Reference, and for the other
 * partitions the consoles that the AWS Toolkits and Granted open.
 */
export function nameConsoleHost({ partition, region }: ConsoleRegion): string {
  return `${region === undefined ? '' : `${region}.`}console.${partition.signinSuffix}`
}

/**
 * The host of the sign-in whose `/federation` takes the keys. Source: the endpoint rules of Sign-In in botocore, whose hosts are
 * the same; of us-gov-west-1 and of FIPS, "AWS Sign-In endpoints" of the AWS General Reference.
 */
export function nameFederationHost(
  { partition, region = partition.home }: ConsoleRegion,
  { isFips = false } = {},
): string {
  const { id, signinSuffix } = partition
  if (id !== 'aws-us-gov') return `${region}.signin.${signinSuffix}`
  return `${region === partition.home ? '' : `${region}.`}signin${isFips ? '-fips' : ''}.${signinSuffix}`
}
