export interface SandboxAccount {
  /** Twelve digits. */
  readonly id: string
  readonly name?: string
  readonly email?: string
  /** What IAM's ListAccountAliases answers. */
  readonly alias?: string
  /** Names of the permission sets that are assigned in this account. */
  readonly roles: readonly string[]
}

export interface SandboxUser {
  readonly name: string
  /** Role names by account id; absent: every role of every account. */
  readonly assignments?: Readonly<Record<string, readonly string[]>>
}

/** The two accounts of the example config file, and a production account. */
export const exampleAccounts: readonly SandboxAccount[] = [
  { id: '123456789011', name: 'Development', email: 'aws-development@example.com', roles: ['FullAccess'] },
  { id: '123456789012', name: 'Test', email: 'aws-test@example.com', roles: ['ReadOnly'] },
  {
    id: '999988887777',
    name: 'Production',
    email: 'aws-production@example.com',
    alias: 'example-production',
    roles: ['Admin', 'ReadOnly'],
  },
]

export const exampleUsers: readonly SandboxUser[] = [{ name: 'dev@example.com' }]

/** Accounts 100000000001, … named `Account 1`, … each with the first of Admin, ReadOnly, PowerUser, Role4, … */
export function generateAccounts(accounts: number, roles: number): SandboxAccount[] {
  const first = ['Admin', 'ReadOnly', 'PowerUser']
  const names = Array.from({ length: roles }, (_, index) => first[index] ?? `Role${index + 1}`)
  return Array.from({ length: accounts }, (_, index) => ({
    id: String(100_000_000_001 + index),
    name: `Account ${index + 1}`,
    email: `account-${index + 1}@example.com`,
    roles: names,
  }))
}

/** Who may do what where, changeable while the sandbox runs. */
export class Directory {
  readonly users: readonly SandboxUser[]
  readonly #accounts: Map<string, SandboxAccount>

  constructor(accounts: readonly SandboxAccount[], users: readonly SandboxUser[]) {
    this.#accounts = new Map(accounts.map((account) => [account.id, account]))
    this.users = users
  }

  findAccount(id: string): SandboxAccount | undefined {
    return this.#accounts.get(id)
  }

  /** The accounts in which the user has a role. */
  listAccounts(user: SandboxUser): SandboxAccount[] {
    return [...this.#accounts.values()].filter((account) => this.listRoles(user, account.id).length > 0)
  }

  listRoles(user: SandboxUser, accountId: string): readonly string[] {
    const roles = this.#accounts.get(accountId)?.roles ?? []
    const { assignments } = user
    return assignments ? roles.filter((role) => assignments[accountId]?.includes(role)) : roles
  }

  /** Adds an account, or replaces the one with the same id. */
  putAccount(account: SandboxAccount): void {
    this.#accounts.set(account.id, account)
  }

  removeAccount(id: string): void {
    this.#accounts.delete(id)
  }

  removeRole(accountId: string, role: string): void {
    const account = this.#accounts.get(accountId)
    if (account) this.putAccount({ ...account, roles: account.roles.filter((name) => name !== role) })
  }
}
