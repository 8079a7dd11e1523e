import { printable } from '../redact.ts'
import { quoteAnywhere } from '../words.ts'
import { needsEnvironment, needsMfa, type Profile } from './profile.ts'

/**
 * Why not every tool that is given only AWS_PROFILE gets credentials, in a line; undefined where nothing stands in the
 * way. `chain` is the profile and its sources, as `followChain` gives them.
 */
export function warnOfProfile(chain: readonly Profile[]): string | undefined {
  const [profile] = chain
  if (!profile) return undefined
  const name = printable(profile.name)
  if (chain.some(needsMfa)) return `profile ${name} needs an MFA code, which not every tool asks for`
  if (profile.kind === 'granted')
    return `profile ${name} has only granted_sso_ keys, which the AWS tools do not read`
  if (chain.some(needsEnvironment)) {
    const remedy = `assume --export ${quoteAnywhere(profile.name)}`
    return `profile ${name} takes its keys from the environment (credential_source), and a switch removes them; ${remedy}`
  }
  return undefined
}
