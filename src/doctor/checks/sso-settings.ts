import { describeUnknownRegion, parseKnownRegion, Region } from '../../aws/region.ts'
import { parseWebUrl } from '../../aws/web-url.ts'
import type { SectionName } from '../../profiles/config/constraint.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { printable } from '../../text/redact.ts'
import { formatSessionFlag } from '../../text/words.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'
import { formatKeyEdit } from './key-edit.ts'

type Values = ReadonlyMap<string, string>

/** What says where an Identity Center is: sections of sessions, and profiles that have no such section. */
export function checkSsoSettings(facts: Facts): SetUpFinding[] {
  const { profiles, described } = facts
  if (!profiles) return []
  const findings = [...profiles.config.sessions].flatMap(([name, values]) => [
    ...checkWhole(name, values, facts),
    ...checkValues({ type: 'sso-session', name }, values, 'sso_', profiles, facts),
  ])
  const ofProfiles = described.flatMap(({ name, kind, properties }) => {
    if (kind !== 'sso-legacy' && kind !== 'granted') return []
    const prefix = kind === 'granted' ? 'granted_sso_' : 'sso_'
    return checkValues({ type: 'profile', name }, properties, prefix, profiles, facts)
  })
  return [...findings, ...ofProfiles]
}

/** A session that profiles use is told with them. */
function checkWhole(name: string, values: Values, { described }: Facts): SetUpFinding[] {
  const missing = ['sso_start_url', 'sso_region'].filter((key) => !values.get(key))
  const isUsed = described.some(({ properties }) => properties.get('sso_session') === name)
  if (missing.length === 0 || isUsed) return []
  return [
    {
      level: 'warning',
      seen: `sso-session ${printable(name)} has no ${missing.join(' and no ')}`,
      why: 'nobody can log in to it',
      mend: (quote) => `assume configure ${formatSessionFlag(name, quote)}`,
    },
  ]
}

function checkValues(
  section: SectionName,
  values: Values,
  prefix: string,
  profiles: Profiles,
  { awsPaths }: Facts,
): SetUpFinding[] {
  const findings: SetUpFinding[] = []
  const place = `of ${section.type} ${printable(section.name)}`
  const [urlKey, regionKey] = [`${prefix}start_url`, `${prefix}region`]
  const edit = (key: string) => formatKeyEdit(profiles, section, key, awsPaths)
  const url = values.get(urlKey)
  if (url && (/\s/.test(url) || !parseWebUrl(url))) {
    findings.push({
      level: 'error',
      seen: `${urlKey} ${place} is no https address: ${printable(url)}`,
      why: 'no login to it works, neither here nor with the AWS CLI',
      mend: edit(urlKey),
    })
  }
  const region = values.get(regionKey)
  if (!region || parseKnownRegion(region)) return findings
  const isHost = Region.parse(region) !== undefined
  findings.push({
    level: isHost ? 'warning' : 'error',
    seen: isHost
      ? `${regionKey} ${place}: ${describeUnknownRegion(region)}`
      : `${regionKey} ${place} is no region: ${printable(region)}`,
    why: isHost ? 'a login finds no host there' : 'no host can have that name, so every login fails',
    mend: edit(regionKey),
  })
  return findings
}
