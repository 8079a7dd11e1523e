import { escapeMarkup } from '../../text/markup.ts'
import type { Reply } from '../call.ts'
import type { Directory, SandboxUser } from '../directory.ts'
import { replyPage } from '../page.ts'

/** What a shortcut link says; what it does not is empty. */
export interface ConsoleLink {
  readonly account_id: string
  readonly role_name: string
  readonly destination: string
}

export const linkPath = '/start/console'

export function readConsoleLink(query: URLSearchParams): ConsoleLink {
  const read = (name: string) => query.get(name) ?? ''
  return {
    account_id: read('account_id'),
    role_name: read('role_name'),
    destination: read('destination'),
  }
}

export function formatLinkPath(link: ConsoleLink): string {
  return `${linkPath}?${new URLSearchParams({ ...link })}`
}

/** The page with the roles that a link leaves open: those of its account, or of all. */
export function replyChoice(directory: Directory, user: SandboxUser, link: ConsoleLink): Reply {
  const accounts = directory
    .listAccounts(user)
    .filter(({ id }) => link.account_id === '' || id === link.account_id)
  const items = accounts.flatMap(({ id, name }) =>
    directory.listRoles(user, id).map((role) => {
      const path = formatLinkPath({ ...link, account_id: id, role_name: role })
      return `<li><a href="${escapeMarkup(path)}">${escapeMarkup(`${name ?? ''} ${id} ${role}`.trim())}</a></li>`
    }),
  )
  const where = link.account_id === '' ? '' : ` in account ${escapeMarkup(link.account_id)}`
  return items.length === 0
    ? replyPage('Sorry', `<p>Nothing${where} is assigned to ${escapeMarkup(user.name)}.</p>`, 403)
    : replyPage('Choose a role', `<ul>${items.join('\n')}</ul>`)
}
