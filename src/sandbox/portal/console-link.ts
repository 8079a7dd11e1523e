import { escapeMarkup } from '../../text/markup.ts'
import { type Call, type Reply, readForm, redirect } from '../call.ts'
import { formatHomeView } from '../console/console-view.ts'
import type { SandboxUser } from '../directory.ts'
import { chooseUser } from '../oidc/user.ts'
import { replyQuestion, replyScriptedPage, writeHiddenFields } from '../page.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import { findBrowserUser, signBrowserIn } from './browser-login.ts'
import { type ConsoleLink, formatLinkPath, linkPath, readConsoleLink, replyChoice } from './role-choice.ts'

/** GET /start/console: where the start page takes a shortcut link. Whoever is not signed in is asked first. */
export function openConsoleLink(state: SandboxState, call: Call): Reply {
  const link = readConsoleLink(call.query)
  const user = findBrowserUser(state, call)
  if (user) return followLink(state, user, link)
  if (state.answer === 'deny') throw new Refusal(403, 'access_denied', 'You are not signed in to the portal.')
  if (state.answer === 'allow') {
    const first = chooseUser(state, null)
    return signBrowserIn(state, first, followLink(state, first, link))
  }
  return replyQuestion({
    action: linkPath,
    fields: { ...link },
    text: '<p>Sign in to your AWS access portal to open the console.</p>',
    users: state.directory.users,
  })
}

/** POST /start/console: a button of that page. */
export function answerConsoleLink(state: SandboxState, call: Call): Reply {
  const form = readForm(call)
  if (form.get('decision') !== 'allow')
    throw new Refusal(403, 'access_denied', 'You are not signed in to the portal.')
  const user = chooseUser(state, form.get('user'))
  return signBrowserIn(state, user, redirect(formatLinkPath(readConsoleLink(form))))
}

/** Logs the user in to the console, or lets the user choose what the link leaves open. */
function followLink(state: SandboxState, user: SandboxUser, link: ConsoleLink): Reply {
  const { account_id: accountId, role_name: roleName } = link
  if (accountId === '' || roleName === '') return replyChoice(state.directory, user, link)
  if (!state.directory.listRoles(user, accountId).includes(roleName)) {
    const problem = `${roleName} in account ${accountId} is not assigned to ${user.name}.`
    throw new Refusal(403, 'access_denied', problem)
  }
  const { region, roleSessionLifetime } = state.settings
  const keys = state.identities.issueForPermissionSet(
    { accountId, roleName, userName: user.name, region },
    roleSessionLifetime,
  )
  return replyLogin({
    Action: 'login',
    Issuer: `${state.url}/start`,
    Destination: link.destination || formatHomeView(region),
    SigninToken: state.signinTokens.issue(keys),
  })
}

/** A page that posts the login at once, so that no address holds the token. */
function replyLogin(fields: Readonly<Record<string, string>>): Reply {
  const form = `<form method="post" action="/federation" id="login">${writeHiddenFields(fields)}<button>Go on</button></form>`
  return replyScriptedPage(
    'Opening the console',
    `<p>${escapeMarkup(fields['Destination'] ?? '')}</p>${form}`,
    "document.getElementById('login').submit()",
  )
}
