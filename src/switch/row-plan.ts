import { Region } from '../aws/region.ts'
import { nameKeySession } from '../credentials/role-file.ts'
import type { Additions } from '../emit/change.ts'
import { formatRow, type ProfileRow, type RowSession, type RowText } from '../index/row.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import { followChain, isTooLong, type Profile } from '../profiles/profile.ts'
import { readSwitchRegion } from '../profiles/written-region.ts'
import { readSetting, type Settings } from '../settings/settings.ts'
import { warnOfSwitch } from '../status/profile-warning.ts'
import { isPrintable } from '../text/redact.ts'
import { chooseMode } from './mode.ts'
import { planSwitch } from './plan.ts'
import { noOptions } from './request.ts'

/** What all rows come from. */
export interface RowFacts {
  readonly config: AwsConfig
  readonly settings: Settings
  readonly platform: NodeJS.Platform
}

/** What plugins add to a switch to a profile, known ahead; `late`: they have to be asked then; undefined: nothing. */
export type AdditionsAhead = (profile: Profile) => Additions | 'late' | undefined

/** The rows of the profiles of the files that have one. */
export function planRows(
  facts: RowFacts,
  profiles: readonly Profile[],
  findAdditions: AdditionsAhead,
): RowText[] {
  return profiles.flatMap((profile) => {
    const additions = findAdditions(profile)
    const isOurs = additions !== 'late' && profile.files.length > 0
    const row = isOurs ? planRow(facts, profile, additions) : undefined
    return row ? formatRow(row) : []
  })
}

/**
 * The row of a profile: what a switch to it without options does. Undefined when such a switch needs the core: to
 * refuse, to get credentials, or because a value would not survive a line of text. `additions` are those of
 * plugins that plan ahead.
 */
export function planRow(
  { config, settings, platform }: RowFacts,
  profile: Profile,
  additions?: Additions,
): ProfileRow | undefined {
  const { name, properties } = profile
  const read = (setting: string) => readSetting(setting, settings, properties)
  const chain = followChain(config, name)
  const subject = { name }
  const facts = { subject, options: noOptions, configured: read('assume_mode'), isProvided: false }
  if (isTooLong(chain) || chooseMode(chain, facts) === 'export') return undefined
  const written = readSwitchRegion(profile, settings)
  const region = Region.parse(written?.text)
  if (written && !region) return undefined
  const plan = planSwitch({ profile, subject, options: noOptions, region, additions })
  if (!isPrintable(name + plan.change.set.map(([, value]) => value).join(''))) return undefined
  const session = findRowSession(chain.at(-1) ?? profile)
  const warning = warnOfSwitch(config, chain, platform)
  return { name, ...(session && { session }), plan, ...(warning !== undefined && { warning }) }
}

function findRowSession(root: Profile): RowSession | undefined {
  const { kind, session, loginSession } = root
  const roleFile = nameKeySession(root)
  if (roleFile !== undefined) return { roleFile }
  return kind === 'login' && loginSession !== undefined ? { loginSession } : session
}
