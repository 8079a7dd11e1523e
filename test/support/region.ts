import { Region } from '../../src/aws/region.ts'

/** The region of that name. */
export function createRegion(name: string): Region {
  const region = Region.parse(name)
  if (region) return region
  throw new Error(`no region: ${name}`)
}
