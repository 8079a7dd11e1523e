import { findNearest } from '../text/matching.ts'
import { printable } from '../text/redact.ts'
import { formatSuggestion } from '../text/suggestion.ts'
import { findPartition, partitions } from './partition.ts'
import { writeOutRegion } from './region-shorthand.ts'

/** The regions of all partitions that people can get an account in, for completion and for suggestions: there are others. */
export function listRegions(): string[] {
  return partitions
    .filter(({ id }) => !id.startsWith('aws-iso'))
    .flatMap(({ areas }) => areas.flatMap(({ name, places }) => places.map((place) => `${name}-${place}`)))
}

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

/** A region that AWS has, or will have. Undefined for every other text. */
export function parseKnownRegion(text: string): Region | undefined {
  const region = Region.parse(text)
  return region && findPartition(region.plainName) ? region : undefined
}

/**
 * A region that somebody types, which has to be a known one, or its shorthand. Undefined for every other text, and for
 * what stands for a whole partition: nothing is there but the services that it has one of.
 */
export function parseTypedRegion(text: string): Region | undefined {
  const region = parseKnownRegion(writeOutRegion(text))
  return region && findPartition(region.plainName)?.global !== region.plainName ? region : undefined
}

/** What is wrong with a text that `parseTypedRegion` does not take, with the nearest names. */
export function describeUnknownRegion(text: string): string {
  const nearest = findNearest(text, listRegions())
  const advice = formatSuggestion(nearest) || ': a region is written like eu-west-1'
  return `there is no AWS region ${printable(text) || '""'}${advice}`
}
