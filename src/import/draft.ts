import { parseDocument } from '../profiles/config/document.ts'
import { type ConfigEdit, editDocument } from '../profiles/config/edit.ts'
import { editSettingsText, formatSettingValue } from '../settings/settings.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import { type ImportFacts, readConfigFacts } from './facts.ts'
import type { Change, Draft } from './plan.ts'
import { commentLines } from './start-up.ts'

/** The text of the config file after a change. Throws AssumeError `invalid-edit`. */
export function editConfigText(
  text: string | undefined,
  { config }: Pick<Change, 'config'>,
): string | undefined {
  return config.length === 0 ? text : editDocument(text ?? '', 'config', config)
}

/** The text of the settings file after a change. */
export function editOwnSettings(text: string, { settings }: Pick<Change, 'settings'>): string {
  return settings.reduce(
    (each, { name, value, section }) => editSettingsText(each, name, formatSettingValue(value), section),
    text,
  )
}

/** The edits that a change leads to. Throws AssumeError `invalid-edit`. */
export function draftChange(
  facts: ImportFacts,
  change: Change,
  files: { readonly awsConfig: string; readonly settings: string; readonly settingsText: string | undefined },
): Draft {
  const config = draftEdit(files.awsConfig, facts.configText, editConfigText(facts.configText, change))
  const settingsAfter = editOwnSettings(files.settingsText ?? '', change)
  const isSame = settingsAfter === (files.settingsText ?? '')
  return {
    change,
    config,
    settings: isSame ? undefined : draftEdit(files.settings, files.settingsText, settingsAfter),
    startUp: editStartUp(facts, change),
  }
}

function draftEdit(
  path: string,
  before: string | undefined,
  after: string | undefined,
): FileEdit | undefined {
  return before === after ? undefined : { path, before, after }
}

/** The edits of a draft, in the order in which they are made. */
export function listEdits({ config, settings, startUp }: Draft): FileEdit[] {
  return [...(config ? [config] : []), ...(settings ? [settings] : []), ...startUp]
}

/** Whether there is nothing to do. */
export function isNothing(draft: Draft): boolean {
  const { uses, keys } = draft.change
  return listEdits(draft).length === 0 && uses.length === 0 && keys.length === 0
}

/** The facts when a draft has been made. */
export function advanceFacts(facts: ImportFacts, { change, config, startUp }: Draft): ImportFacts {
  const removed = new Set(change.keys.map(({ name }) => name))
  const profiles = new Map([...facts.credentials.profiles].filter(([name]) => !removed.has(name)))
  return {
    ...facts,
    ...(config && readConfigFacts(config.after)),
    credentials: { ...facts.credentials, profiles },
    settings: new Map([
      ...facts.settings,
      ...change.settings.flatMap(({ name, value, section }) =>
        section === undefined ? [[name, value] as const] : [],
      ),
    ]),
    startUp: facts.startUp.map((file) => ({
      ...file,
      text: startUp.find(({ path }) => path === file.path)?.after ?? file.text,
    })),
  }
}

/** The edits of start-up files. */
function editStartUp({ startUp }: ImportFacts, { asides }: Pick<Change, 'asides'>): FileEdit[] {
  return startUp.flatMap(({ path, text }) => {
    const after = editStartUpText(path, text, asides)
    return after === text ? [] : [{ path, before: text, after }]
  })
}

/** The text of one of them. */
export function editStartUpText(path: string, text: string, asides: Change['asides']): string {
  const lines = new Set(asides.filter((each) => each.path === path).map(({ line }) => line))
  return lines.size === 0 ? text : commentLines(text, lines)
}

/** What goes with temporary keys: what their tool has noted of them, too. */
const keyNames = [
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'aws_security_token',
  'x_principal_arn',
  'x_security_token_expires',
  'expiration',
]

/** The text of the credentials file without those temporary keys: a section that has none any more stays as it is. */
export function removeTemporaryKeys(
  text: string,
  { keys }: Pick<Change, 'keys'>,
  isTemporary: (name: string) => boolean,
): string {
  const edits = keys
    .filter(({ name }) => isTemporary(name))
    .flatMap(({ name, isWhole }): ConfigEdit[] => {
      const section = { type: 'profile', name } as const
      if (isWhole) return [{ op: 'remove-section', section }]
      return keyNames.map((key) => ({ op: 'remove', section, key }))
    })
  const rest = editDocument(text, 'credentials', edits)
  const emptied = parseDocument(rest, 'credentials').sections.filter(
    ({ name, properties }) => properties.length === 0 && keys.some((each) => each.name === name),
  )
  return editDocument(
    rest,
    'credentials',
    emptied.map(({ name }) => ({ op: 'remove-section', section: { type: 'profile', name } }) as const),
  )
}
