import { basename, dirname, join } from 'node:path'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { locateBackup } from '../profiles/aws-config-file.ts'
import { parseDocument } from '../profiles/config/document.ts'
import type { FileKind } from '../profiles/config/header.ts'
import { editText } from '../system/files/edit-file.ts'
import { readText } from '../system/files/read-text.ts'
import { removeFile } from '../system/files/remove-file.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { findPlainKey, removePlainKey } from './plain-key.ts'

/**
 * Takes a key of a profile out of the copies of the config file that assume keeps, and removes what killed writers have left
 * of the AWS files with it. To be called when those files have it no more. A copy that keeps it is named in a warning.
 * Throws what the edit of a file throws.
 */
export async function cleanKeyCopies(
  context: Context,
  paths: Paths,
  profileName: string,
  accessKeyId: string,
): Promise<void> {
  const { files, notify } = context
  const mayHold = (path: string) => {
    const text = readText(files, path) ?? ''
    return text.includes(accessKeyId) && text.includes('aws_secret_access_key')
  }
  const name = basename(paths.awsConfig)
  const kept = (await context.glob(paths.backups, ['*/*'])).filter((path) => basename(path).endsWith(name))
  for (const path of [locateBackup(paths.awsConfig), ...kept.map((each) => join(paths.backups, each))]) {
    if (!mayHold(path)) continue
    await editText(context, paths, path, (text) => removeFrom(text, 'config', profileName, accessKeyId))
    if (mayHold(path)) notify(`warning: ${printable(shortenPath(path, paths))} still holds the secret key`)
  }
  // Where the files hold it for another profile, somebody may be writing it at this moment.
  if ([paths.awsConfig, paths.awsCredentials].some(mayHold)) return
  for (const path of listAbandoned(context, paths)) if (mayHold(path)) removeFile(files, path)
}

function removeFrom(text: string, kind: FileKind, profileName: string, accessKeyId: string): string {
  try {
    const key = findPlainKey([parseDocument(text, kind)], profileName)
    return key?.accessKeyId === accessKeyId ? removePlainKey(text, kind, key) : text
  } catch (error) {
    if (error instanceof AssumeError) return text
    throw error
  }
}

/** The temporary files beside the AWS files, as `nameTemporary` names them. */
function listAbandoned({ files }: Context, paths: Paths): string[] {
  const present = [paths.awsConfig, paths.awsCredentials].filter((path) => files.stat(path))
  const folders = new Set(present.map((path) => dirname(files.resolve(path))))
  return [...folders].flatMap((folder) =>
    files
      .list(folder)
      .filter((name) => /^\.assume-[0-9a-f]+\.tmp$/.test(name))
      .map((name) => join(folder, name)),
  )
}
