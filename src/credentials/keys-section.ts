import type { Credentials } from '../aws/credentials.ts'
import { AssumeError } from '../errors.ts'
import { checkSection } from '../profiles/config/constraint.ts'
import { parseDocument } from '../profiles/config/document.ts'
import { type ConfigEdit, editDocument } from '../profiles/config/edit.ts'
import { mergeDocuments } from '../profiles/config/merge.ts'
import { printable } from '../text/redact.ts'
import { formatTimestamp } from '../text/time.ts'

/** The key that marks a section of the credentials file as ours; its value is the profile whose keys are in it. */
const mark = 'assume_copy_of'

/** The credential settings that a section of ours has. */
const ownKeys = new Set(['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'])

/** A section of the credentials file that holds the keys of a profile. */
export interface KeysSection {
  readonly name: string
  readonly profileName: string
  readonly credentials: Credentials
  readonly accountId?: string | undefined
  readonly region?: string | undefined
}

/** What makes a profile more than a region and an output format: the ways to credentials that the tools know. */
export function isCredentialSetting(key: string): boolean {
  return (
    /^(sso_|granted_|web_identity_|aws_(access|secret|session|security))/.test(key) ||
    ['role_arn', 'source_profile', 'credential_source', 'credential_process', 'login_session'].includes(key)
  )
}

/**
 * The text of the credentials file with the section in it, new or in place of the last one of ours. `configText` is the
 * text of the config file, which is only read. Throws what `checkKeysSection` throws.
 */
export function writeKeysSection(text: string, configText: string, section: KeysSection): string {
  const { name } = section
  checkKeysSection(text, configText, name)
  const values = listValues(section)
  const isKnown = findSections(text, name).length > 0
  return editDocument(text, 'credentials', isKnown ? updateSection(name, values) : addSection(name, values))
}

/**
 * Checks that a section of this name can be written. Throws AssumeError `foreign-section` for one that belongs to
 * somebody else in either file, `invalid-edit` for one that the file cannot hold.
 */
export function checkKeysSection(text: string, configText: string, name: string): void {
  checkSection({ type: 'profile', name }, 'credentials')
  const known = findSections(text, name)
  refuseForeign(known, name)
  const configured = mergeDocuments(parseDocument(configText, 'config'), parseDocument('', 'credentials'))
  const settings = [
    ...(configured.profiles.get(name)?.values.keys() ?? []),
    ...known.flatMap(({ properties }) => properties.map(({ key }) => key)).filter((key) => !ownKeys.has(key)),
  ]
  const setting = settings.find(isCredentialSetting)
  if (setting !== undefined) throw hasOwnCredentials(name, setting)
}

/** The text of the credentials file without a section of ours. Throws AssumeError `foreign-section`, `unknown-profile`. */
export function removeKeysSection(text: string, name: string): string {
  const known = findSections(text, name)
  if (known.length === 0) {
    throw new AssumeError('unknown-profile', `the credentials file has no profile ${printable(name)}`)
  }
  refuseForeign(known, name)
  return editDocument(text, 'credentials', [{ op: 'remove-section', section: { type: 'profile', name } }])
}

function findSections(text: string, name: string) {
  return parseDocument(text, 'credentials').sections.filter((section) => section.name === name)
}

function refuseForeign(known: ReturnType<typeof findSections>, name: string): void {
  if (known.every(({ properties }) => properties.some(({ key }) => key === mark))) return
  throw new AssumeError(
    'foreign-section',
    `profile ${printable(name)} of the credentials file was not written by assume credentials-file`,
    { hint: (quote) => `--as ${quote(`${name}-keys`)}` },
  )
}

function hasOwnCredentials(name: string, setting: string): AssumeError {
  return new AssumeError(
    'foreign-section',
    `profile ${printable(name)} has ${printable(setting)} already, and keys beside that would confuse the tools`,
    { hint: (quote) => `--as ${quote(`${name}-keys`)}` },
  )
}

/** Every key of such a section, in its order; undefined for what this one does not have. */
function listValues({
  profileName,
  credentials,
  accountId,
  region,
}: KeysSection): (readonly [key: string, value: string | undefined])[] {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = credentials
  return [
    [mark, profileName],
    ['assume_expires_at', expiresAt === undefined ? undefined : formatTimestamp(expiresAt)],
    ['aws_access_key_id', accessKeyId],
    ['aws_secret_access_key', secretAccessKey],
    ['aws_session_token', sessionToken],
    ['aws_account_id', accountId],
    ['region', region],
  ]
}

function addSection(name: string, values: ReturnType<typeof listValues>): ConfigEdit[] {
  const properties = values.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))
  return [{ op: 'add-section', section: { type: 'profile', name }, properties }]
}

function updateSection(name: string, values: ReturnType<typeof listValues>): ConfigEdit[] {
  const section = { type: 'profile', name } as const
  return values.map(([key, value]) =>
    value === undefined ? { op: 'remove', section, key } : { op: 'set', section, key, value },
  )
}
