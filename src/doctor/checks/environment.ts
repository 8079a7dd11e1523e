import { Region } from '../../aws/region.ts'
import { parseVariableNames } from '../../emit/variable-name.ts'
import { mayKnowProfiles } from '../../profiles/plugin-settings.ts'
import { describeProfile } from '../../profiles/profile.ts'
import { warnOfRegionVariable } from '../../profiles/written-region.ts'
import { findRemedies, type Remedy } from '../../status/source-remedy.ts'
import { describeToolSource, toolNames } from '../../status/source-text.ts'
import { findToolSource, isSameSource, tools } from '../../status/tool-sources.ts'
import { printable } from '../../text/redact.ts'
import type { Hint } from '../../text/words.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Variables that win over a profile, or mislead one tool or another. */
export function checkEnvironment(facts: Facts): SetUpFinding[] {
  return [
    ...checkNames(facts),
    ...checkAgreement(facts),
    ...checkRegions(facts),
    ...facts.absentFiles.map(
      ([variable, path]): SetUpFinding => ({
        level: 'warning',
        seen: `${variable} is ${printable(path)}, and there is no such file`,
        why: 'AWS tools and assume look there, and nowhere else',
        mend: (_, write) => write(variable),
      }),
    ),
  ]
}

/** Names of profiles that are in no file. */
function checkNames({ env, profiles }: Facts): SetUpFinding[] {
  if (!profiles || mayKnowProfiles(profiles.plugins)) return []
  return ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].flatMap((variable): SetUpFinding[] => {
    const name = env[variable]
    if (name === undefined || profiles.config.profiles.has(name)) return []
    return [
      {
        level: 'error',
        seen:
          name === ''
            ? `${variable} is set but empty`
            : `${variable} is ${printable(name)}, and there is no such profile`,
        why: 'AWS tools that read the variable fail',
        mend: isOfSwitch(env, variable) ? 'assume --unset' : (_, write) => write(variable),
      },
    ]
  })
}

function isOfSwitch(env: Facts['env'], variable: string): boolean {
  return parseVariableNames(env['ASSUME_VARS']).includes(variable)
}

/** Keys that are in the way of a profile, or the reverse. */
function checkAgreement({ env, profiles, now }: Facts): SetUpFinding[] {
  if (!profiles) return []
  const sourceFacts = { env, config: profiles.config, readAs: profiles.readAs, now }
  const sources = tools.map((tool) => [tool, findToolSource(tool, sourceFacts)] as const)
  const [first] = sources
  if (!first || sources.every(([, source]) => isSameSource(source, first[1]))) return []
  const isForeign = foreign.some((name) => env[name] !== undefined && !isOfSwitch(env, name))
  if (!isForeign) return []
  const [remedy] = findRemedies(sourceFacts)
  const used = sources.map(([tool, source]) => `${toolNames[tool]} ${describeToolSource(source)}`).join('; ')
  return [
    {
      level: 'warning',
      seen: `the tools do not use the same: ${printable(used)}`,
      why: 'variables that no switch of this shell has set win in some of them',
      mend: remedy ? formatRemedy(remedy) : 'assume status',
    },
  ]
}

const foreign = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
]

function formatRemedy({ change: { set, unset } }: Remedy): Hint {
  return (_, write) =>
    [...unset.map((name) => write(name)), ...set.map(([name, value]) => write(name, value))].join('; ')
}

function checkRegions({ env, profiles }: Facts): SetUpFinding[] {
  const broken = ['AWS_REGION', 'AWS_DEFAULT_REGION'].filter((name) => env[name] && !Region.parse(env[name]))
  if (broken.length > 0) {
    return broken.map((name) => ({
      level: 'error',
      seen: `${name} is no region: ${printable(env[name] ?? '')}`,
      why: 'no host can have that name, so every call of an AWS tool fails',
      mend: (_, write) => write(name),
    }))
  }
  const active = profiles && describeProfile(profiles.config, env['AWS_PROFILE'] ?? '')
  const warning = warnOfRegionVariable(env, active)
  if (warning === undefined) return []
  const variable = warning.startsWith('AWS_REGION') ? 'AWS_REGION' : 'AWS_DEFAULT_REGION'
  return [
    {
      level: 'warning',
      seen: warning,
      why: 'calls of AWS tools find no host there',
      mend: (_, write) => write(variable),
    },
  ]
}
