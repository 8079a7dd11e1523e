import { type Call, type Reply, redirect } from '../call.ts'
import { replyScriptedPage } from '../page.ts'
import type { SandboxState } from '../state.ts'

/** What a shortcut link says stands behind its `#`, which no server is told. */
const script = `const follow = () => {
  const [page, ...link] = location.hash.split('?')
  if (page === '#/console') location.replace('/start/console?' + link.join('?'))
}
addEventListener('hashchange', follow)
follow()`

/**
 * The portal's first page, which follows shortcut links; on a vanity host, the redirect to where the portal is.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/createshortcutlink.html
 */
export function showStartPage(state: SandboxState, call: Call): Reply {
  const target = state.settings.vanityHosts[call.host]
  if (target !== undefined) return redirect(target)
  return replyScriptedPage(
    'Your AWS access portal',
    '<p>Log in from a command line to see more, or <a href="/start/console">open a console</a>.</p>',
    script,
  )
}
