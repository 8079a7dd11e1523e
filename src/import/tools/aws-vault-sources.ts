import { hasStaticKeys } from '../../profiles/profile.ts'
import { readProcess } from '../../tool-files/tool-process.ts'
import { sessionKeys } from '../../tool-keys/key-move.ts'
import { findKeys, type ImportFacts } from '../facts.ts'

type Values = ReadonlyMap<string, string>

/** What says whose keys a profile has, but for keys themselves. */
export const sourceKeys = [...sessionKeys, 'credential_process'] as const

/** What says what a session is, for which AWS tools have no key. */
export const lastingKeys = [
  'session_tags',
  'transitive_session_tags',
  'source_identity',
  'web_identity_token_process',
] as const

/** The profile whose keys a `credential_process` of aws-vault gives, and its options that say which keyring they lie in. */
export function readVaultProcess({ platform }: Pick<ImportFacts, 'platform'>, values: Values) {
  const found = readProcess(values.get('credential_process'), /^aws-vault$/, platform)
  const command = found?.words.findIndex((word) => word === 'exec' || word === 'export') ?? -1
  if (!found || command < 0) return undefined
  const valued = /^--?(?:format|duration|backend|prompt|region|mfa-token|ecs-server|d|t|f)$/
  const rest = found.words.slice(command + 1)
  const profile = rest.find((word, index) => !word.startsWith('-') && !valued.test(rest[index - 1] ?? ''))
  const options = found.words.filter((word) =>
    /^--(?:backend|keychain|secret-service-collection|(?:file|pass)-(?:dir|prefix))=/.test(word),
  )
  return { profile, options }
}

/**
 * Whose keys a role of that source is assumed with: a user's, who can present a device for MFA codes, or those of a session,
 * which cannot; `unknown`: another program alone knows. `whole` are the profiles with what they include.
 */
export function findHolder(
  facts: Pick<ImportFacts, 'credentials' | 'platform'>,
  whole: ReadonlyMap<string, Values>,
  source: string | undefined,
): 'user' | 'session' | 'unknown' {
  const visited = new Set<string>()
  for (let name = source; name !== undefined && !visited.has(name); ) {
    visited.add(name)
    const values: Values = whole.get(name) ?? new Map()
    if (sourceKeys.some((key) => key !== 'credential_process' && values.has(key))) return 'session'
    if (hasStaticKeys(values)) return values.has('aws_session_token') ? 'session' : 'user'
    const keys = findKeys(facts, name)
    if (keys !== 'none') return keys === 'lasting' ? 'user' : 'session'
    const vault = readVaultProcess(facts, values)
    if (!vault) return values.has('credential_process') ? 'unknown' : 'user'
    if (vault.profile === undefined || vault.profile === name) return 'user'
    name = vault.profile
  }
  return 'session'
}
