import type { ListAccountRolesCommand, ListAccountsCommand, SSOClient } from '@aws-sdk/client-sso'
import { readAnswer } from '../aws/answer.ts'
import { toClientOptions } from '../aws/client-options.ts'
import type { RoleSession } from '../aws/credentials.ts'
import { endlessAnswer, isNamed, translateFailure } from '../aws/failure.ts'
import type { Route } from '../aws/route.ts'
import { AssumeError } from '../errors.ts'
import type { JsonObject } from '../text/json-object.ts'
import { printable } from '../text/redact.ts'
import { type Listing, readPages } from './pages.ts'
import {
  type Account,
  type Page,
  parseAccountPage,
  parseRoleCredentials,
  parseRolePage,
} from './portal-answer.ts'

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
  async listAccounts(manners: Manners = {}): Promise<Listing<Account>> {
    return this.#list('list the accounts', parseAccountPage, (nextToken) => {
      const page = { accessToken: this.#accessToken, maxResults: 100, nextToken }
      const command = mindManners(new this.#sdk.ListAccountsCommand(page), manners)
      return this.#client.send(command, toOptions(manners))
    })
  }

  /** The names of the roles that the user has in an account. */
  async listRoles(accountId: string, manners: Manners = {}): Promise<Listing<string>> {
    return this.#list(`list the roles of account ${accountId}`, parseRolePage, (nextToken) => {
      const page = { accessToken: this.#accessToken, accountId, maxResults: 100, nextToken }
      const command = mindManners(new this.#sdk.ListAccountRolesCommand(page), manners)
      return this.#client.send(command, toOptions(manners))
    })
  }

  /** Credentials for a role in an account, as long as the permission set grants. */
  async getRoleCredentials(accountId: string, roleName: string): Promise<RoleSession> {
    const command = new this.#sdk.GetRoleCredentialsCommand({
      accessToken: this.#accessToken,
      accountId,
      roleName,
    })
    const doing = `get credentials for ${printable(roleName)} in account ${printable(accountId)}`
    const parse = (answer: JsonObject) => parseRoleCredentials(answer, accountId)
    return this.#call(doing, parse, () => this.#client.send(command))
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

  async #list<Item>(
    doing: string,
    parse: (answer: JsonObject) => Page<Item> | undefined,
    send: (nextToken: string | undefined) => Promise<object>,
  ): Promise<Listing<Item>> {
    const listing = await readPages((nextToken) => this.#call(doing, parse, () => send(nextToken)))
    if (!listing) throw endlessAnswer({ doing, ...this.#route })
    return listing
  }

  async #call<Answer>(
    doing: string,
    parse: (answer: JsonObject) => Answer | undefined,
    send: () => Promise<object>,
  ): Promise<Answer> {
    return readAnswer(await this.#send(doing, send), parse, { doing, ...this.#route })
  }

  async #send(doing: string, send: () => Promise<object>): Promise<object> {
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
function mindManners<Command extends ListAccountsCommand | ListAccountRolesCommand>(
  command: Command,
  { send }: Manners,
): Command {
  if (!send) return command
  const { middlewareStack } = command as ListAccountsCommand
  middlewareStack.add((next) => (args) => send(() => next(args)), {
    name: 'assumeManners',
    step: 'finalizeRequest',
    priority: 'low',
  })
  return command
}

function toOptions({ signal }: Manners) {
  return signal ? { abortSignal: signal } : {}
}
