import { type BrowserSurroundings, isRemote } from '../../browser/remote.ts'
import type { SsoSession } from '../../profiles/profile.ts'
import type { LoginFlow } from '../registration.ts'

/**
 * How to log in: as was asked for, else as the session's `assume_login` says, else PKCE, which needs a browser that
 * reaches this machine's loopback. A device code serves where there is none (SSH, WSL, containers, CI), and for
 * legacy profiles, whose tokens are made that way by the AWS CLI too.
 */
export function chooseLoginFlow(
  session: SsoSession,
  surroundings: BrowserSurroundings,
  wanted: { readonly asked?: LoginFlow | undefined; readonly configured?: string | undefined },
): LoginFlow {
  if (wanted.asked) return wanted.asked
  if (session.name === undefined) return 'device-code'
  if (wanted.configured === 'pkce' || wanted.configured === 'device-code') return wanted.configured
  return isRemote(surroundings) ? 'device-code' : 'pkce'
}
