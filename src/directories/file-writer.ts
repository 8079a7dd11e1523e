import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { type EditOutcome, editFile } from '../system/files/edit-file.ts'
import { type FileEdit, isSameChange, noSections } from '../system/files/file-edit.ts'
import { replaceText } from '../system/files/replace-text.ts'
import { applyUmask } from '../system/files/umask.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { encodeText } from '../text/utf-8.ts'
import { refuseFile } from './file-fault.ts'
import { readDirectoryFile } from './place.ts'
import { decodeWish, editWish, parseWish, type Wish } from './wish.ts'

/**
 * What is to become of the file of a directory; undefined where it says that already. Throws AssumeError `unreadable-file`
 * where it would be too large.
 */
export function planFile(path: string, before: string | undefined, wish: Wish): FileEdit | undefined {
  const said = before === undefined ? undefined : parseWish(before)
  if (said && !('code' in said) && said.name === wish.name && said.region === wish.region) return undefined
  const after = editWish(before?.replace(/^\ufeff/, '') ?? '', wish)
  const fault = decodeWish(encodeText(after))
  if (typeof fault !== 'string') throw refuseFile(path, fault)
  return { path, before, after }
}

/**
 * The text of the file of a directory; undefined where there is none. Throws AssumeError `unsafe-file`, `unreadable-file` for one that could
 * never be in force, whatever it said.
 */
export function readWritable(context: Context, path: string): string | undefined {
  const text = readDirectoryFile(context, path)
  if (text === undefined || typeof text === 'string') return text
  throw refuseFile(path, text)
}

/**
 * Writes the wish to the file; a new one is for all to read, as the user's other files are. `agree` is asked where the file says
 * something else; absent: nobody is. Throws AssumeError as `editFile` does.
 */
export function writeWish(
  context: Context,
  paths: Paths,
  { path, wish }: { readonly path: string; readonly wish: Wish },
  agree?: (edit: FileEdit) => Promise<boolean>,
): Promise<EditOutcome<FileEdit>> {
  return editFile<FileEdit>(context, paths, {
    path,
    plan: (before) => {
      readWritable(context, path)
      return planFile(path, before, wish)
    },
    isSame: (one, other) => isSameChange(one, other, noSections),
    ...(agree && { agree }),
    replace: (edit) => replaceText(context.files, edit, { mode: applyUmask(0o644) }),
  })
}

/** The AssumeError for a name that a file cannot say. */
export function refuseName(name: string): AssumeError {
  return new AssumeError(
    'invalid-profile',
    `no file can name profile ${printable(name)}: see assume here --help`,
    {
      hint: 'assume list',
    },
  )
}
