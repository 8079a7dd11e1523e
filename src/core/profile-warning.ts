import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { formatProfileFlag, formatProfileWord, quoteAnywhere } from '../words.ts'
import { findAccountFault } from './account-fault.ts'
import { planChain } from './chain.ts'
import { warnOfCliReading, warnOfRejection } from './cli-warning.ts'
import type { AwsConfig } from './config/merge.ts'
import { describeContradiction } from './contradiction.ts'
import { hasStaticKeys, needsEnvironment, needsMfa, type Profile } from './profile.ts'

/**
 * Why tools that are given only AWS_PROFILE get no credentials, or not all of them do, in a line that ends with the
 * command that helps; undefined where nothing stands in the way. `chain` is the profile and its sources, as `followChain`
 * gives them.
 */
export function warnOfProfile(
  config: AwsConfig,
  chain: readonly Profile[],
  platform: NodeJS.Platform,
): string | undefined {
  const [profile] = chain
  if (!profile) return undefined
  const ofProfile =
    warnOfNothing(profile) ??
    warnOfFault(config, profile, platform) ??
    warnOfLinks(chain, warnOfAccount) ??
    warnOfLinks(chain, (link) => describeContradiction(config, link)) ??
    warnOfCliReading(config, chain) ??
    warnOfNeeds(profile, chain)
  // It is no matter of one profile, and is said beside whatever is.
  const ofFile = warnOfRejection(config)
  return ofFile !== undefined && ofProfile !== undefined ? `${ofFile}; ${ofProfile}` : (ofFile ?? ofProfile)
}

function warnOfLinks(
  chain: readonly Profile[],
  warnOf: (link: Profile) => string | undefined,
): string | undefined {
  return chain.map(warnOf).find((warning) => warning !== undefined)
}

/** On an instance and in a container this is as it should be. */
function warnOfNothing({ name, kind, properties }: Profile): string | undefined {
  if (kind !== 'none' || hasStaticKeys(properties)) return undefined
  const what = `profile ${printable(name)} has no credentials of its own: tools will use those of this machine, if it has any`
  return `${what}; assume configure ${formatProfileFlag(name, quoteAnywhere)}`
}

/** Whether the keys of the environment are there is not a matter of the files. */
const anyKeys = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' }

/** What the profile's own keys would be refused for. */
function warnOfFault(config: AwsConfig, profile: Profile, platform: NodeJS.Platform): string | undefined {
  try {
    planChain(config, profile, { env: anyKeys, platform })
    return undefined
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    return [error.message, error.hint].filter((part) => part !== undefined).join('; ')
  }
}

function warnOfAccount(profile: Profile): string | undefined {
  const fault = findAccountFault(profile)
  return fault && `${fault.message}; ${fault.hint(quoteAnywhere)}`
}

/** Where keys would be exported, unless a setting forbids it. */
function warnOfNeeds({ name }: Profile, chain: readonly Profile[]): string | undefined {
  const remedy = `assume --export ${formatProfileWord(name, quoteAnywhere)}`
  const told = (need: string, command = remedy) => `profile ${printable(name)} ${need}; ${command}`
  if (chain.some(needsMfa)) return told('needs an MFA code (mfa_serial), which not every tool asks for')
  if (chain.some(({ kind }) => kind === 'granted'))
    return told('has only granted_sso_ keys, which the AWS tools do not read')
  if (!chain.some(needsEnvironment)) return undefined
  // The switch that says so has removed them: first they have to be there again.
  return told(
    'takes its keys from the environment (credential_source), and a switch removes them',
    `assume --unset; ${remedy}`,
  )
}
