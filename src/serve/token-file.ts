import type { Context } from '../context.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'

/** The file of a token, which goes with the server. */
export interface TokenFile {
  readonly path: string
  remove(): void
}

/**
 * Writes the token of a port to a file that SDKs read, 0600, without a line feed: one would be part of the header. Throws
 * AssumeError `unwritable-file`.
 */
export function keepToken(
  { cleanups, files }: Pick<Context, 'cleanups' | 'files'>,
  path: string,
  token: string,
): TokenFile {
  writeAtomically(files, path, Buffer.from(token), { isCache: true })
  const clean = () => files.remove(path)
  cleanups.add(clean)
  const remove = () => {
    clean()
    cleanups.delete(clean)
  }
  return { path, remove }
}
