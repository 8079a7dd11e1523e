import { isAbsolute, join } from 'node:path'
import { printable } from '../../text/redact.ts'
import { formatSessionWord, quoteAnywhere } from '../../text/words.ts'
import { translateTemplate } from '../../tool-files/go-template.ts'
import { type FileTable, type OwnFile, readJson, readToml, TableReader } from '../../tool-files/own-file.ts'
import { findPortalFault, findSsoFault, type Portal } from '../../tool-files/portal.ts'
import type { ToolProcess } from '../../tool-files/tool-process.ts'
import { planGrantedKeys, readGrantedProcess, ssoKeys } from '../../tool-keys/granted-keys.ts'
import type { KeyTaker } from '../../tool-keys/key-move.ts'
import { findKeys, type ImportFacts, isTaken, listOwnProfiles } from '../facts.ts'
import { type ImportTool, type PlaceWorld, PlanDraft, type ToolPlan } from '../plan.ts'
import { editSsoProfile, SessionBook } from '../sso.ts'
import { listForeignWords, listLines, putLinesAside } from '../start-up.ts'

type Values = ReadonlyMap<string, string>

/** Lines that have an effect with Granted's own function alone. */
const idleLine = /^(?:export[ \t]+|set[ \t]+-\w+[ \t]+)GRANTED_(?:ENABLE_AUTO_REASSUME|ALIAS_CONFIGURED)\b/
const completionLine = /granted\/zsh_autocomplete\/assume\b/

export const granted: ImportTool = {
  name: 'granted',
  title: 'Granted',
  places,
  detect,
  plan,
}

/** XDG folders count where `~/.granted` is missing alone. */
function places({ home, env, isFolder }: PlaceWorld): Record<string, string> {
  const own = join(home, '.granted')
  const folder = (variable: string) => {
    const base = env[variable]
    return isFolder(own) || !base || !isAbsolute(base) ? own : join(base, 'granted')
  }
  return {
    settings: join(folder('XDG_CONFIG_HOME'), 'config'),
    frecency: join(folder('XDG_CACHE_HOME'), 'aws_profiles_frecency'),
  }
}

function detect(facts: ImportFacts): string[] {
  const files = [...facts.own.values()].map(({ shown }) => shown)
  const profiles = listOwnProfiles(facts).filter(
    ([, values]) => ssoKeys.some((key) => values.has(key)) || readGrantedProcess(facts, values) !== undefined,
  )
  return [
    ...files,
    ...(profiles.length > 0 ? [`profiles of the config file (${profiles.length})`] : []),
    ...facts.registries.map((name) => `registry ${printable(name)} in the config file`),
  ]
}

function plan(facts: ImportFacts): ToolPlan {
  const draft = new PlanDraft()
  const sessions = new SessionBook(facts)
  const settings = facts.own.get('settings')
  const table = settings && readToml(settings)
  const names = settings && table ? nameSessions(settings, table) : []
  const own = listOwnProfiles(facts)
  const takers = own.flatMap(
    ([name, values]) => planProfile(facts, draft, sessions, names, name, values) ?? [],
  )
  const keyring = settings && new TableReader(settings).table(table, 'Keyring')
  const { platform } = facts
  draft.take(
    planGrantedKeys(takers, {
      platform,
      own: new Map(own),
      isTaken: (name) => isTaken(facts, name),
      keyring,
    }),
  )
  if (settings && table) {
    planSync(draft, sessions, settings, table)
    planSettings(facts, draft, settings, table)
  }
  draft.edit(sessions.edits)
  planHistory(facts, draft)
  planStartUp(facts, draft)
  for (const name of facts.registries)
    draft.note(
      'needs',
      `registry ${printable(name)}: its block of the config file stays, and Granted still feeds it`,
    )
  draft.note(
    'hint',
    "-e and --export mean keys for this shell here; Granted's file is what this prints: assume env NAME --export --format dotenv",
  )
  return draft.finish()
}

/** What Granted calls the portals that it makes profiles of. */
function nameSessions(file: OwnFile, table: FileTable): Portal[] {
  const reader = new TableReader(file)
  return reader.tables(table, 'SSO').map(([name, sso]) => ({
    name,
    startUrl: reader.text(sso, 'StartURL') ?? '',
    region: reader.text(sso, 'SSORegion') ?? '',
  }))
}

/** Returns the profile where its keys come from Granted's store. */
function planProfile(
  facts: ImportFacts,
  draft: PlanDraft,
  sessions: SessionBook,
  names: readonly Portal[],
  name: string,
  values: Values,
): KeyTaker | undefined {
  const helper = readGrantedProcess(facts, values)
  const marked = ssoKeys.some((key) => values.has(key))
  if (!helper && !marked) return undefined
  const shown = printable(name)
  const role = {
    accountId: values.get('granted_sso_account_id') ?? values.get('sso_account_id') ?? '',
    roleName: values.get('granted_sso_role_name') ?? values.get('sso_role_name') ?? '',
  }
  const asked = helper?.options.get('profile')
  if (helper && !marked) return { name, target: asked ?? name }
  if (helper && (asked ?? name) !== name) {
    draft.note(
      'needs',
      `${shown}: it has the keys of ${printable(asked ?? '')}, which lie in Granted's store`,
    )
    return undefined
  }
  const own = values.get('sso_session')
  const portal = own === undefined ? readPortal(values, names) : undefined
  const fault = findObstacle(facts, name, values, helper) ?? (portal ? findSsoFault(role, portal) : undefined)
  if (fault !== undefined) {
    draft.note('cannot', `${shown}: ${fault}`)
    return undefined
  }
  if (helper?.options.has('url'))
    draft.note(
      'cannot',
      `${shown}: access was asked for at ${printable(helper.options.get('url') ?? '')}, which Identity Center does not know`,
    )
  if (helper?.options.has('auto-login')) draft.note('hint', autoLogin)
  const session = own ?? sessions.obtain(portal as Portal)
  const lost = sessions.findScopeFault(session, values.get('granted_sso_registration_scopes'))
  if (lost !== undefined) draft.note('cannot', `${shown}: ${lost}`)
  draft.edit(
    editSsoProfile(name, values, {
      session,
      role,
      dropped: [...(helper ? ['credential_process'] : []), ...ssoKeys, 'common_fate_generated_from'],
    }),
  )
  if (findKeys(facts, name) === 'temporary') {
    draft.ask({
      kind: 'confirm',
      text: `Remove the temporary keys of [${shown}] from the credentials file? Nothing needs them, and they do not come back.`,
      fallback: false,
      yes: { keys: [{ name, isWhole: false }] },
    })
  }
  return undefined
}

const autoLogin =
  'no program opens a browser to log in any more: who has no session gets an error, and types assume login NAME'

function readPortal(values: Values, names: readonly Portal[]): Portal {
  const startUrl = values.get('granted_sso_start_url') ?? ''
  const region = values.get('granted_sso_region') ?? ''
  const named = names.find((each) => each.startUrl === startUrl && each.region === region)
  return { startUrl, region, scopes: values.get('granted_sso_registration_scopes'), name: named?.name }
}

/** Why the profile would become somebody else by sso keys; undefined where it would not. */
function findObstacle(
  facts: ImportFacts,
  name: string,
  values: Values,
  helper: ToolProcess | undefined,
): string | undefined {
  const session = values.get('sso_session')
  if (session !== undefined && !facts.config.sessions.has(session))
    return 'there is no sso-session of the name that it has'
  if (values.has('role_arn')) return 'it assumes a role besides; its source_profile has to be another one'
  if (values.has('web_identity_token_file')) return 'it has a web identity besides'
  if (!helper && values.has('credential_process')) return 'it has a credential_process besides'
  if (values.has('aws_access_key_id') || findKeys(facts, name) === 'lasting')
    return 'it has long-lived keys besides, which the AWS tools take until now'
  const differ = (['account_id', 'role_name'] as const).some((key) => {
    const [theirs, own] = [values.get(`granted_sso_${key}`), values.get(`sso_${key}`)]
    return theirs !== undefined && own !== undefined && theirs !== own
  })
  return differ ? 'its sso keys name another role than those of Granted' : undefined
}

/** What `granted sso populate` made profiles of: the session is kept for `assume sync`. */
function planSync(draft: PlanDraft, sessions: SessionBook, file: OwnFile, table: FileTable): void {
  const reader = new TableReader(file)
  for (const [name, sso] of reader.tables(table, 'SSO')) {
    const startUrl = reader.text(sso, 'StartURL') ?? ''
    const region = reader.text(sso, 'SSORegion') ?? ''
    const portal: Portal = { name, startUrl, region }
    const fault = findPortalFault(portal)
    if (fault !== undefined) {
      draft.note('cannot', `[SSO.${printable(name)}]: ${fault}`)
      continue
    }
    const session = sessions.obtain(portal)
    const written = `${reader.text(sso, 'Prefix') ?? ''}${reader.text(sso, 'ProfileTemplate') ?? '{{ .AccountName }}/{{ .RoleName }}'}`
    const template = translateTemplate(written)
    if (template === undefined)
      draft.note(
        'cannot',
        `[SSO.${printable(name)}]: the template ${printable(written)}, which means nothing to assume sync`,
      )
    draft.note(
      'hint',
      `new profiles: assume sync${template === undefined ? '' : ` --template '${template}'`} ${formatSessionWord(session, quoteAnywhere)}`,
    )
  }
}

const browsers: Readonly<Record<string, string>> = {
  CHROME: 'chrome',
  BRAVE: 'brave',
  EDGE: 'edge',
  CHROMIUM: 'chromium',
  VIVALDI: 'vivaldi',
  ARC: 'arc',
  SAFARI: 'safari',
  FIREFOX: 'firefox',
  WATERFOX: 'waterfox',
  ZEN: 'zen',
  STDOUT: 'off',
}

function planSettings({ settings }: ImportFacts, draft: PlanDraft, file: OwnFile, table: FileTable): void {
  const reader = new TableReader(file)
  const set = (name: string, value: string, wanted?: string) => {
    if (!settings.has(name))
      draft.add({ settings: [{ name, value, ...(wanted !== undefined && { program: wanted }) }] })
  }
  const kind = reader.text(table, 'DefaultBrowser') ?? ''
  const path = reader.text(table, 'CustomBrowserPath')
  const browser = Object.hasOwn(browsers, kind) ? browsers[kind] : undefined
  if (browser !== undefined) {
    set('assume_browser', browser, browser === 'off' ? undefined : path)
    // To Granted this browser is one with its own add-on.
    if (browser === 'firefox') set('assume_container', 'granted', path)
  } else if (path !== undefined && !/["\\]/.test(path)) set('assume_browser', `"${path}" %s`, path)
  else if (kind !== '') draft.note('cannot', `DefaultBrowser = ${printable(kind)}`)
  const ssoPath = reader.text(table, 'CustomSSOBrowserPath')
  if (ssoPath !== undefined)
    draft.note(
      'hint',
      `logins had a browser of their own, ${printable(ssoPath)}: assume_browser in their sso-session is that here`,
    )
  for (const name of ['AWSConsoleBrowserLaunchTemplate', 'SSOBrowserLaunchTemplate']) {
    const command = reader.text(reader.table(table, name), 'Command')
    if (command !== undefined)
      draft.note('cannot', `${name} (${printable(command)}): assume settings set assume_browser '… %s'`)
  }
  if (table['CredentialProcessAutoLogin'] === true) draft.note('hint', autoLogin)
  if (table['ExportCredsToAWS'] === true)
    draft.note('hint', 'keys go to the credentials file by assume credentials-file PROFILE --as NAME alone')
  if (table['DefaultExportAllEnvVar'] === true && !settings.has('assume_mode')) {
    draft.ask({
      kind: 'confirm',
      text: 'Granted exported keys at each switch (DefaultExportAllEnvVar). Do that here, too? A profile that tools look up themselves is renewed by them.',
      fallback: false,
      yes: { settings: [{ name: 'assume_mode', value: 'export' }] },
      no: { settings: [{ name: 'assume_mode', value: 'auto' }] },
    })
  }
}

/** The picker's order: names that are still there, each with its uses. */
function planHistory(facts: ImportFacts, draft: PlanDraft): void {
  const file = facts.own.get('frecency')
  if (!file) return
  const reader = new TableReader(file)
  const uses = reader.list(readJson(file), 'Entries').flatMap((entry) => {
    const { Entry: name, Frequency: count, LastUsed: last } = entry
    if (typeof name !== 'string' || typeof count !== 'number' || typeof last !== 'string') return []
    const time = Date.parse(last) / 1000
    if (!(count >= 1) || !(time > 0) || !isTaken(facts, name)) return []
    return [{ name: reader.check(name), count: Math.min(Math.floor(count), 20), last: Math.floor(time) }]
  })
  draft.add({ uses })
}

function planStartUp({ startUp }: ImportFacts, draft: PlanDraft): void {
  putLinesAside(draft, startUp, idleLine)
  for (const line of listForeignWords(startUp)) draft.note('hint', line)
  for (const place of listLines(startUp, completionLine))
    draft.note('hint', `${place} completes assume as Granted does; take it out if TAB shows no profiles`)
}
