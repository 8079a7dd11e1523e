import type { ListAccountRolesCommand, ListAccountsCommand, SSOClient } from '@aws-sdk/client-sso'
import type { RoleSession } from '../core/role-entry.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { isNamed, strangeAnswer, translateFailure } from './failure.ts'
import { type Route, toClientOptions } from './network.ts'

export interface Account {
  readonly accountId: string
  readonly accountName?: string
  readonly emailAddress?: string
}

/** How the lists are fetched, which can take many requests. */
export interface Manners {
  /** Called for each request, pages included; it may delay the request, or send it again. */
  readonly send?: <Answer>(request: () => Promise<Answer>) => Promise<Answer>
  /** Ends what is under way. */
  readonly signal?: AbortSignal
}

/** Identity Center's portal with one access token. Throws AssumeError `session-over`, `not-assigned`, `network`, `service`. */
export class PortalService {
  readonly #route: Route
  readonly #accessToken: string
  readonly #client: SSOClient
  readonly #sdk: typeof import('@aws-sdk/client-sso')

  private constructor(
    route: Route,
    accessToken: string,
    client: SSOClient,
    sdk: typeof import('@aws-sdk/client-sso'),
  ) {
    this.#route = route
    this.#accessToken = accessToken
    this.#client = client
    this.#sdk = sdk
  }

  /**
   * The portal answers 429 above 20 requests a second in total, so whoever asks for much needs patience more than
   * speed: many `attempts`.
   */
  static async open(route: Route, accessToken: string, { attempts = 8 } = {}): Promise<PortalService> {
    const sdk = await import('@aws-sdk/client-sso')
    const client = new sdk.SSOClient(toClientOptions(route, { attempts }))
    return new PortalService(route, accessToken, client, sdk)
  }

  /** All accounts that are assigned to the user, page by page. */
  async listAccounts(manners: Manners = {}): Promise<Account[]> {
    const accounts: Account[] = []
    let nextToken: string | undefined
    do {
      const command = new this.#sdk.ListAccountsCommand({
        accessToken: this.#accessToken,
        maxResults: 100,
        nextToken,
      })
      mindManners(command, manners)
      const page = await this.#call('list the accounts', () => this.#client.send(command, toOptions(manners)))
      for (const { accountId, accountName, emailAddress } of page.accountList ?? []) {
        if (accountId)
          accounts.push({
            accountId,
            ...(accountName && { accountName }),
            ...(emailAddress && { emailAddress }),
          })
      }
      nextToken = page.nextToken
    } while (nextToken)
    return accounts
  }

  /** The names of the roles that the user has in an account. */
  async listRoles(accountId: string, manners: Manners = {}): Promise<string[]> {
    const roles: string[] = []
    let nextToken: string | undefined
    do {
      const command = new this.#sdk.ListAccountRolesCommand({
        accessToken: this.#accessToken,
        accountId,
        maxResults: 100,
        nextToken,
      })
      mindManners(command, manners)
      const page = await this.#call(`list the roles of account ${accountId}`, () =>
        this.#client.send(command, toOptions(manners)),
      )
      for (const { roleName } of page.roleList ?? []) if (roleName) roles.push(roleName)
      nextToken = page.nextToken
    } while (nextToken)
    return roles
  }

  /** Credentials for a role in an account, as long as the permission set grants. */
  async getRoleCredentials(accountId: string, roleName: string): Promise<RoleSession> {
    const command = new this.#sdk.GetRoleCredentialsCommand({
      accessToken: this.#accessToken,
      accountId,
      roleName,
    })
    const doing = `get credentials for ${printable(roleName)} in account ${printable(accountId)}`
    const { roleCredentials = {} } = await this.#call(doing, () => this.#client.send(command))
    const { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt } = roleCredentials
    if (!accessKeyId || !secretAccessKey || !sessionToken || !expiresAt)
      throw strangeAnswer({ doing, endpoint: this.#route.endpoint })
    return { credentials: { accessKeyId, secretAccessKey, sessionToken, expiresAt, accountId } }
  }

  /** Ends the session at the service. One that is over already is no failure. */
  async logOut(): Promise<void> {
    const command = new this.#sdk.LogoutCommand({ accessToken: this.#accessToken })
    try {
      await this.#client.send(command)
    } catch (error) {
      if (!isNamed(error, 'UnauthorizedException')) {
        throw translateFailure(error, { doing: 'log out', ...this.#route })
      }
    }
  }

  async #call<Answer>(doing: string, send: () => Promise<Answer>): Promise<Answer> {
    try {
      return await send()
    } catch (error) {
      if (isNamed(error, 'UnauthorizedException')) {
        throw new AssumeError('session-over', `cannot ${doing}: the Identity Center session is over`, {
          cause: error,
        })
      }
      if (isNamed(error, 'ForbiddenException')) {
        throw new AssumeError('not-assigned', `cannot ${doing}: it is not assigned to you`, { cause: error })
      }
      throw translateFailure(error, { doing, ...this.#route })
    }
  }
}

/** The step lies inside the SDK's own retries, so that these are delayed too. */
function mindManners(command: ListAccountsCommand | ListAccountRolesCommand, { send }: Manners): void {
  if (!send) return
  const { middlewareStack } = command as ListAccountsCommand
  middlewareStack.add((next) => (args) => send(() => next(args)), {
    name: 'assumeManners',
    step: 'finalizeRequest',
    priority: 'low',
  })
}

function toOptions({ signal }: Manners) {
  return signal ? { abortSignal: signal } : {}
}
