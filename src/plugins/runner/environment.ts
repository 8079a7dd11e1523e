import type { Environment } from '../../context.ts'
import { applyChange } from '../../emit/change.ts'
import type { PluginCredentials } from '../api.ts'
import { isReservedVariable } from '../variable-plan.ts'

/** Where the AWS files lie: a program that a plugin starts should find the same as assume. */
const kept = new Set(['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])

/**
 * The environment of a plugin: the user's, without what an earlier switch set, and without what says which profile or
 * keys the AWS tools use, except for the credentials that it was granted.
 */
export function createPluginEnvironment(
  env: Environment,
  credentials: PluginCredentials | undefined,
): Record<string, string> {
  const unset = Object.keys(env).filter((name) => isReservedVariable(name) && !kept.has(name))
  const set: [string, string][] = []
  if (credentials) {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials
    set.push(['AWS_ACCESS_KEY_ID', accessKeyId], ['AWS_SECRET_ACCESS_KEY', secretAccessKey])
    if (sessionToken !== undefined) set.push(['AWS_SESSION_TOKEN', sessionToken])
  }
  return applyChange(env, { set, unset })
}
