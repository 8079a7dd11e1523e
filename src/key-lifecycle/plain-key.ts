import { AssumeError } from '../errors.ts'
import type { AccessKey } from '../keys/stored-key.ts'
import { type ConfigDocument, type ConfigSection, parseDocument } from '../profiles/config/document.ts'
import { editDocument } from '../profiles/config/edit.ts'
import type { FileKind } from '../profiles/config/header.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord } from '../text/words.ts'
import { checkKeyId, checkSecret } from './given-key.ts'

const idKey = 'aws_access_key_id'
const secretKey = 'aws_secret_access_key'
const tokenKeys = ['aws_session_token', 'aws_security_token']
/** What marks a section as one that `assume credentials-file` writes; its value is the profile whose keys are in it. */
const copyKey = 'assume_copy_of'

/** A long-lived key that a profile has in the AWS files, in one of them or in both. */
export interface PlainKey extends Pick<AccessKey, 'accessKeyId' | 'secretAccessKey'> {
  readonly profileName: string
  readonly files: readonly FileKind[]
}

/** The profiles that have an id or a secret of a key in the AWS files, in their order. */
export function listPlainKeys(documents: readonly ConfigDocument[]): string[] {
  const names = documents.flatMap(({ sections }) =>
    sections
      .filter(({ type, properties }) => type === 'profile' && properties.some(({ key }) => isOfKey(key)))
      .map(({ name }) => name),
  )
  return [...new Set(names)]
}

/**
 * The key that a profile has in the AWS files; undefined where there is none. Throws AssumeError `keys-refused` for keys of a
 * session, `foreign-section` for a copy by `assume credentials-file`, `invalid-profile` where it is not one whole key.
 */
export function findPlainKey(
  documents: readonly ConfigDocument[],
  profileName: string,
): PlainKey | undefined {
  const sections = sectionsOf(documents, profileName)
  const ids = listValues(sections, idKey)
  const secrets = listValues(sections, secretKey)
  if (ids.length === 0 && secrets.length === 0) return undefined
  const name = printable(profileName)
  if (hasKey(sections, copyKey))
    throw new AssumeError(
      'foreign-section',
      `profile ${name} is a copy that assume credentials-file has made: there is no key to move`,
      { hint: (quote) => `assume credentials-file --as ${quote(profileName)} --remove` },
    )
  const token = tokenKeys.find((key) => hasKey(sections, key))
  if (token !== undefined)
    throw new AssumeError(
      'keys-refused',
      `profile ${name} has ${token}: its keys are temporary, and only long-lived ones are kept`,
      { hint: (quote) => `assume keys add ${formatProfileWord(`${profileName}-keys`, quote)}` },
    )
  const [accessKeyId, ...otherIds] = ids
  const [secretAccessKey, ...otherSecrets] = secrets
  if (otherIds.length > 0 || otherSecrets.length > 0)
    throw refuseKey(profileName, 'has different keys in several places: take out those that are not used')
  if (accessKeyId === undefined) throw refuseKey(profileName, `has no ${idKey} for its secret`)
  if (secretAccessKey === undefined) throw refuseKey(profileName, `has no ${secretKey} for its id`)
  const complaint = checkKeyId(accessKeyId) ?? checkSecret(secretAccessKey)
  if (complaint !== undefined) throw refuseKey(profileName, `has what can be no key: ${complaint}`)
  const files = documents.filter((each) => hasKey(sectionsOf([each], profileName), idKey))
  return { profileName, accessKeyId, secretAccessKey, files: files.map(({ kind }) => kind) }
}

/**
 * The text of one of the files without the key, wherever the profile has it. A section of the credentials file that is
 * nothing but its header then goes too; every other byte stays. Throws AssumeError `unwritable-file` where another key
 * stands there now.
 */
export function removePlainKey(text: string, kind: FileKind, key: PlainKey): string {
  const { profileName, accessKeyId, secretAccessKey } = key
  const section = { type: 'profile', name: profileName } as const
  const present = sectionsOf([parseDocument(text, kind)], profileName)
  const isOther =
    listValues(present, idKey).some((each) => each !== accessKeyId) ||
    listValues(present, secretKey).some((each) => each !== secretAccessKey)
  if (isOther)
    throw new AssumeError(
      'unwritable-file',
      `the key of ${printable(profileName)} was left where it is: somebody has put another one there just now`,
      { hint: (quote) => `assume keys add ${formatProfileWord(profileName, quote)} --from-credentials` },
    )
  const rest = editDocument(
    text,
    kind,
    [idKey, secretKey].map((each) => ({ op: 'remove', section, key: each }) as const),
  )
  if (kind === 'config' || rest === text) return rest
  const { lines, sections } = parseDocument(rest, kind)
  const own = sections.filter(({ name }) => name === profileName)
  const isEmpty = own.every(({ line, lastLine }) =>
    lines.slice(line, lastLine).every((each) => /^[ \t]*$|^[#;]/.test(each.trimEnd())),
  )
  return isEmpty ? editDocument(rest, kind, [{ op: 'remove-section', section }]) : rest
}

function sectionsOf(documents: readonly ConfigDocument[], name: string): ConfigSection[] {
  return documents.flatMap(({ sections }) =>
    sections.filter((section) => section.type === 'profile' && section.name === name),
  )
}

function isOfKey(key: string): boolean {
  return key === idKey || key === secretKey
}

function hasKey(sections: readonly ConfigSection[], name: string): boolean {
  return sections.some(({ properties }) => properties.some(({ key }) => key === name))
}

/** Its different values that are not empty. */
function listValues(sections: readonly ConfigSection[], name: string): string[] {
  const values = sections.flatMap(({ properties }) =>
    properties.filter(({ key, value }) => key === name && value !== '').map(({ value }) => value),
  )
  return [...new Set(values)]
}

function refuseKey(name: string, reason: string): AssumeError {
  return new AssumeError('invalid-profile', `profile ${printable(name)} ${reason}`, {
    hint: 'assume doctor config',
  })
}
