import { printable } from '../../text/redact.ts'
import { formatSessionWord, quoteAnywhere } from '../../text/words.ts'
import { translateTemplate } from '../../tool-files/go-template.ts'
import { type FileTable, type OwnFile, TableReader } from '../../tool-files/own-file.ts'
import type { ImportFacts } from '../facts.ts'
import type { PlanDraft } from '../plan.ts'

/** Plans what the settings of aws-sso-cli say of all profiles; `sessions` are what its instances have become. */
export function planCliSettings(
  { settings }: ImportFacts,
  draft: PlanDraft,
  file: OwnFile,
  table: FileTable,
  sessions: readonly string[],
): void {
  const reader = new TableReader(file)
  const format = reader.text(table, 'ProfileFormat') ?? '{{ .AccountIdPad }}:{{ .RoleName }}'
  const template = translateTemplate(format)
  if (template === undefined)
    draft.note(
      'cannot',
      `ProfileFormat: ${printable(format)}, which means nothing to assume sync; the profiles there are keep their names`,
    )
  for (const session of sessions) {
    draft.note(
      'hint',
      `new profiles: assume sync${template === undefined ? '' : ` --template '${template}'`} ${formatSessionWord(session, quoteAnywhere)}`,
    )
  }
  const tags = table['EnvVarTags']
  if (Array.isArray(tags) && tags.length > 0)
    draft.note(
      'cannot',
      `EnvVarTags (${tags.map((tag) => printable(String(tag))).join(', ')}): the plugin vars sets variables for each profile; assume plugin enable vars`,
    )
  if (reader.text(table, 'AuthWorkflow') === 'device_code' && !settings.has('assume_login'))
    draft.add({ settings: [{ name: 'assume_login', value: 'device-code' }] })
  planBrowser({ settings }, draft, reader, table)
  draft.note('hint', 'its tokens stay where they are: the first use of a session here is a login')
}

function planBrowser(
  { settings }: Pick<ImportFacts, 'settings'>,
  draft: PlanDraft,
  reader: TableReader,
  table: FileTable,
): void {
  if (settings.has('assume_browser')) return
  const action = reader.text(table, 'UrlAction')
  if (action === 'print' || action === 'printurl')
    draft.add({ settings: [{ name: 'assume_browser', value: 'off' }] })
  const words = table['UrlExecCommand']
  if (action !== 'exec' || !Array.isArray(words) || !words.every((word) => typeof word === 'string')) return
  const [program, ...rest] = words.map((word) => reader.check(word))
  if (
    program === undefined ||
    !rest.some((word) => word.includes('%s')) ||
    words.some((word) => /["\\]/.test(word))
  ) {
    draft.note(
      'cannot',
      `UrlExecCommand (${printable(words.join(' '))}): assume settings set assume_browser '… %s'`,
    )
    return
  }
  const value = [program, ...rest].map((word) => (/^[\w%./:=-]+$/.test(word) ? word : `"${word}"`)).join(' ')
  draft.add({ settings: [{ name: 'assume_browser', value, program }] })
}
