import { printable } from '../redact.ts'
import { findNearest } from './matching.ts'
import { findPartition } from './partition.ts'

/**
 * The regions of all public partitions, for completion and for suggestions: there are others, known by their partition.
 * Source: endpoints.json of botocore.
 */
export const regions: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'us-gov-east-1',
  'us-gov-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'eusc-de-east-1',
]

/** What the hosts of AWS can have in the place of a region (`validate_region_name` of botocore): a label that is no number. */
const hostLabel = /^(?!\d+$)(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/

/** A region that can be part of a host, be signed for and be exported. Nothing else ever is. */
export class Region {
  /** As it is written. */
  readonly name: string
  readonly #plainName: string

  private constructor(name: string, plainName: string) {
    this.name = name
    this.#plainName = plainName
  }

  /** Undefined for a text that has not the form of a region. The AWS CLI takes the mark off wherever it stands, too. */
  static parse(text: string | undefined): Region | undefined {
    if (text === undefined) return undefined
    const plainName = text.replaceAll('fips-', '').replaceAll('-fips', '')
    return hostLabel.test(text) && hostLabel.test(plainName) ? new Region(text, plainName) : undefined
  }

  /** What hosts and signatures have: a pseudo region such as `fips-us-east-1` or `us-east-1-fips` without its mark. */
  get plainName(): string {
    return this.#plainName
  }

  /** Whether it asks for the FIPS endpoints of its services. */
  get isFips(): boolean {
    return this.name !== this.#plainName
  }
}

/** A region that AWS has, or will have: one that somebody types has to be. Undefined for every other text. */
export function parseKnownRegion(text: string): Region | undefined {
  const region = Region.parse(text)
  return region && findPartition(region.plainName) ? region : undefined
}

/** What is wrong with a text that `parseKnownRegion` does not take, with the nearest names. */
export function describeUnknownRegion(text: string): string {
  const nearest = findNearest(text, regions)
  const advice =
    nearest.length > 0 ? `; nearest: ${nearest.join(', ')}` : ': a region is written like eu-west-1'
  return `there is no AWS region ${printable(text) || '""'}${advice}`
}
