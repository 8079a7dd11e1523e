import { printable } from '../redact.ts'
import type { AwsConfig } from './config/merge.ts'
import type { Profile } from './profile.ts'

/** That the AWS CLI and boto3 fail with every profile, since they reject a file; undefined where they do not. */
export function warnOfRejection({ rejections }: AwsConfig): string | undefined {
  const rejection = rejections['aws-cli']
  if (rejection === undefined) return undefined
  const { file, line, message } = rejection
  return `the AWS CLI and boto3 reject the whole ${file} file: line ${line}, ${printable(message)}`
}

/**
 * Why the AWS CLI and boto3 get no credentials by a profile that works here, in a line: what they make of its section,
 * or of one that it leads to. Undefined where they read all that it takes as we do. `chain` as `followChain` gives it.
 */
export function warnOfCliReading(config: AwsConfig, chain: readonly Profile[]): string | undefined {
  for (const link of chain) {
    const warning = warnOfSection(config, `profile ${link.name}`) ?? warnOfEmptyValue(link)
    if (warning !== undefined) return warning
    const session = link.session?.name
    const ofSession = session === undefined ? undefined : warnOfSection(config, `sso-session ${session}`)
    if (ofSession !== undefined) return ofSession
  }
  return undefined
}

/** What the AWS CLI and boto3 make of a section, by type and name with a space between; undefined where they read it as we do. */
export function warnOfSection({ unlikeCli }: AwsConfig, section: string): string | undefined {
  const ofCli = unlikeCli.get(section)
  if (ofCli === undefined) return undefined
  const { hidden, commented } = ofCli
  if (hidden !== undefined) {
    return `the AWS CLI and boto3 do not find ${printable(section)}: write [${printable(hidden)}] without blanks inside the brackets`
  }
  const key = commented.find((each) => !ownKey.test(each))
  if (key === undefined) return undefined
  const effect = signingKeys.has(key) ? ', and its signatures fail' : ''
  return `the comment behind ${key} in ${printable(section)} is a part of the value to the AWS CLI and boto3${effect}`
}

const ownKey = /^(?:assume|granted)_/
const signingKeys = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'external_id',
])

function warnOfEmptyValue({ name, kind, files, properties }: Profile): string | undefined {
  // Keys of the credentials file go before all that is empty.
  if (kind === 'static' && files.includes('credentials')) return undefined
  const key = listEmptyKeys(kind).find((each) => properties.get(each) === '')
  return key === undefined
    ? undefined
    : `profile ${printable(name)} has an empty ${key}, with which the AWS CLI and boto3 fail: remove the line`
}

/** The keys whose empty value breaks a profile of a kind: to botocore it is none that is absent. */
function listEmptyKeys(kind: Profile['kind']): readonly string[] {
  switch (kind) {
    case 'role':
      return roleKeys
    case 'sso':
    case 'sso-legacy':
      return ssoKeys
    case 'static':
      return staticKeys
    default:
      return ['role_arn']
  }
}

const roleKeys = [
  'web_identity_token_file',
  'source_profile',
  'credential_source',
  'external_id',
  'mfa_serial',
]
const ssoKeys = ['role_arn', 'sso_session']
const staticKeys = ['role_arn', 'sso_account_id', 'sso_role_name', 'login_session', 'credential_process']
