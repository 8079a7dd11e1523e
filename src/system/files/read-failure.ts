import type { Hint } from '../../text/words.ts'

const noFile = 'it is no file, but a pipe, a socket or a device'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
  ELOOP: 'its links lead in a circle',
  EFTYPE: noFile,
  // A socket, and a device without a driver, cannot even be opened.
  ENXIO: noFile,
  ENODEV: noFile,
  EOPNOTSUPP: noFile,
  ETIMEDOUT: 'the pipe has not ended in 5 seconds',
  EFBIG: 'the pipe holds more than 1 MiB',
}

/** Why a file could not be read, as a clause, from the errno error that the port of the files has thrown. */
export function explainReadFailure(cause: unknown): string {
  const code = codeOf(cause)
  return reasons[code] ?? code
}

/** What to do about it; undefined where the reason says all. */
export function adviseOnReadFailure(cause: unknown, path: string): Hint | undefined {
  const code = codeOf(cause)
  if (code === 'ETIMEDOUT' || code === 'EFBIG')
    return 'put what comes through the pipe into a file, and name that'
  return code in reasons && code !== 'EISDIR' ? (quote) => `ls -l ${quote(path)}` : undefined
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? String(cause)
}
