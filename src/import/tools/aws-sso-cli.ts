import { join } from 'node:path'
import type { ConfigEdit } from '../../profiles/config/edit.ts'
import { printable } from '../../text/redact.ts'
import { findKeys, type ImportFacts, isTaken, listOwnProfiles, type OwnFile } from '../facts.ts'
import { type FileTable, readYaml, TableReader } from '../own-file.ts'
import { type ImportTool, type PlaceWorld, PlanDraft, type ToolPlan } from '../plan.ts'
import {
  editProfile,
  editSsoProfile,
  findPortalFault,
  findSsoFault,
  type Portal,
  type PortalRole,
  SessionBook,
} from '../sso.ts'
import { listLines } from '../start-up.ts'
import { readProcess } from '../tool-process.ts'
import { planCliSettings } from './aws-sso-cli-settings.ts'

type Values = ReadonlyMap<string, string>

/** What its settings say of a role. */
interface Role extends PortalRole {
  readonly profile: string | undefined
  readonly region: string | undefined
  /** The ARN of the role from which it is assumed. */
  readonly via: string | undefined
  readonly sourceIdentity: string | undefined
}

/** An Identity Center of its settings. */
interface Instance {
  readonly portal: Portal
  readonly roles: readonly Role[]
}

/** A profile that it wrote. */
interface Written extends PortalRole {
  readonly arn: string
  readonly instance: string
}

export const awsSsoCli: ImportTool = { name: 'aws-sso-cli', title: 'aws-sso-cli', places, detect, plan }

function places({ home, env, isFolder }: PlaceWorld): Record<string, string> {
  const own = join(home, '.aws-sso')
  const named = env['AWS_SSO_CONFIG']?.replace(/^~\//, `${home}/`)
  return { settings: named || join(isFolder(own) ? own : join(home, '.config', 'aws-sso'), 'config.yaml') }
}

function detect(facts: ImportFacts): string[] {
  const count = listOwnProfiles(facts).filter(([, values]) => readWritten(facts, values)).length
  return [
    ...[...facts.own.values()].map(({ shown }) => shown),
    ...(count > 0 ? [`profiles of the config file (${count})`] : []),
  ]
}

/** The ARN is made up of the account and the permission set. */
function readWritten({ platform }: ImportFacts, values: Values): Written | undefined {
  const found = readProcess(values.get('credential_process'), /^aws-sso$/, platform)
  if (!found?.words.includes('process')) return undefined
  const { options } = found
  const arn = options.get('arn') ?? options.get('a') ?? ''
  const [, accountId = '', roleName = ''] = /^arn:[\w-]+:iam::(\d+):role\/([\w+=,.@-]+)$/.exec(arn) ?? []
  const instance = options.get('S') ?? options.get('sso') ?? 'Default'
  return { arn, accountId: accountId.padStart(accountId === '' ? 0 : 12, '0'), roleName, instance }
}

function plan(facts: ImportFacts): ToolPlan {
  const draft = new PlanDraft()
  const sessions = new SessionBook(facts)
  const settings = facts.own.get('settings')
  const table = settings && readYaml(settings)
  const instances = settings && table ? readInstances(settings, table) : new Map<string, Instance>()
  const written = new Map(
    listOwnProfiles(facts).flatMap(([name, values]) => {
      const found = readWritten(facts, values)
      return found ? [[name, { ...found, values }] as const] : []
    }),
  )
  const names = nameRoles(facts, instances, written)
  for (const [name, profile] of written) planWritten(facts, draft, sessions, instances, names, name, profile)
  for (const [title, { portal, roles }] of instances) {
    const fault = findPortalFault(portal)
    if (fault !== undefined) {
      draft.note('cannot', `${printable(title)}: ${fault}`)
      continue
    }
    sessions.obtain(portal)
    for (const role of roles) planRole(facts, draft, sessions, portal, names, role)
  }
  draft.edit(sessions.edits)
  if (settings && table)
    planCliSettings(
      facts,
      draft,
      settings,
      table,
      [...instances.values()].map(({ portal }) => sessions.obtain(portal)),
    )
  if (written.size > 0)
    draft.note(
      'hint',
      'aws-sso setup profiles writes its blocks of the config file anew: do not run it any more',
    )
  for (const place of listLines(facts.startUp, /^[ \t]*(?:function[ \t]+)?aws-sso-(?:profile|clear)\b/))
    draft.note('hint', `${place} stays: it is for aws-sso alone, and assume and assume --unset do the same`)
  return draft.finish()
}

function readInstances(file: OwnFile, table: FileTable): Map<string, Instance> {
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
          accountId: id.replaceAll('-', '').padStart(12, '0'),
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

/** The profile of each role by the ARN that `Via` has: those that it wrote, and those that its settings name. */
function nameRoles(
  facts: ImportFacts,
  instances: ReadonlyMap<string, Instance>,
  written: ReadonlyMap<string, Written>,
): Map<string, string> {
  const names = new Map<string, string>()
  for (const [name, { accountId, roleName }] of written) names.set(`${accountId} ${roleName}`, name)
  for (const { roles } of instances.values())
    for (const { accountId, roleName, profile } of roles) {
      const key = `${accountId} ${roleName}`
      if (profile !== undefined && !names.has(key)) names.set(key, profile)
    }
  for (const [name, values] of listOwnProfiles(facts)) {
    const key = `${values.get('sso_account_id')} ${values.get('sso_role_name')}`
    if (values.has('sso_session') && !names.has(key)) names.set(key, name)
  }
  return names
}

function readArn(arn: string): string {
  const [, id = '', role = ''] = /^arn:[\w-]+:iam::(\d+):role\/([\w+=,.@-]+)$/.exec(arn) ?? []
  return `${id.padStart(12, '0')} ${role}`
}

function planWritten(
  facts: ImportFacts,
  draft: PlanDraft,
  sessions: SessionBook,
  instances: ReadonlyMap<string, Instance>,
  names: ReadonlyMap<string, string>,
  name: string,
  { instance, values, ...role }: Written & { readonly values: Values },
): void {
  const shown = printable(name)
  const found = instances.get(instance)
  const described = found?.roles.find(
    (each) => each.accountId === role.accountId && each.roleName === role.roleName,
  )
  const fault = !found
    ? `its settings have no ${printable(instance)}, so nobody knows where one logs in`
    : findKeys(facts, name) === 'lasting' || values.has('role_arn') || values.has('sso_account_id')
      ? 'it has other credentials besides, which the AWS tools take until now'
      : findSsoFault(role, found.portal)
  if (fault !== undefined || !found) {
    draft.note('cannot', `${shown}: ${fault}`)
    return
  }
  if (described?.sourceIdentity !== undefined) {
    draft.note('needs', `${shown}: for its SourceIdentity, which AWS tools have no key for`)
    return
  }
  if (described?.via === undefined) {
    const session = sessions.obtain(found.portal)
    draft.edit(editSsoProfile(name, values, { session, role, dropped: ['credential_process'] }))
    return
  }
  const source = names.get(readArn(described.via))
  if (source === undefined) {
    draft.note('needs', `${shown}: it is assumed from ${printable(described.via)}, which is no profile`)
    return
  }
  draft.edit(
    editProfile(name, values, [
      ['role_arn', role.arn],
      ['source_profile', source],
      ['credential_process', undefined],
    ]),
  )
}

/** A role of the settings that has a name there, and no profile yet. */
function planRole(
  facts: ImportFacts,
  draft: PlanDraft,
  sessions: SessionBook,
  portal: Portal,
  names: ReadonlyMap<string, string>,
  role: Role,
): void {
  const { accountId, roleName, profile, region, via, sourceIdentity } = role
  const shown = `${accountId} ${printable(roleName)}`
  const known = names.get(`${accountId} ${roleName}`)
  const isWritten = known !== undefined && known !== profile && isTaken(facts, known)
  if (isWritten) return
  if (profile === undefined) {
    if (via !== undefined || sourceIdentity !== undefined)
      draft.note(
        'cannot',
        `${shown}: the settings have no name for its profile${sourceIdentity === undefined ? '' : ', and AWS tools no key for its SourceIdentity'}`,
      )
    return
  }
  const fault = findSsoFault(role, portal)
  const source = via === undefined ? undefined : names.get(readArn(via))
  if (fault !== undefined) draft.note('cannot', `${shown}: ${fault}`)
  else if (sourceIdentity !== undefined)
    draft.note('cannot', `${shown}: AWS tools have no key for its SourceIdentity`)
  else if (via !== undefined && source === undefined)
    draft.note('cannot', `${shown}: it is assumed from ${printable(via)}, which is no profile`)
  else if (isTaken(facts, profile)) {
    if (!findSame(facts, role)) {
      draft.ask({
        kind: 'name',
        text: `Profile for ${shown}, which is called like another one: ${printable(profile)}`,
        proposal: chooseFree(facts, profile),
        give: (name) => ({ config: addProfile(name) }),
      })
    }
  } else draft.edit(addProfile(profile))

  function addProfile(name: string): ConfigEdit[] {
    const own: [string, string][] =
      source === undefined
        ? [
            ['sso_session', sessions.obtain(portal)],
            ['sso_account_id', accountId],
            ['sso_role_name', roleName],
          ]
        : [
            [
              'role_arn',
              via === undefined ? '' : `${via.slice(0, via.indexOf('::'))}::${accountId}:role/${roleName}`,
            ],
            ['source_profile', source],
          ]
    const section = { type: 'profile', name } as const
    return [
      { op: 'add-section', section, properties: region === undefined ? own : [...own, ['region', region]] },
    ]
  }
}

/** Whether there is a profile of this role, be it as it was written or as it has become. */
function findSame(facts: ImportFacts, role: Role): boolean {
  return listOwnProfiles(facts).some(([, values]) => {
    const written = readWritten(facts, values)
    const accountId = written?.accountId ?? values.get('sso_account_id')
    const roleName = written?.roleName ?? values.get('sso_role_name')
    const isRole = values.get('role_arn')?.endsWith(`:${role.accountId}:role/${role.roleName}`) === true
    return isRole || (accountId === role.accountId && roleName === role.roleName)
  })
}

function chooseFree(facts: ImportFacts, name: string): string {
  for (let number = 2; ; number++) if (!isTaken(facts, `${name}-${number}`)) return `${name}-${number}`
}
