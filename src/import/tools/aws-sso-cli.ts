import { join } from 'node:path'
import type { ConfigEdit } from '../../profiles/config/edit.ts'
import { isAccountArn } from '../../text/answer-forms.ts'
import { printable } from '../../text/redact.ts'
import { readYaml } from '../../tool-files/own-file.ts'
import { findPortalFault, findSsoFault, type Portal, type PortalRole } from '../../tool-files/portal.ts'
import { findKeys, type ImportFacts, isTaken, listOwnProfiles } from '../facts.ts'
import { type ImportTool, type PlaceWorld, PlanDraft, type ToolPlan } from '../plan.ts'
import { editProfile, editSsoProfile, SessionBook } from '../sso.ts'
import { listLines } from '../start-up.ts'
import {
  type CliRole,
  formatRoleArn,
  type Instance,
  RoleNames,
  readInstances,
  readWritten,
  type Written,
} from './aws-sso-cli-roles.ts'
import { planCliSettings } from './aws-sso-cli-settings.ts'

type Values = ReadonlyMap<string, string>

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
  const names = new Map(
    [...instances].map(([title, instance]) => [
      title,
      new RoleNames(facts, sessions, title, instance, written),
    ]),
  )
  for (const [name, profile] of written) {
    const roleNames = names.get(profile.instance)
    planWritten(facts, draft, sessions, instances.get(profile.instance), roleNames, name, profile)
  }
  const portals: Portal[] = []
  for (const [title, { portal, roles }] of instances) {
    const fault = findPortalFault(portal)
    if (fault !== undefined) {
      draft.note('cannot', `${printable(title)}: ${fault}`)
      continue
    }
    portals.push(portal)
    sessions.obtain(portal)
    const roleNames = names.get(title)
    if (roleNames) for (const role of roles) planRole(facts, draft, sessions, portal, roleNames, role)
  }
  draft.edit(sessions.edits)
  if (settings && table)
    planCliSettings(
      facts,
      draft,
      settings,
      table,
      portals.map((portal) => sessions.obtain(portal)),
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

function planWritten(
  facts: ImportFacts,
  draft: PlanDraft,
  sessions: SessionBook,
  found: Instance | undefined,
  names: RoleNames | undefined,
  name: string,
  { instance, values, ...role }: Written & { readonly values: Values },
): void {
  const shown = printable(name)
  const described = found?.roles.find(
    (each) => each.accountId === role.accountId && each.roleName === role.roleName,
  )
  const via = described?.via
  const fault = !found
    ? `its settings have no ${printable(instance)}, so nobody knows where one logs in`
    : findKeys(facts, name) === 'lasting' || values.has('role_arn') || values.has('sso_account_id')
      ? 'it has other credentials besides, which the AWS tools take until now'
      : findFault(role, via, found.portal)
  if (fault !== undefined || !found || !names) {
    draft.note('cannot', `${shown}: ${fault}`)
    return
  }
  if (described?.sourceIdentity !== undefined) {
    draft.note('needs', `${shown}: for its SourceIdentity, which AWS tools have no key for`)
    return
  }
  if (via === undefined) {
    const session = sessions.obtain(found.portal)
    draft.edit(editSsoProfile(name, values, { session, role, dropped: ['credential_process'] }))
    return
  }
  const from = names.findSource(via)
  if ('fault' in from) {
    draft.note('needs', `${shown}: ${from.fault}`)
    return
  }
  draft.edit(
    editProfile(name, values, [
      ['role_arn', formatRoleArn(role, via)],
      ['source_profile', from.source],
      ['credential_process', undefined],
    ]),
  )
}

/** What is wrong with a role, which is a permission set, or one that is assumed from another. */
function findFault(role: PortalRole, via: string | undefined, portal: Portal): string | undefined {
  if (via === undefined) return findSsoFault(role, portal)
  return isAccountArn(formatRoleArn(role, via)) ? findPortalFault(portal) : 'its role is none'
}

/** A role of the settings that has a name there, and no profile yet. */
function planRole(
  facts: ImportFacts,
  draft: PlanDraft,
  sessions: SessionBook,
  portal: Portal,
  names: RoleNames,
  role: CliRole,
): void {
  const { accountId, roleName, profile, region, via, sourceIdentity } = role
  const shown = `${accountId} ${printable(roleName)}`
  const known = names.find(role)
  if (known !== undefined && known !== profile && isTaken(facts, known)) {
    if (profile !== undefined && !isTaken(facts, profile))
      draft.note(
        'cannot',
        `${shown}: the name ${printable(profile)}, as its profile is called ${printable(known)} already`,
      )
    return
  }
  if (profile === undefined) {
    if (via !== undefined || sourceIdentity !== undefined)
      draft.note(
        'cannot',
        `${shown}: the settings have no name for its profile${sourceIdentity === undefined ? '' : ', and AWS tools no key for its SourceIdentity'}`,
      )
    return
  }
  const from = via === undefined ? undefined : names.findSource(via)
  const fault = findFault(role, via, portal)
  if (fault !== undefined) draft.note('cannot', `${shown}: ${fault}`)
  else if (sourceIdentity !== undefined)
    draft.note('cannot', `${shown}: AWS tools have no key for its SourceIdentity`)
  else if (from && 'fault' in from) draft.note('cannot', `${shown}: ${from.fault}`)
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
      via === undefined || !from || 'fault' in from
        ? [
            ['sso_session', sessions.obtain(portal)],
            ['sso_account_id', accountId],
            ['sso_role_name', roleName],
          ]
        : [
            ['role_arn', formatRoleArn(role, via)],
            ['source_profile', from.source],
          ]
    const section = { type: 'profile', name } as const
    return [
      { op: 'add-section', section, properties: region === undefined ? own : [...own, ['region', region]] },
    ]
  }
}

/** Whether there is a profile of this role, be it as it was written or as it has become. */
function findSame(facts: ImportFacts, role: CliRole): boolean {
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
