import type { Context, Files } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { readText } from '../system/files/read-text.ts'
import { printable } from '../text/redact.ts'

/**
 * The same world for whoever looks at what may be broken: what cannot be looked at, as behind a loop of links or in a folder
 * that is closed to the user, is not there, and nothing is said on the way.
 */
export function createTolerantContext(context: Context): Context {
  return {
    ...context,
    files: createTolerantFiles(context.files),
    notify: () => {},
    notifyOnce: () => {},
    trace: () => {},
  }
}

function createTolerantFiles(files: Files): Files {
  return {
    ...files,
    stat: (path) => tolerate(() => files.stat(path), undefined),
    statEntry: (path) => tolerate(() => files.statEntry(path), undefined),
    list: (path) => tolerate(() => files.list(path), []),
    resolve: (path) => tolerate(() => files.resolve(path), path),
  }
}

function tolerate<Value>(look: () => Value, otherwise: Value): Value {
  try {
    return look()
  } catch {
    return otherwise
  }
}

/** Nobody writes files of this kind that are larger, in bytes. */
const mostBytes = 2 ** 20

/**
 * The text of a start-up file, or of one that another tool reads; undefined where there is none. Throws AssumeError
 * `unreadable-file`, also for one that is too large to look at.
 */
export function readSmallFile({ files }: Pick<Context, 'files'>, path: string): string | undefined {
  const { size = 0 } = files.stat(path) ?? {}
  if (size <= mostBytes) return readText(files, path)
  throw new AssumeError('unreadable-file', `${printable(path)} is too large to look at: ${size} bytes`)
}

/** The same; undefined also where it cannot be read. */
export function readQuietly(context: Pick<Context, 'files'>, path: string): string | undefined {
  try {
    return readSmallFile(context, path)
  } catch (error) {
    if (error instanceof AssumeError) return undefined
    throw error
  }
}
