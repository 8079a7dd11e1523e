import { join } from 'node:path'
import type { ConfigEdit } from '../../profiles/config/edit.ts'
import { isAccountArn } from '../../text/answer-forms.ts'
import { printable } from '../../text/redact.ts'
import { openWorkspace } from '../../tool-files/leapp-file.ts'
import { type FileTable, TableReader } from '../../tool-files/own-file.ts'
import { findSsoFault, hasRegionForm, type Portal } from '../../tool-files/portal.ts'
import { editSharers, type KeyMove } from '../../tool-keys/key-move.ts'
import { listMovedSessions, listStartedSessions, moveSession } from '../../tool-keys/leapp-keys.ts'
import { findKeys, type ImportFacts, isTaken, listOwnProfiles } from '../facts.ts'
import { type Change, type ImportTool, PlanDraft, type ToolPlan } from '../plan.ts'
import { editProfile, SessionBook } from '../sso.ts'

type Values = ReadonlyMap<string, string>

/** A session of the workspace. */
interface Session {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly region: string | undefined
  /** Its MFA device. */
  readonly device: string | undefined
  readonly table: FileTable
}

export const leapp: ImportTool = {
  name: 'leapp',
  title: 'Leapp',
  places: ({ home }) => ({ workspace: join(home, '.Leapp', 'Leapp-lock.json') }),
  detect: (facts) => {
    const started = listStartedSessions(listOwnProfiles(facts), facts.platform).size
    return [
      ...[...facts.own.values()].map(({ shown }) => shown),
      ...(started > 0 ? [`profiles of the config file (${started})`] : []),
    ]
  },
  plan,
}

function plan(facts: ImportFacts): ToolPlan {
  const draft = new PlanDraft()
  const started = listStartedSessions(listOwnProfiles(facts), facts.platform)
  const file = facts.own.get('workspace')
  if (!file) {
    for (const name of started.keys())
      draft.note('needs', `${printable(name)}: Leapp alone knows its session`)
    return draft.finish()
  }
  const workspace = openWorkspace(file, facts.machineIds)
  const plan = new WorkspacePlan(facts, draft, new TableReader(file), workspace, started)
  plan.make()
  return draft.finish()
}

/** What becomes of the sessions of a workspace. */
class WorkspacePlan {
  readonly #facts: ImportFacts
  readonly #draft: PlanDraft
  readonly #reader: TableReader
  readonly #workspace: FileTable
  readonly #book: SessionBook
  readonly #sessions: readonly Session[]
  /** The profiles that name a session, by its id. */
  readonly #profiles = new Map<string, string[]>()
  /** The profile that has the key of a session from a store of ours, by the id. */
  readonly #moved: ReadonlyMap<string, string>
  /** New names that are given already. */
  readonly #given = new Set<string>()

  constructor(
    facts: ImportFacts,
    draft: PlanDraft,
    reader: TableReader,
    workspace: FileTable,
    started: ReadonlyMap<string, string>,
  ) {
    this.#facts = facts
    this.#draft = draft
    this.#reader = reader
    this.#workspace = workspace
    this.#book = new SessionBook(facts)
    this.#sessions = reader.list(workspace, '_sessions').flatMap((table) => {
      const [id, name, type] = ['sessionId', 'sessionName', 'type'].map((key) => reader.text(table, key))
      if (id === undefined || name === undefined || type === undefined) return []
      const [region, device] = [reader.text(table, 'region'), reader.text(table, 'mfaDevice')]
      return [{ id, name, type, region, device, table }]
    })
    for (const [name, id] of started) this.#profiles.set(id, [...(this.#profiles.get(id) ?? []), name])
    this.#moved = listMovedSessions(listOwnProfiles(facts))
    for (const [id, name] of this.#moved) this.#profiles.set(id, [name, ...(this.#profiles.get(id) ?? [])])
  }

  make(): void {
    const known = new Set(this.#sessions.map(({ id }) => id))
    for (const [id, names] of this.#profiles) {
      if (!known.has(id))
        for (const name of names)
          this.#draft.note('needs', `${printable(name)}: its session is not in this workspace`)
    }
    for (const session of this.#sessions) this.#take(session)
    this.#draft.edit(this.#book.edits)
    for (const { name } of this.#listNamed()) {
      if (findKeys(this.#facts, name) !== 'temporary') continue
      this.#draft.ask({
        kind: 'confirm',
        text: `Remove the temporary keys of [${printable(name)}] that Leapp left in the credentials file? They do not come back.`,
        fallback: false,
        yes: { keys: [{ name, isWhole: false }] },
      })
    }
  }

  /** What Leapp calls named profiles: sessions that are active write their keys there. */
  #listNamed(): { name: string }[] {
    return this.#reader.list(this.#workspace, '_profiles').flatMap((table) => {
      const name = this.#reader.text(table, 'name')
      return name === undefined ? [] : [{ name }]
    })
  }

  #take(session: Session): void {
    const shown = printable(session.name)
    const names = this.#profiles.get(session.id) ?? []
    const keys =
      session.type === 'awsIamRoleFederated' || session.type === 'awsIamUser'
        ? undefined
        : this.#describe(session)
    if (session.type === 'awsIamUser') this.#keep(session, names)
    else if (session.type === 'awsIamRoleFederated')
      this.#refuse(names, shown, 'there is no SAML in assume or in the AWS tools')
    else if (typeof keys === 'string' || keys === undefined)
      this.#refuse(names, shown, keys ?? `assume knows no session of the kind ${printable(session.type)}`)
    else if (names.length > 0) {
      for (const name of names) this.#convert(name, keys)
    } else this.#create(session, keys)
  }

  #refuse(names: readonly string[], shown: string, reason: string): void {
    if (names.length === 0) this.#draft.note('cannot', `session ${shown}: ${reason}`)
    for (const name of names) this.#draft.note('needs', `${printable(name)}: ${reason}`)
  }

  /** Long-lived keys move out of Leapp's store, which hands them out until then. */
  #keep(session: Session, names: readonly string[]): void {
    const { id } = session
    const moved = this.#moved.get(id)
    const [first = moved] = names
    if (moved !== undefined) {
      const others = names.filter((name) => name !== moved)
      this.#draft.edit(editSharers(others.map((name) => ({ name, target: moved }))))
    } else if (first !== undefined) this.#draft.add({ moves: [moveSession(session, first, names)] })
    else if (/^[\w-]+$/.test(id))
      this.#create(session, [['credential_process', `leapp session generate ${id}`]], (name) => [
        moveSession(session, name, []),
      ])
    else this.#draft.note('cannot', `session ${printable(session.name)}: its id is none`)
  }

  /** The keys of a profile that is this session; a text says why there is none. */
  #describe(session: Session): readonly (readonly [key: string, value: string])[] | string | undefined {
    if (session.type === 'awsSsoRole') return this.#describeSso(session)
    if (session.type === 'awsIamRoleChained') return this.#describeChained(session)
    return undefined
  }

  #describeSso({ table }: Session) {
    const integration = this.#reader
      .list(this.#workspace, '_awsSsoIntegrations')
      .find((each) => each['id'] === table['awsSsoConfigurationId'])
    const portal: Portal = {
      name: this.#reader.text(integration, 'alias'),
      startUrl: this.#reader.text(integration, 'portalUrl') ?? '',
      region: this.#reader.text(integration, 'region') ?? '',
    }
    // A form of its own: no `role/` in front of the name.
    const [, accountId = '', roleName = ''] =
      /^arn:[\w-]+:iam::(\d{12})[:/](?:role\/)?([\w+=,.@-]+)$/.exec(
        this.#reader.text(table, 'roleArn') ?? '',
      ) ?? []
    const fault = findSsoFault({ accountId, roleName }, portal)
    if (fault !== undefined) return fault
    return [
      ['sso_session', this.#book.obtain(portal)],
      ['sso_account_id', accountId],
      ['sso_role_name', roleName],
    ] as const
  }

  #describeChained(session: Session) {
    const { table } = session
    const role = this.#reader.text(table, 'roleArn')
    const parent = this.#findParent(session)
    if (!isAccountArn(role)) return 'its role is none'
    if (this.#isCircular(parent)) return 'the sessions that it is assumed from end in a circle'
    const source = parent && this.#nameProfile(parent)
    if (source === undefined) return 'there is no profile of the session that it is assumed from'
    const sessionName = this.#reader.text(table, 'roleSessionName')
    return [
      ['role_arn', role],
      ['source_profile', source],
      ...(sessionName !== undefined && /^[\w+=,.@-]{2,64}$/.test(sessionName)
        ? [['role_session_name', sessionName] as const]
        : []),
    ] as const
  }

  #isCircular(session: Session | undefined): boolean {
    const visited = new Set<Session>()
    for (let next = session; next; next = this.#findParent(next)) {
      if (visited.has(next)) return true
      visited.add(next)
    }
    return false
  }

  #findParent({ table }: Session): Session | undefined {
    return this.#sessions.find(({ id }) => id === table['parentSessionId'])
  }

  /** The profile that a session is or becomes, where that is known without a question. */
  #nameProfile({ id, name, type }: Session): string | undefined {
    const [own] = this.#profiles.get(id) ?? []
    if (own !== undefined) return own
    return type === 'awsIamRoleFederated' ? undefined : name
  }

  #convert(name: string, keys: readonly (readonly [key: string, value: string])[]): void {
    const values: Values = this.#facts.config.profiles.get(name)?.values ?? new Map()
    const other = ['role_arn', 'sso_account_id', 'web_identity_token_file'].find((key) => values.has(key))
    if (other !== undefined || findKeys(this.#facts, name) === 'lasting') {
      this.#draft.note(
        'cannot',
        `${printable(name)}: it has other credentials besides, which the AWS tools take until now`,
      )
      return
    }
    this.#draft.edit(editProfile(name, values, [...keys, ['credential_process', undefined]]))
  }

  /** A session that no profile names gets one by its own name. */
  #create(
    session: Session,
    keys: readonly (readonly [key: string, value: string])[],
    listMoves: (name: string) => readonly KeyMove[] = () => [],
  ): void {
    const { name } = session
    const region = this.#readRegion(session)
    const give = (chosen: string): Pick<Change, 'config' | 'moves'> => {
      const properties = region === undefined ? keys : [...keys, ['region', region] as const]
      const edit: ConfigEdit = { op: 'add-section', section: { type: 'profile', name: chosen }, properties }
      return { config: [edit], moves: listMoves(chosen) }
    }
    if (!isTaken(this.#facts, name) && !this.#given.has(name)) {
      this.#given.add(name)
      const { config, moves } = give(name)
      this.#draft.edit(config)
      this.#draft.add({ moves })
      return
    }
    if (this.#isMade(keys)) return
    this.#draft.ask({
      kind: 'name',
      text: `Profile for the session ${printable(name)}, whose name is taken`,
      proposal: this.#chooseFree(name),
      give,
    })
  }

  #readRegion({ name, region }: Session): string | undefined {
    if (region === undefined || hasRegionForm(region)) return region
    this.#draft.note(
      'cannot',
      `session ${printable(name)}: its region, ${printable(region)}, which there cannot be`,
    )
    return undefined
  }

  /** Whether a profile says so already. */
  #isMade(keys: readonly (readonly [key: string, value: string])[]): boolean {
    return listOwnProfiles(this.#facts).some(([, values]) =>
      keys.every(([key, value]) => values.get(key) === value),
    )
  }

  #chooseFree(name: string): string {
    for (let number = 2; ; number++) {
      const free = `${name}-${number}`
      if (!isTaken(this.#facts, free)) return free
    }
  }
}
