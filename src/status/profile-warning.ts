import { planChain } from '../credentials/chain.ts'
import { AssumeError } from '../errors.ts'
import { findAccountFault } from '../profiles/account-fault.ts'
import { warnOfCliReading, warnOfRejection } from '../profiles/cli-warning.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import { describeContradiction } from '../profiles/contradiction.ts'
import { hasStaticKeys, needsEnvironment, needsMfa, type Profile } from '../profiles/profile.ts'
import { printable } from '../text/redact.ts'
import { formatExport, formatProfileFlag, quoteAnywhere } from '../text/words.ts'

/**
 * Why a switch gives tools that are told only AWS_PROFILE no credentials, or not all of them, in a line that ends with the
 * command that helps; undefined where nothing stands in the way. `chain` is the profile and its sources, as `followChain`
 * gives them.
 */
export function warnOfSwitch(
  config: AwsConfig,
  chain: readonly Profile[],
  platform: NodeJS.Platform,
): string | undefined {
  const [profile] = chain
  if (!profile) return undefined
  const ofProfile =
    warnOfNothing(profile) ?? warnOfProfile(config, chain, platform) ?? warnOfNeeds(profile, chain)
  // It is no matter of one profile, and is said beside whatever is.
  const ofFile = warnOfRejection(config)
  return ofFile !== undefined && ofProfile !== undefined ? `${ofFile}; ${ofProfile}` : (ofFile ?? ofProfile)
}

/** What is wrong with the profile, or with a source of it, likewise: with one that says nothing of credentials nothing is. */
export function warnOfProfile(
  config: AwsConfig,
  chain: readonly Profile[],
  platform: NodeJS.Platform,
): string | undefined {
  const [profile] = chain
  if (!profile || hasNothing(profile)) return undefined
  return (
    warnOfFault(config, profile, platform) ??
    warnOfLinks(chain, warnOfAccount) ??
    warnOfLinks(chain, (link) => describeContradiction(config, link)) ??
    warnOfCliReading(config, chain)
  )
}

function warnOfLinks(
  chain: readonly Profile[],
  warnOf: (link: Profile) => string | undefined,
): string | undefined {
  for (const link of chain) {
    const warning = warnOf(link)
    if (warning !== undefined) return warning
  }
  return undefined
}

/** On an instance and in a container this is as it should be. */
function warnOfNothing(profile: Profile): string | undefined {
  if (!hasNothing(profile)) return undefined
  const { name } = profile
  const what = `profile ${printable(name)} has no credentials of its own: tools will use those of this machine, if it has any`
  return `${what}; assume configure ${formatProfileFlag(name, quoteAnywhere)}`
}

function hasNothing({ kind, properties }: Profile): boolean {
  return kind === 'none' && !hasStaticKeys(properties)
}

/** Whether the keys of the environment are there is not a matter of the files. */
const anyKeys = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' }

/** What the profile's own keys would be refused for. */
function warnOfFault(config: AwsConfig, profile: Profile, platform: NodeJS.Platform): string | undefined {
  const { kind, session, accountId, roleName } = profile
  // Most profiles are like this, and a list has thousands.
  if (kind === 'sso' && session && accountId !== undefined && roleName !== undefined) return undefined
  try {
    planChain(config, profile, { env: anyKeys, ownEnv: anyKeys, platform })
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
  const remedy = formatExport(name, quoteAnywhere)
  const told = (need: string, command = remedy) => `profile ${printable(name)} ${need}; ${command}`
  if (needsMfa(chain)) return told('needs an MFA code (mfa_serial), which not every tool asks for')
  if (chain.some(({ kind }) => kind === 'granted'))
    return told('has only granted_sso_ keys, which the AWS tools do not read')
  if (!chain.some(needsEnvironment)) return undefined
  // The switch that says so has removed them: first they have to be there again.
  return told(
    'takes its keys from the environment (credential_source), and a switch removes them',
    `assume --unset; ${remedy}`,
  )
}
