import { printable } from '../../text/redact.ts'
import { type FileTable, type OwnFile, TableReader } from '../../tool-files/own-file.ts'
import { findSsoFault, type Portal, type PortalRole } from '../../tool-files/portal.ts'
import { readProcess } from '../../tool-files/tool-process.ts'
import { type ImportFacts, isTaken, listOwnProfiles, readOwnProfile } from '../facts.ts'
import type { SessionBook } from '../sso.ts'

type Values = ReadonlyMap<string, string>

/** What its settings say of a role. */
export interface CliRole extends PortalRole {
  readonly profile: string | undefined
  readonly region: string | undefined
  /** The ARN of the role from which it is assumed. */
  readonly via: string | undefined
  readonly sourceIdentity: string | undefined
}

/** An Identity Center of its settings. */
export interface Instance {
  readonly portal: Portal
  readonly roles: readonly CliRole[]
}

/** A profile that it wrote. */
export interface Written extends PortalRole {
  readonly instance: string
}

/** What its process is told: an ARN, its short form `account:role`, or the two apart; undefined for another program. */
export function readWritten({ platform }: ImportFacts, values: Values): Written | undefined {
  const found = readProcess(values.get('credential_process'), /^aws-sso$/, platform)
  if (!found?.words.includes('process')) return undefined
  const read = (...names: string[]) => names.map((name) => found.options.get(name)).find((each) => each)
  const arn = read('arn', 'a')
  const role =
    arn === undefined
      ? { accountId: padAccount(read('account', 'A') ?? ''), roleName: read('role', 'R') ?? '' }
      : readArn(arn)
  return { ...role, instance: read('S', 'sso') ?? 'Default' }
}

/** An account id with the zeros that a number loses; it may be written with hyphens. */
function padAccount(id: string): string {
  return id === '' ? '' : id.replaceAll('-', '').padStart(12, '0')
}

function readArn(arn: string): PortalRole {
  const [, id = '', roleName = ''] = /^(?:arn:[\w-]+:iam::)?(\d+):(?:role\/)?([\w+=,.@/-]+)$/.exec(arn) ?? []
  return { accountId: padAccount(id), roleName }
}

/** The ARN of a role that is assumed from another, in the partition of that one. */
export function formatRoleArn({ accountId, roleName }: PortalRole, via: string): string {
  const [, partition = 'aws'] = /^arn:([\w-]+):/.exec(via) ?? []
  return `arn:${partition}:iam::${accountId}:role/${roleName}`
}

/** The instances of its settings by name. */
export function readInstances(file: OwnFile, table: FileTable): Map<string, Instance> {
  const reader = new TableReader(file)
  return new Map(
    reader.tables(table, 'SSOConfig').map(([name, instance]) => {
      const portal = {
        name,
        startUrl: reader.text(instance, 'StartUrl') ?? '',
        region: reader.text(instance, 'SSORegion') ?? '',
      }
      const ofInstance = reader.text(instance, 'DefaultRegion') ?? reader.text(table, 'DefaultRegion')
      const roles = reader.tables(instance, 'Accounts').flatMap(([id, account]) => {
        const ofAccount = reader.text(account, 'DefaultRegion') ?? ofInstance
        return reader.tables(account, 'Roles').map(([roleName, role]) => ({
          accountId: padAccount(id),
          roleName,
          profile: reader.text(role, 'Profile'),
          region: reader.text(role, 'DefaultRegion') ?? ofAccount,
          via: reader.text(role, 'Via'),
          sourceIdentity: reader.text(role, 'SourceIdentity'),
        }))
      })
      return [name, { portal, roles }] as const
    }),
  )
}

const formatKey = ({ accountId, roleName }: PortalRole) => `${accountId} ${roleName}`

/** The profiles of an instance's roles: those that it wrote, those that its settings name, and those that there are. */
export class RoleNames {
  readonly #names = new Map<string, string>()
  readonly #roles: ReadonlyMap<string, CliRole>

  constructor(
    facts: ImportFacts,
    sessions: SessionBook,
    title: string,
    { portal, roles }: Instance,
    written: ReadonlyMap<string, Written>,
  ) {
    this.#roles = new Map(roles.map((role) => [formatKey(role), role]))
    for (const [name, profile] of written) if (profile.instance === title) this.#give(profile, name)
    for (const role of roles) {
      const { profile, via, sourceIdentity } = role
      const isMade = sourceIdentity === undefined && (via !== undefined || !findSsoFault(role, portal))
      const isFree = profile !== undefined && !isTaken(facts, profile)
      if (profile !== undefined && ((isFree && isMade) || isOf(profile, role))) this.#give(role, profile)
    }
    for (const [name, values] of listOwnProfiles(facts)) {
      const session = values.get('sso_session')
      const role = {
        accountId: values.get('sso_account_id') ?? '',
        roleName: values.get('sso_role_name') ?? '',
      }
      if (session !== undefined && sessions.leadsTo(session, portal)) this.#give(role, name)
    }

    function isOf(name: string, { accountId, roleName }: PortalRole): boolean {
      const values = readOwnProfile(facts, name)
      if (values?.get('role_arn')?.endsWith(`:${accountId}:role/${roleName}`)) return true
      return (
        sessions.leadsTo(values?.get('sso_session') ?? '', portal) &&
        values?.get('sso_account_id') === accountId &&
        values.get('sso_role_name') === roleName
      )
    }
  }

  #give(role: PortalRole, name: string): void {
    const key = formatKey(role)
    if (!this.#names.has(key)) this.#names.set(key, name)
  }

  /** The profile of a role. */
  find(role: PortalRole): string | undefined {
    return this.#names.get(formatKey(role))
  }

  /** The profile from which a role is assumed, or why there is none. */
  findSource(via: string): { readonly source: string } | { readonly fault: string } {
    const visited = new Set<string>()
    for (let next: string | undefined = via; next !== undefined; ) {
      const key = formatKey(readArn(next))
      if (visited.has(key)) return { fault: 'its Via ends in a circle' }
      visited.add(key)
      next = this.#roles.get(key)?.via
    }
    const source = this.find(readArn(via))
    return source === undefined
      ? { fault: `it is assumed from ${printable(via)}, which is no profile` }
      : { source }
  }
}
