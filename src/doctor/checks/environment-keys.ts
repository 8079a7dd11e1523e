import { parseVariableNames } from '../../emit/variable-name.ts'
import { findExpiredKeys } from '../../status/expired-keys.ts'
import { findRemedies, type Remedy } from '../../status/source-remedy.ts'
import { describeToolSource, toolNames } from '../../status/source-text.ts'
import { findToolSource, isSameSource, tools } from '../../status/tool-sources.ts'
import { printable } from '../../text/redact.ts'
import type { Hint } from '../../text/words.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** A finding, and the variables that are to go for it. */
export interface VariableFinding {
  readonly finding: SetUpFinding
  readonly variables: readonly string[]
}

/** The command that removes variables: of a switch all of them go together. */
export function formatRemoval(env: Facts['env'], variables: readonly string[]): Hint {
  if (variables.some((name) => isOfSwitch(env, name))) return 'assume --unset'
  return (_, write) => variables.map((name) => write(name)).join('; ')
}

function isOfSwitch(env: Facts['env'], variable: string): boolean {
  return parseVariableNames(env['ASSUME_VARS']).includes(variable)
}

/** Keys in the environment of which a part is missing. */
export function checkKeyParts({ env }: Facts): VariableFinding[] {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = env
  if (!id) return []
  const describe = (seen: string, why: string, variables: readonly string[]): VariableFinding[] => [
    { finding: { level: 'error', seen, why, mend: formatRemoval(env, variables) }, variables },
  ]
  if (!secret) {
    return describe(
      'AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not',
      'the AWS CLI and boto3 fail with half of a key, also where a profile has a whole one',
      ['AWS_ACCESS_KEY_ID'],
    )
  }
  const isOfSession = id.startsWith('ASIA')
  if (!isOfSession || env['AWS_SESSION_TOKEN'] || env['AWS_SECURITY_TOKEN']) return []
  return describe(
    'AWS_ACCESS_KEY_ID is that of a session, and AWS_SESSION_TOKEN is not set',
    'AWS refuses every call with such keys',
    ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  )
}

/** Keys that are in the way of a profile, or the reverse. */
export function checkAgreement({ env, profiles, now }: Facts): SetUpFinding[] {
  if (!profiles) return []
  const sourceFacts = { env, config: profiles.config, readAs: profiles.readAs, now }
  const sources = tools.map((tool) => [tool, findToolSource(tool, sourceFacts)] as const)
  const [first] = sources
  if (!first || sources.every(([, source]) => isSameSource(source, first[1]))) return []
  const isForeign = foreign.some((name) => env[name] !== undefined && !isOfSwitch(env, name))
  if (!isForeign) return []
  const [remedy] = findRemedies(sourceFacts)
  const expired = findExpiredKeys(sourceFacts, undefined)
  const used = sources.map(([tool, source]) => `${toolNames[tool]} ${describeToolSource(source)}`).join('; ')
  return [
    {
      level: 'warning',
      seen: `the tools do not use the same: ${printable(used)}`,
      why: expired
        ? 'the keys in the environment have expired, and only some of the tools see that'
        : 'variables that no switch of this shell has set win in some of them',
      mend: remedy ? formatRemedy(remedy) : (expired?.command ?? 'assume status'),
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
