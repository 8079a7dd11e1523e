import type { EnvironmentChange } from '../emit/change.ts'
import type { CredentialSource, SourceFacts } from './credential-source.ts'
import { findCommonSource } from './tool-sources.ts'

/** A change of the environment after which all tools use one source. */
export interface Remedy {
  readonly source: CredentialSource
  readonly change: EnvironmentChange
}

const profileVariables = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']
/** The keys in an environment, and what is said of them. */
export const keyVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
]
const webIdentityVariables = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN', 'AWS_ROLE_SESSION_NAME']

/**
 * What makes each source win in all tools, as far as the environment alone can: a profile that a variable names, the
 * keys in the environment, and so on. Nothing where the tools agree already. Every remedy has been tried by the rules of
 * the tools.
 */
export function findRemedies(facts: SourceFacts): Remedy[] {
  if (findCommonSource(facts)) return []
  const remedies = listChanges(facts.env).flatMap((change) => {
    const source = findCommonSource({ ...facts, env: apply(facts.env, change) })
    return source ? [{ source, change }] : []
  })
  // To ask the instance is what is left when nothing is named, on a laptop too; who has keys did not mean it.
  const named = remedies.filter(({ source }) => source.kind !== 'instance')
  return named.length > 0 || facts.env['AWS_ACCESS_KEY_ID'] ? named : remedies
}

function listChanges(env: SourceFacts['env']): EnvironmentChange[] {
  const present = (names: readonly string[]) => names.filter((name) => env[name] !== undefined)
  const named = [...new Set(profileVariables.map((name) => env[name]).filter(Boolean))] as string[]
  const toProfiles = named.map((name) => ({
    set: env['AWS_PROFILE'] === name ? [] : [['AWS_PROFILE', name] as const],
    unset: present([...keyVariables, ...webIdentityVariables, 'AWS_DEFAULT_PROFILE']),
  }))
  const toKeys = { set: [], unset: present([...profileVariables, 'AWS_SECURITY_TOKEN']) }
  const toOthers = { set: [], unset: present([...profileVariables, ...keyVariables]) }
  return [...toProfiles, ...(env['AWS_ACCESS_KEY_ID'] ? [toKeys] : []), toOthers]
}

function apply(env: SourceFacts['env'], { set, unset }: EnvironmentChange): SourceFacts['env'] {
  return { ...env, ...Object.fromEntries([...unset.map((name) => [name, undefined]), ...set]) }
}
