import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Tells a helper, and all that it starts, for which profiles helpers are at work: a JSON list, the outermost first. */
export const processChainVariable = 'ASSUME_CREDENTIAL_PROCESS'

/** The value of ASSUME_CREDENTIAL_PROCESS for the helper of `profile`, from the one in our own environment. */
export function extendProcessChain(env: Environment, profile: string): string {
  return JSON.stringify([...parseChain(env[processChainVariable]), profile])
}

/**
 * Throws AssumeError `profile-cycle` when the helper that `credential_process` of `profile` names is what led here,
 * through a wrapper script or another tool: it would start itself without end, or wait for itself.
 */
export function checkProcessChain(env: Environment, profile: string): void {
  const chain = parseChain(env[processChainVariable])
  if (!chain.includes(profile)) return
  const loop = [...chain.slice(chain.indexOf(profile)), profile].map((name) => printable(name))
  throw new AssumeError('profile-cycle', `a credential_process leads back to itself: ${loop.join(' -> ')}`, {
    hint: 'let one of them take its credentials from elsewhere',
  })
}

/** What is no list of texts was not written by us, and counts as none. */
function parseChain(value: string | undefined): string[] {
  try {
    const chain: unknown = JSON.parse(value ?? '[]')
    return Array.isArray(chain) && chain.every((name) => typeof name === 'string') ? chain : []
  } catch {
    return []
  }
}
