import { describeUnknownRegion, parseKnownRegion, type Region } from '../aws/region.ts'
import { readSetting, type Settings } from '../settings/settings.ts'
import { printable } from '../text/redact.ts'
import type { Hint } from '../text/words.ts'
import type { SectionName } from './config/constraint.ts'
import type { AwsConfig } from './config/merge.ts'
import type { Profile, SsoSession } from './profile.ts'
import { type LoginTarget, listSessions } from './session-list.ts'

/** A region as it is written somewhere. It need not have the form of one: then the place says what has to be mended. */
export interface WrittenRegion {
  readonly text: string
  readonly place: RegionPlace
}

/** A variable, a key of a section of the AWS files, or one of another file, with the command that writes it anew. */
export type RegionPlace =
  | { readonly variable: string }
  | { readonly section: SectionName; readonly key: string }
  | { readonly path: string; readonly key: string; readonly remedy: Hint }

/** The region that holds for who works as `profile`: that of the environment, else of the profile, as with the AWS CLI. */
export function findConfiguredRegion(
  env: Readonly<Record<string, string | undefined>>,
  profile: Profile | undefined,
): WrittenRegion | undefined {
  for (const variable of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const text = env[variable]
    if (text) return { text, place: { variable } }
  }
  return profile && readProfileRegion(profile)
}

/** What a profile says of its region; undefined when it says nothing. */
export function readProfileRegion({ name, region }: Profile): WrittenRegion | undefined {
  if (region === undefined) return undefined
  return { text: region, place: { section: { type: 'profile', name }, key: 'region' } }
}

/**
 * That AWS has no region such as a profile's, in a line; undefined where it has, and where the profile leads to other
 * services than AWS's, whose regions are their own affair.
 */
export function warnOfRegion(profile: Profile): string | undefined {
  const { name, region } = profile
  if (region === undefined || leadsElsewhere(profile) || parseKnownRegion(region)) return undefined
  return `region of profile ${printable(name)}: ${describeUnknownRegion(region)}`
}

/** The same of the variables, as far as they say another one than the profile that is active. */
export function warnOfRegionVariable(
  env: Readonly<Record<string, string | undefined>>,
  profile: Profile | undefined,
): string | undefined {
  if (env['AWS_ENDPOINT_URL'] || (profile && leadsElsewhere(profile))) return undefined
  const isUnknown = (text: string | undefined) => text && text !== profile?.region && !parseKnownRegion(text)
  const variable = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((name) => isUnknown(env[name]))
  return variable && `${variable}: ${describeUnknownRegion(env[variable] ?? '')}`
}

function leadsElsewhere({ properties }: Profile): boolean {
  return Boolean(properties.get('endpoint_url') || properties.get('services'))
}

/** The region that a switch to a profile sets where it is asked for no other; undefined where it sets none. */
export function readSwitchRegion(profile: Profile, settings: Settings): WrittenRegion | undefined {
  const isOff = readSetting('assume_region', settings, profile.properties) === 'off'
  return isOff ? undefined : readProfileRegion(profile)
}

/** The region of the Identity Center that a session is of. */
export function readSessionRegion(config: AwsConfig, { session, profile }: LoginTarget): WrittenRegion {
  const { name, region: text } = session
  if (name !== undefined) {
    return { text, place: { section: { type: 'sso-session', name }, key: 'sso_region' } }
  }
  const owner = config.profiles.has(profile.name) ? profile : findOwner(config, session)
  const key = owner?.kind === 'granted' ? 'granted_sso_region' : 'sso_region'
  return { text, place: { section: { type: 'profile', name: owner?.name ?? profile.name }, key } }
}

/** The profile that says all of a session without a name; one that stands in no file has taken it over from there. */
function findOwner(config: AwsConfig, { startUrl }: SsoSession): Profile | undefined {
  const isIt = ({ session }: LoginTarget) => session.name === undefined && session.startUrl === startUrl
  return listSessions(config).find(isIt)?.profile
}

/** The region that was most likely meant by a text that is none: with hyphens, without quotes and what follows. */
export function guessRegion(text: string): Region | undefined {
  const [, word = ''] = /^[\s"']*([\w-]+)["']?(?:[\s#;,].*)?$/s.exec(text) ?? []
  return parseKnownRegion(word.replaceAll('_', '-').toLowerCase())
}
