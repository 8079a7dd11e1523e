import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import type { ProfileFileFault } from './place.ts'

/** The AssumeError for a file that can never be in force, `unsafe-file` or `unreadable-file`. */
export function refuseFile(path: string, { code, reason }: ProfileFileFault): AssumeError {
  const message = `${printable(path)} is not taken: ${reason}`
  switch (code) {
    case 'grammar':
      return new AssumeError('unreadable-file', message, { hint: 'assume here PROFILE' })
    case 'no-text':
    case 'too-large':
      return new AssumeError('unreadable-file', message, { hint: (quote) => `rm ${quote(path)}` })
    case 'no-file':
    case 'unreadable':
      return new AssumeError('unreadable-file', message, { hint: (quote) => `ls -ld ${quote(path)}` })
    case 'link':
    case 'not-own':
      return new AssumeError('unsafe-file', message, { hint: (quote) => `ls -l ${quote(path)}` })
  }
}
