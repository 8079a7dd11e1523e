import { isAbsolute, join } from 'node:path'
import type { ConfigEdit } from '../../profiles/config/edit.ts'
import { hasStaticKeys } from '../../profiles/profile.ts'
import { printable } from '../../text/redact.ts'
import { splitWords } from '../../text/shell-words.ts'
import { type FileTable, type OwnFile, readYaml, TableReader } from '../../tool-files/own-file.ts'
import { sessionKeys } from '../../tool-keys/key-move.ts'
import { findKeys, type ImportFacts, listOwnProfiles } from '../facts.ts'
import { type ImportTool, type PlaceWorld, PlanDraft, type ToolPlan } from '../plan.ts'
import { editProfile } from '../sso.ts'

type Values = ReadonlyMap<string, string>

/** What its settings say of all profiles. */
interface Defaults {
  readonly region: string | undefined
  /** Seconds. */
  readonly duration: number | undefined
  readonly sessionName: string | undefined
  readonly browser: string | undefined
}

export const awsume: ImportTool = { name: 'awsume', title: 'awsume', places, detect, plan }

function places({ home, env, isFolder }: PlaceWorld): Record<string, string> {
  const own = join(home, '.awsume')
  const named = env['XDG_CONFIG_HOME'] ?? ''
  const base = isAbsolute(named) ? named : join(home, '.config')
  return { settings: join(isFolder(own) ? own : join(base, 'awsume'), 'config.yaml') }
}

function detect(facts: ImportFacts): string[] {
  const managed = listManaged(facts)
  return [
    ...[...facts.own.values()].map(({ shown }) => shown),
    ...(managed.length > 0 ? [`sections of the credentials file (${managed.length})`] : []),
  ]
}

function listManaged({ credentials }: ImportFacts): string[] {
  return [...credentials.profiles]
    .filter(([, { values }]) => values.get('manager') === 'awsume' || values.get('autoawsume') === 'true')
    .map(([name]) => name)
}

function plan(facts: ImportFacts): ToolPlan {
  const draft = new PlanDraft()
  const settings = facts.own.get('settings')
  const defaults = settings ? readDefaults(settings) : noDefaults
  for (const [name, values] of listOwnProfiles(facts)) {
    if (values.has('role_arn')) planRole(facts, draft, defaults, name, values)
    else if (hasStaticKeys(values) || findKeys(facts, name) === 'lasting')
      draft.edit(editMissing(name, values, [['region', findRegion(facts, values, defaults)]]))
  }
  for (const name of listManaged(facts)) {
    if (findKeys(facts, name) !== 'temporary') continue
    draft.ask({
      kind: 'confirm',
      text: `Remove the temporary keys [${printable(name)}] of awsume from the credentials file? A tool that reads that name gets new ones by: assume credentials-file PROFILE --as NAME. They do not come back.`,
      fallback: false,
      yes: { keys: [{ name, isWhole: true }] },
    })
  }
  planBrowser(facts, draft, defaults)
  return draft.finish()
}

const noDefaults: Defaults = {
  region: undefined,
  duration: undefined,
  sessionName: undefined,
  browser: undefined,
}

function readDefaults(file: OwnFile): Defaults {
  const reader = new TableReader(file)
  const table: FileTable = readYaml(file)
  const duration = reader.text(table, 'role-duration')
  return {
    region: reader.text(table, 'region'),
    duration: duration !== undefined && /^\d{1,6}$/.test(duration) ? Number(duration) : undefined,
    sessionName: reader.text(table, 'role-session-name'),
    browser: reader.text(reader.table(table, 'console'), 'browser_command'),
  }
}

/** awsume fills in what AWS tools want written. */
function planRole(
  facts: ImportFacts,
  draft: PlanDraft,
  defaults: Defaults,
  name: string,
  values: Values,
): void {
  const shown = printable(name)
  if (values.has('principal_arn')) {
    draft.note('needs', `${shown}: there is no SAML in assume or in the AWS tools`)
    return
  }
  if (values.has('credential_source') || values.has('web_identity_token_file')) return
  const sourceName = values.get('source_profile') ?? 'default'
  const source = facts.config.profiles.get(sourceName)?.values
  if (!values.has('source_profile') && !hasCredentials(facts, sourceName)) {
    draft.note(
      'cannot',
      `${shown}: it has no source_profile, so awsume takes the keys of [default], which has none`,
    )
    return
  }
  const isChained = source !== undefined && sessionKeys.some((key) => source.has(key))
  // A session cannot present the device of a user.
  const device = isChained ? undefined : source?.get('mfa_serial')
  const { duration = 0, sessionName } = defaults
  draft.edit(
    editMissing(name, values, [
      ['source_profile', sourceName],
      ['mfa_serial', device],
      ['region', findRegion(facts, values, defaults)],
      // A role on a session is one for an hour.
      ['duration_seconds', duration > 3600 && !isChained ? String(duration) : undefined],
      [
        'role_session_name',
        sessionName !== undefined && /^[\w+=,.@-]{2,64}$/.test(sessionName) ? sessionName : undefined,
      ],
    ]),
  )
  if (!values.has('mfa_serial') && device !== undefined)
    draft.note(
      'hint',
      'awsume asked for one MFA code in 12 hours; the AWS tools and assume ask for one for each role',
    )
}

function hasCredentials(facts: ImportFacts, name: string): boolean {
  const values = facts.config.profiles.get(name)?.values
  const keys = [
    'role_arn',
    'sso_account_id',
    'credential_process',
    'web_identity_token_file',
    'login_session',
  ]
  return (
    findKeys(facts, name) !== 'none' ||
    (values !== undefined && (hasStaticKeys(values) || keys.some((key) => values.has(key))))
  )
}

/** The region that the source has, or is given, through all that are assumed from another. */
function findRegion({ config }: ImportFacts, values: Values, defaults: Defaults): string | undefined {
  const visited = new Set<Values>()
  for (let next: Values | undefined = values; next && !visited.has(next); ) {
    visited.add(next)
    next = config.profiles.get(next.get('source_profile') ?? '')?.values
    const region = next?.get('region')
    if (region !== undefined) return region
  }
  return config.profiles.get('default')?.values.get('region') ?? defaults.region
}

function editMissing(
  name: string,
  values: Values,
  wanted: readonly (readonly [key: string, value: string | undefined])[],
): ConfigEdit[] {
  return editProfile(
    name,
    values,
    wanted.filter(([key, value]) => value !== undefined && !values.has(key)),
  )
}

/** What runs anything that it is given. */
const interpreter =
  /(?:^|[\\/])(?:env|sudo|(?:ba|z|da|k|fi)?sh|python[\d.]*|perl|ruby|node|osascript|powershell|pwsh|cmd)(?:\.exe)?$/i

/** A command with `{url}` in it, of plain words: awsume gives it to a shell, and we do not. */
function planBrowser({ settings, platform }: ImportFacts, draft: PlanDraft, { browser }: Defaults): void {
  if (browser === undefined || settings.has('assume_browser')) return
  const command = browser.replaceAll('{url}', '%s')
  const [program] = splitWords(command, platform) ?? []
  const isPlain = program !== undefined && !interpreter.test(program)
  if (!isPlain || !command.includes('%s') || /[$`;&|<>\n]/.test(command))
    draft.note('cannot', `browser_command (${printable(browser)}): assume settings set assume_browser '… %s'`)
  else draft.add({ settings: [{ name: 'assume_browser', value: command, program }] })
}
