import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { editAwsConfig } from '../profiles/aws-config-file.ts'
import { editAwsCredentials } from '../profiles/aws-credentials-file.ts'
import { checkSettingsOwnership } from '../settings/settings-file.ts'
import { editFile } from '../system/files/edit-file.ts'
import { type FileEdit, isSameChange, noSections } from '../system/files/file-edit.ts'
import { replaceText } from '../system/files/replace-text.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import type { ImportBackup } from './backup.ts'
import { editConfigText, editOwnSettings, editStartUpText, removeTemporaryKeys } from './draft.ts'
import { findKeys, readCredentialsFacts } from './facts.ts'
import type { Draft } from './plan.ts'

interface Application {
  readonly context: Context
  readonly paths: Paths
  readonly backup: ImportBackup
  /** Shows an edit anew and asks, where somebody else has changed the file meanwhile. Absent: nobody is asked. */
  readonly agree?: (edit: FileEdit) => Promise<boolean>
}

/**
 * Makes the edits that were agreed to: each file whole or not at all, the config file first, and temporary keys go last,
 * when what takes their place is there. Returns the paths of what was changed. Throws AssumeError.
 */
export async function applyDraft(application: Application, draft: Draft): Promise<string[]> {
  const { context, paths, backup, agree } = application
  const { change, config, settings, startUp } = draft
  const written: string[] = []
  const note = (outcome: unknown, path: string) => {
    if (typeof outcome === 'object') written.push(path)
  }
  const replace = (edit: FileEdit) => {
    backup.keep(edit)
    return replaceText(context.files, edit)
  }
  if (config) {
    const plan = planAnew(config, (text) => refuseChanged(config.path, () => editConfigText(text, change)))
    const keep = (edit: FileEdit) => backup.keep(edit)
    note(
      await editAwsConfig(context, paths, { plan, agreed: config, keep, ...(agree && { agree }) }),
      config.path,
    )
  }
  if (settings) {
    checkSettingsOwnership(context, settings.path)
    const plan = planAnew(settings, (text = '') => editOwnSettings(text, change))
    note(await editFile(context, paths, { path: settings.path, plan, replace }), settings.path)
  }
  for (const edit of startUp) {
    const plan = planAnew(edit, (text) => text && editStartUpText(edit.path, text, change.asides))
    const isSame = (one: FileEdit, other: FileEdit) => isSameChange(one, other, noSections)
    const request = { path: edit.path, plan, agreed: edit, isSame, replace, ...(agree && { agree }) }
    try {
      note(await editFile(context, paths, request), edit.path)
    } catch (error) {
      // A line that does nothing any more is no reason to stop: many a start-up file is in a store.
      if (!(error instanceof AssumeError && error.code === 'unwritable-file')) throw error
      context.notify(`warning: ${error.message}`)
    }
  }
  if (change.keys.length > 0) {
    note(
      await editAwsCredentials(context, paths, (text) => {
        const credentials = readCredentialsFacts(text)
        return removeTemporaryKeys(text, change, (name) => findKeys({ credentials }, name) === 'temporary')
      }),
      paths.awsCredentials,
    )
  }
  return written
}

/** An edit that the file as it is now does not take: another import has been faster. */
function refuseChanged<Value>(path: string, edit: () => Value): Value {
  try {
    return edit()
  } catch (cause) {
    if (!(cause instanceof AssumeError && cause.code === 'invalid-edit')) throw cause
    const message = `${printable(path)} was left as it is: somebody else has changed it just now`
    throw new AssumeError('unwritable-file', message, { hint: 'assume import', cause })
  }
}

/** The edit as it was worked out, of the text that it was worked out from; of another text anew. */
function planAnew(
  edit: FileEdit,
  make: (text: string | undefined) => string | undefined,
): (before: string | undefined) => FileEdit | undefined {
  return (before) => {
    if (before === edit.before) return edit
    const after = make(before)
    return after === before ? undefined : { path: edit.path, before, after }
  }
}
