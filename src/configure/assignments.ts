import { isNamed } from '../aws/failure.ts'
import type { Wait } from '../aws/wait.ts'
import { AssumeError } from '../errors.ts'
import type { Listing } from '../sso/pages.ts'
import type { PortalService } from '../sso/portal.ts'
import type { Account } from '../sso/portal-answer.ts'
import { Pacer } from './pacer.ts'
import type { Assignment } from './sync-plan.ts'

/** What the user may use of a session. */
export interface Assignments {
  readonly assignments: readonly Assignment[]
  /** The ids of accounts whose roles the service refuses to tell, although it lists the accounts. */
  readonly closedAccounts: readonly string[]
  /** How many entries of the lists are no account and no role. */
  readonly odd: number
}

interface Options {
  readonly signal: AbortSignal
  /** Called after each account. */
  readonly onProgress: (done: number, total: number) => void
  readonly wait?: Wait
}

/** Where an answer takes half a second, so many keep the pace; more would only wait for it. */
const workers = 10

/**
 * Fetches every account and its roles, at a pace that the service takes. Throws AssumeError `session-over`, `network`,
 * `service`; the signal's reason when it is aborted.
 */
export async function fetchAssignments(
  portal: Pick<PortalService, 'listAccounts' | 'listRoles'>,
  { signal: interruption, onProgress, wait }: Options,
): Promise<Assignments> {
  const stop = new AbortController()
  const { signal } = stop
  // Not `AbortSignal.any`: main looks for a listener to know that somebody ends the work.
  const interrupt = () => stop.abort(interruption.reason)
  interruption.addEventListener('abort', interrupt)
  const pacer = new Pacer(signal, wait)
  const manners = { signal, send: <Answer>(request: () => Promise<Answer>) => pacer.send(request) }
  try {
    const accounts = await portal.listAccounts(manners)
    const roles: Roles = new Map()
    const queue = accounts.items.values()
    const work = async () => {
      for (const account of queue) {
        roles.set(account, await portal.listRoles(account.accountId, manners).catch(excuseClosed))
        onProgress(roles.size, accounts.items.length)
      }
    }
    onProgress(0, accounts.items.length)
    await Promise.all(Array.from({ length: workers }, work))
    return collect(accounts, roles)
  } catch (error) {
    interruption.throwIfAborted()
    throw error
  } finally {
    interruption.removeEventListener('abort', interrupt)
    // After a failure the other requests would go on, and keep the process.
    stop.abort()
  }
}

/** An account can be listed for a while after its last role is gone, and its roles then be refused. */
function excuseClosed(error: unknown): undefined {
  const cause = error instanceof AssumeError ? error.cause : undefined
  if (!isNamed(cause, 'ForbiddenException', 'ResourceNotFoundException')) throw error
}

/** Undefined for an account whose roles are not told. */
type Roles = Map<Account, Listing<string> | undefined>

function collect(accounts: Listing<Account>, roles: Readonly<Roles>): Assignments {
  return {
    assignments: accounts.items.flatMap((account) => {
      const { accountId, accountName, emailAddress: email } = account
      return (roles.get(account)?.items ?? []).map((roleName) => ({
        accountId,
        ...(accountName && { accountName }),
        ...(email && { email }),
        roleName,
      }))
    }),
    closedAccounts: accounts.items
      .filter((account) => roles.get(account) === undefined)
      .map(({ accountId }) => accountId),
    odd: [...roles.values()].reduce((sum, listing) => sum + (listing?.odd ?? 0), accounts.odd),
  }
}
