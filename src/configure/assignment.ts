import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { formatLogin, type LoginTarget, nameSession } from '../profiles/session-list.ts'
import { logIn } from '../sso/login/login.ts'
import { openPortal } from '../sso/open-portal.ts'
import type { PortalService } from '../sso/portal.ts'
import type { Account } from '../sso/portal-answer.ts'
import { readToken } from '../sso/token-cache.ts'
import { printable } from '../text/redact.ts'
import type { Hint } from '../text/words.ts'
import type { Interview } from '../ui/interview.ts'
import { describeOdd } from './sync-report.ts'

/** A role that the user has in an account. */
export interface AccountRole {
  readonly accountId: string
  /** Absent where it was not looked up, or the service has none. */
  readonly accountName?: string
  readonly roleName: string
}

/**
 * The role in an account that the user picks. What is given by flags is not asked for, and neither is what there is
 * only one of. Throws AssumeError `not-assigned`, `session-over`, and what a login and an interview throw.
 */
export async function chooseAssignment(
  portal: PortalService,
  interview: Interview,
  given: { readonly accountId?: string | undefined; readonly roleName?: string | undefined },
): Promise<AccountRole> {
  const { accountId, accountName } =
    given.accountId === undefined
      ? await chooseAccount(portal, interview)
      : { accountId: given.accountId, accountName: undefined }
  const roleName = await chooseRole(portal, interview, accountId, given.roleName)
  return { accountId, roleName, ...(accountName && { accountName }) }
}

/**
 * The portal of a session that the config file does not have yet. A token of the same name may be left of a former
 * session, and would open that one's portal. Throws AssumeError `login-needed`, and what a login throws.
 */
export async function openNewPortal(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
): Promise<PortalService> {
  const { session } = target
  const token = readToken(context, profiles.paths.ssoCache, session, context.now())
  const isOurs = token?.startUrl === session.startUrl
  if (!isOurs && !context.terminal.stderrIsTerminal) {
    throw new AssumeError(
      'login-needed',
      `accounts and roles are known after a login to ${nameSession(session)}, and there is no terminal to do it on`,
      { hint: 'assume configure --account ID --role-name NAME' },
    )
  }
  try {
    const open = token && !isOurs ? reopenPortal : openPortal
    return await open(context, profiles, target)
  } catch (error) {
    throw suggestConfigure(error, target)
  }
}

/** `assume login` does not know a session that is not in the config file yet. */
function suggestConfigure(error: unknown, { session }: LoginTarget): unknown {
  if (!(error instanceof AssumeError)) return error
  const { code, message, cause } = error
  const hint: Hint = (quote, write) =>
    (error.adviseIn(quote, write) ?? '').replace(formatLogin(session, quote), 'assume configure')
  return new AssumeError(code, message, { ...(error.hint !== undefined && { hint }), cause })
}

/** The portal after a new login, when the token in the cache does not open it. Throws what a login throws. */
export async function reopenPortal(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
): Promise<PortalService> {
  await logIn(context, profiles, target, { opensBrowser: true })
  return openPortal(context, profiles, target)
}

async function chooseAccount(portal: PortalService, interview: Interview): Promise<Account> {
  const { items, odd } = await portal.listAccounts()
  const accounts = items.toSorted(byName)
  const [only, ...others] = accounts
  if (!only) throw nothingAssigned('no account is assigned to you', odd)
  await tellOdd(interview, odd)
  if (others.length === 0) {
    await interview.tell('Account', `${nameAccount(only)} · ${only.accountId} (the only one)`)
    return only
  }
  const index = await interview.pick({
    label: 'Account',
    flag: '--account ID',
    heading: ['ACCOUNT', 'ID', 'E-MAIL'],
    rows: accounts.map((account) => [nameAccount(account), account.accountId, account.emailAddress ?? '']),
  })
  return accounts[index] ?? only
}

async function chooseRole(
  portal: PortalService,
  interview: Interview,
  accountId: string,
  given: string | undefined,
): Promise<string> {
  const { items, odd } = await portal.listRoles(accountId)
  const roles = items.toSorted()
  const [only, ...others] = roles
  if (only === undefined) throw nothingAssigned(`no role is assigned to you in account ${accountId}`, odd)
  await tellOdd(interview, odd)
  if (given !== undefined) {
    if (roles.includes(given)) return given
    throw new AssumeError(
      'not-assigned',
      `role ${printable(given)} is not assigned to you in account ${accountId}; there are: ${roles.join(', ')}`,
    )
  }
  if (others.length === 0) {
    await interview.tell('Role', `${only} (the only one)`)
    return only
  }
  const index = await interview.pick({
    label: 'Role',
    flag: '--role-name NAME',
    heading: ['ROLE'],
    rows: roles.map((role) => [role]),
  })
  return roles[index] ?? only
}

function nothingAssigned(what: string, odd: number): AssumeError {
  return new AssumeError('not-assigned', odd === 0 ? what : `${what}; ${describeOdd(odd)}`)
}

async function tellOdd(interview: Interview, odd: number): Promise<void> {
  if (odd > 0) await interview.tell('Left out', describeOdd(odd))
}

function byName(one: Account, other: Account): number {
  const order = nameAccount(one).localeCompare(nameAccount(other), 'en')
  return order || (one.accountId < other.accountId ? -1 : 1)
}

/** The service does not always send a name. */
function nameAccount({ accountName, emailAddress, accountId }: Account): string {
  return accountName ?? emailAddress ?? accountId
}
