import { dirname, join } from 'node:path'
import type { Context, EntryStat, Files } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { checkCacheFolder } from '../system/files/cache-file.ts'
import { editFile } from '../system/files/edit-file.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import { explainReadFailure } from '../system/files/read-failure.ts'
import { readText } from '../system/files/read-text.ts'
import { replaceText } from '../system/files/replace-text.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import type { Hint } from '../text/words.ts'
import {
  DamagedRecords,
  type DirectoryRecord,
  findTree,
  formatRecords,
  formatTrees,
  isRecordable,
  nameRecordFile,
  parseRecords,
  parseTrees,
  replaceRecord,
  type TreeRecord,
  treesFile,
} from './record.ts'

/** What is recorded of a directory. */
export interface Recorded {
  /** Absent: nothing. */
  readonly record?: DirectoryRecord
  /** The tree that decides where there is no record; absent: none. */
  readonly tree?: TreeRecord
  /** Files of records that count for nothing, an AssumeError `unsafe-file` or `unreadable-file` each. */
  readonly faults: readonly AssumeError[]
}

type Format<Kind> = readonly [parse: (text: string) => Kind[], format: (records: readonly Kind[]) => string]

const ofRecords: Format<DirectoryRecord> = [parseRecords, formatRecords]
const ofTrees: Format<TreeRecord> = [parseTrees, formatTrees]

/** What is recorded of a directory, as far as its files can be believed. */
export function readRecorded(context: Context, { directories }: Paths, directory: string): Recorded {
  const faults: AssumeError[] = []
  const read = <Kind>(name: string, [parse]: Format<Kind>): Kind[] => {
    const path = join(directories, name)
    try {
      checkRecordFile(context, path)
      return parseNamed(path, readText(context.files, path), parse)
    } catch (error) {
      if (!(error instanceof AssumeError)) throw error
      faults.push(error)
      return []
    }
  }
  const records = isRecordable(directory) ? read(nameRecordFile(directory), ofRecords) : []
  const record = records.find((each) => each.directory === directory)
  const tree = findTree(read(treesFile, ofTrees), directory)
  return { ...(record && { record }), ...(tree && { tree }), faults }
}

/**
 * Records this of a directory in the place of what was recorded; undefined forgets it. Returns whether anything is another than
 * before. Throws AssumeError `unsafe-file`, `unreadable-file`, `unwritable-file`, and leaves all as it is then.
 */
export function writeRecord(
  context: Context,
  paths: Paths,
  directory: string,
  record: DirectoryRecord | undefined,
): Promise<boolean> {
  checkRecordable(directory)
  return writeTo(context, paths, nameRecordFile(directory), ofRecords, (records) =>
    replaceRecord(records, directory, record),
  )
}

/** The same of a tree. */
export function writeTree(
  context: Context,
  paths: Paths,
  directory: string,
  tree: TreeRecord | undefined,
): Promise<boolean> {
  checkRecordable(directory)
  return writeTo(context, paths, treesFile, ofTrees, (trees) => replaceRecord(trees, directory, tree))
}

/** Throws AssumeError `unsafe-file` for a directory whose path cannot stand in a record. */
export function checkRecordable(directory: string): void {
  if (isRecordable(directory)) return
  throw new AssumeError(
    'unsafe-file',
    `nothing can be recorded for ${printable(directory)}: its path has a control character, or is not UTF-8`,
    { hint: 'give the directory another name' },
  )
}

async function writeTo<Kind>(
  context: Context,
  paths: Paths,
  name: string,
  [parse, format]: Format<Kind>,
  change: (records: readonly Kind[]) => Kind[],
): Promise<boolean> {
  const { files } = context
  const path = join(paths.directories, name)
  checkCacheFolder(context, paths.directories)
  const outcome = await editFile<FileEdit>(context, paths, {
    path,
    plan: (before) => {
      checkRecordFile(context, path)
      const records = change(parseNamed(path, before, parse))
      const after = records.length === 0 ? undefined : format(records)
      return after === before ? undefined : { path, before, after }
    },
    replace: (edit) => replaceText(files, edit, { mode: 0o600, forceMode: true }),
  })
  return outcome !== 'needless'
}

/** A shell believes a file of records only where it is the user's own, and no link. */
function checkRecordFile({ files, user }: Context, path: string): void {
  const entry = lookAtRecords(files, path)
  if (!entry) return
  const shown = printable(path)
  if (entry.linkTarget !== undefined || entry.kind !== 'file') {
    const what = entry.linkTarget === undefined ? 'no file' : 'a link'
    throw new AssumeError('unsafe-file', `what ${shown} says does not count: it is ${what}`, {
      hint: moveAway(path),
    })
  }
  if (user && entry.userId !== user.id) {
    const message = `what ${shown} says does not count: it belongs to another user (${entry.userId})`
    throw new AssumeError('unsafe-file', message, { hint: moveAway(path) })
  }
  if ((entry.mode & 0o400) === 0) {
    throw new AssumeError('unreadable-file', `what ${shown} says does not count: you may not read it`, {
      hint: (quote) => `chmod 600 ${quote(path)}`,
    })
  }
}

function lookAtRecords(files: Files, path: string): EntryStat | undefined {
  try {
    return files.statEntry(path)
  } catch (cause) {
    throw new AssumeError('unreadable-file', `cannot read ${printable(path)}: ${explainReadFailure(cause)}`, {
      hint: (quote) => `ls -ld ${quote(dirname(path))}`,
      cause,
    })
  }
}

function parseNamed<Kind>(path: string, text: string | undefined, parse: (text: string) => Kind[]): Kind[] {
  if (text === undefined) return []
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof DamagedRecords)) throw error
    const reason =
      error.at === 'version'
        ? 'is of another version of assume, or damaged'
        : `is damaged in line ${error.at}`
    throw new AssumeError('unreadable-file', `${printable(path)} ${reason}`, { hint: moveAway(path) })
  }
}

/** What it says is kept, and allowed anew where it is wanted. */
function moveAway(path: string): Hint {
  return (quote) => `mv ${quote(path)} ${quote(`${path}.old`)}`
}
