import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'

/** Tells a helper, and all that it starts, for which profiles helpers are at work: a JSON list, the outermost first. */
export const processChainVariable = 'ASSUME_CREDENTIAL_PROCESS'

/**
 * The value of ASSUME_CREDENTIAL_PROCESS for the helper that `credential_process` of `profile` names; `value` is the one
 * in our own environment. Throws AssumeError `profile-cycle` when the helper of this profile is what led here, through
 * a wrapper script or another tool: it would start itself without end.
 */
export function extendProcessChain(value: string | undefined, profile: string): string {
  const chain = parseChain(value)
  if (!chain.includes(profile)) return JSON.stringify([...chain, profile])
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
