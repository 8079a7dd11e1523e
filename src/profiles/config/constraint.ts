import { AssumeError } from '../../errors.ts'
import { printable } from '../../text/redact.ts'
import { loneSurrogate } from '../../text/utf-8.ts'
import { type FileKind, identifier, type SectionType } from './header.ts'

/** A section by its type and name. */
export interface SectionName {
  readonly type: SectionType
  readonly name: string
}

/** botocore takes a colon for the end of the key, so it is not written, though it is read. */
const writableKey = /^[A-Za-z0-9_\-/.%@+]+$/
const lineBreak = /[\r\n\0]/
const spaceAround = /^[\s\x1c-\x1f\x85]|[\s\x1c-\x1f\x85]$/
const commentStart = /(?:^|[ \t])[#;]/

/**
 * Checks that a section can be written so that every reader finds it.
 * @throws AssumeError invalid-edit
 */
export function checkSection({ type, name }: SectionName, kind: FileKind): void {
  const shown = `${type} "${printable(name)}"`
  if (name === '') refuseEdit(`A ${type} needs a name`)
  if (lineBreak.test(name) || loneSurrogate.test(name)) {
    refuseEdit(`The name of ${shown} holds a line break, a NUL or a byte that is not UTF-8`)
  }
  if (kind === 'config') return
  if (type !== 'profile') refuseEdit(`The credentials file holds profiles only, no ${shown}`)
  if (!identifier.test(name) || name === 'DEFAULT') {
    const hint = 'Use letters, digits and - _ / . % @ : + in names for the credentials file'
    refuseEdit(`The credentials file cannot hold ${shown}`, hint)
  }
}

/**
 * Checks that a key can be written so that every reader finds it.
 * @throws AssumeError invalid-edit
 */
export function checkKey(key: string): void {
  if (writableKey.test(key)) return
  refuseEdit(`"${printable(key)}" cannot be a key`, 'Use letters, digits and - _ / . % @ + in keys')
}

/**
 * Checks that a value is read back as it is. The message names the key only: the value may be a secret.
 * @throws AssumeError invalid-edit
 */
export function checkValue(key: string, value: string): void {
  const of = `The value of ${printable(key)}`
  if (lineBreak.test(value)) refuseEdit(`${of} holds a line break or a NUL`)
  if (loneSurrogate.test(value)) refuseEdit(`${of} is not valid UTF-8`)
  if (spaceAround.test(value)) refuseEdit(`${of} starts or ends with white space, which readers cut off`)
  if (commentStart.test(value)) {
    refuseEdit(`${of} holds # or ; at its start or after a space, where readers see a comment`)
  }
}

/** Throws an AssumeError for an edit that would not be read back as it is meant. */
export function refuseEdit(message: string, hint?: string): never {
  throw new AssumeError('invalid-edit', message, hint === undefined ? {} : { hint })
}
