import { Region } from '../aws/region.ts'
import { AssumeError } from '../errors.ts'
import { shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import type { Hint } from '../text/words.ts'
import { findFile } from './config/merge.ts'
import type { Profiles } from './profiles.ts'
import { guessRegion, type RegionPlace, type WrittenRegion } from './written-region.ts'

/**
 * A region that is written somewhere as one that hosts, signatures and variables can have. Throws AssumeError
 * `invalid-region`, which says where it stands.
 */
export function requireRegion(profiles: Profiles, region: WrittenRegion | Region): Region {
  if (region instanceof Region) return region
  const { text, place } = region
  const found = Region.parse(text)
  if (found) return found
  throw new AssumeError(
    'invalid-region',
    `${describePlace(profiles, place)} is no region: ${printable(text)}`,
    { hint: advise(place, guessRegion(text)) },
  )
}

/** The region that is asked for, else the one that is written; undefined where there is neither. Throws likewise. */
export function chooseRegion(
  profiles: Profiles,
  asked: Region | undefined,
  written: WrittenRegion | undefined,
): Region | undefined {
  return asked ?? (written && requireRegion(profiles, written))
}

function describePlace({ config, paths }: Profiles, place: RegionPlace): string {
  if ('variable' in place) return place.variable
  if ('path' in place) return `${place.key} in ${printable(shortenPath(place.path, paths))}`
  const { section, key } = place
  const what = `${key} of ${section.type} ${printable(section.name)}`
  const found = section.type === 'profile' ? config.profiles.get(section.name) : undefined
  const file = found ? findFile(found, key) : 'config'
  if (file === undefined) return `${what}, which a plugin knows,`
  return `${what} in ${printable(shortenPath(file === 'config' ? paths.awsConfig : paths.awsCredentials, paths))}`
}

function advise(place: RegionPlace, guess: Region | undefined): Hint {
  if ('path' in place) return place.remedy
  if ('variable' in place) return (_, write) => write(place.variable, guess?.name)
  const instead = guess?.name ?? 'us-east-1'
  return guess ? `write there: ${place.key} = ${instead}` : `a region is written like ${instead}`
}
