import { findSubcommand } from '../cli/table.ts'
import type { KeyStoreName } from '../keys/key-store.ts'
import { describeProfile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, formatProfileWord, type QuoteWord } from '../text/words.ts'
import { listPlainKeys } from './plain-key.ts'

/** A key that has come into a store. */
export interface AddedKey {
  readonly profileName: string
  readonly storeName: KeyStoreName
  readonly accessKeyId: string
  /** Whose it is; absent where AWS was not asked. */
  readonly arn?: string | undefined
  /** The AWS files that it has left, as a person reads their paths. */
  readonly leftFiles: readonly string[]
}

/** A store as people call it. */
export function describeStore(name: KeyStoreName): string {
  return name === 'os' ? "the system's keyring" : 'an encrypted file'
}

/** An id as lists and questions show it. */
export function shortenKeyId(id: string): string {
  return printable(`${id.slice(0, 4)}…${id.slice(-4)}`)
}

/** What there is to say of such a key, some lines; `profiles` are those of the files as they are now. */
export function formatKeyReport(
  profiles: Pick<Profiles, 'config' | 'documents' | 'paths'>,
  report: AddedKey,
  quote: QuoteWord,
): string {
  const { profileName, storeName, accessKeyId, arn, leftFiles } = report
  const name = printable(profileName)
  const whose = arn === undefined ? '' : ` of ${printable(arn)}`
  return [
    `${name} has the key ${shortenKeyId(accessKeyId)}${whose} in ${describeStore(storeName)}`,
    ...leftFiles.map((file) => `${printable(file)} has it no more`),
    ...listSharers(profiles, report).map(
      (other) =>
        `${printable(other)} has the same key in plain text: assume keys add ${formatProfileWord(other, quote)} --from-credentials`,
    ),
    ...listCoveredRoles(profiles, profileName, quote),
    `next: assume ${(findSubcommand(profileName) ? formatProfileFlag : formatProfileWord)(profileName, quote)}`,
  ]
    .map((line) => `${line}\n`)
    .join('')
}

/** The other profiles that still have the key in the AWS files. */
function listSharers(
  { config, documents }: Pick<Profiles, 'config' | 'documents'>,
  { profileName, accessKeyId }: AddedKey,
): string[] {
  const hasIt = (name: string) => config.profiles.get(name)?.values.get('aws_access_key_id') === accessKeyId
  return listPlainKeys(documents).filter((name) => name !== profileName && hasIt(name))
}

/**
 * A line on roles that are assumed with the key and name the same MFA device: the session in front of the key has it already,
 * and the AWS tools ask for a code as long as a role names one (`AssumeRoleCredentialFetcher` of botocore).
 */
function listCoveredRoles(
  { config, documents, paths }: Pick<Profiles, 'config' | 'documents' | 'paths'>,
  name: string,
  quote: QuoteWord,
): string[] {
  const serial = describeProfile(config, name)?.mfaSerial
  if (serial === undefined) return []
  const roles = [...config.profiles.keys()].flatMap((each) => {
    const { kind, sourceProfile, mfaSerial } = describeProfile(config, each) ?? {}
    return kind === 'role' && sourceProfile === name && mfaSerial === serial ? each : []
  })
  const place = documents
    .flatMap(({ kind, sections }) => sections.map((section) => ({ kind, section })))
    .find(({ section }) => section.type === 'profile' && roles.includes(section.name))
  const line = place?.section.properties.find(({ key }) => key === 'mfa_serial')?.firstLine
  if (!place || line === undefined) return []
  const path = place.kind === 'config' ? paths.awsConfig : paths.awsCredentials
  const names = roles.map((role) => printable(role)).join(', ')
  return [
    `${names} ${roles.length === 1 ? 'needs' : 'need'} no mfa_serial any more, for which tools ask for a code: vi +${line} ${quote(path)}`,
  ]
}
