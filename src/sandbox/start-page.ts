import { type Call, type Reply, redirect } from './call.ts'
import { replyPage } from './page.ts'
import type { SandboxState } from './state.ts'

/** The portal's first page; on a vanity host, the redirect to where the portal is. */
export function showStartPage(state: SandboxState, call: Call): Reply {
  const target = state.settings.vanityHosts[call.host]
  if (target !== undefined) return redirect(target)
  return replyPage('Your AWS access portal', '<p>Log in from a command line to see more.</p>')
}
