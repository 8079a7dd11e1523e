import { printable } from '../text/redact.ts'
import { type AwsConfig, findFile, hasInFile } from './config/merge.ts'
import { hasStaticKeys, type Profile } from './profile.ts'

/** That the AWS CLI and boto3 fail with every profile, since they reject a file; undefined where they do not. */
export function warnOfRejection({ rejections }: Pick<AwsConfig, 'rejections'>): string | undefined {
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
  for (const [index, link] of chain.entries()) {
    const isSource = index > 0
    const session = isSource ? link.session?.name : link.properties.get('sso_session')
    const warning =
      warnOfSection(config, `profile ${link.name}`) ??
      warnOfEmptyValue(link, isSource) ??
      warnOfHalves(config, link) ??
      (session ? warnOfSection(config, `sso-session ${session}`) : undefined) ??
      (isSource ? undefined : warnOfToken(config, link))
    if (warning !== undefined) return warning
  }
  return undefined
}

/** What the AWS CLI and boto3 make of a section, by type and name with a space between; undefined where they read it as we do. */
export function warnOfSection({ unlikeCli }: AwsConfig, section: string): string | undefined {
  const ofCli = unlikeCli.get(section)
  if (ofCli === undefined) return undefined
  const { hidden, commented } = ofCli
  if (hidden !== undefined) {
    return `the AWS CLI and boto3 do not find ${printable(section)}: write [${printable(hidden)}] without blanks inside the brackets, and no other bracket in the line`
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

function warnOfEmptyValue(link: Profile, isSource: boolean): string | undefined {
  const { name, properties } = link
  const key = listEmptyKeys(link, isSource).find((each) => properties.get(each) === '')
  return key === undefined
    ? undefined
    : `profile ${printable(name)} has an empty ${key}, with which the AWS CLI and boto3 fail: remove the line`
}

/**
 * The keys whose empty value breaks a profile: to botocore it is none that is absent, and each way to credentials that
 * it tries before the one that works here ends there.
 */
function listEmptyKeys({ kind, files, properties }: Profile, isSource: boolean): readonly string[] {
  const keys = emptyKeys[kind === 'static' && files.includes('credentials') ? 'static-credentials' : kind]
  // A source that has keys is not asked for its role.
  return isSource && hasStaticKeys(properties) ? keys.filter((key) => key !== 'role_arn') : keys
}

const ssoKeys = ['role_arn', 'sso_session']
const beforeKeys = ['role_arn', 'sso_account_id', 'sso_role_name']
const roleKeys = [
  'web_identity_token_file',
  'source_profile',
  'credential_source',
  'external_id',
  'mfa_serial',
  'role_session_name',
]

const emptyKeys: Readonly<Record<Profile['kind'] | 'static-credentials', readonly string[]>> = {
  role: roleKeys,
  sso: ssoKeys,
  'sso-legacy': ssoKeys,
  'static-credentials': beforeKeys,
  login: beforeKeys,
  keys: [...beforeKeys, 'login_session', 'credential_process'],
  process: [...beforeKeys, 'login_session'],
  static: [...beforeKeys, 'login_session', 'credential_process'],
  'web-identity': ['role_arn'],
  granted: ['role_arn'],
  none: ['role_arn'],
}

/** Each file is looked into by itself. */
function warnOfHalves({ profiles }: AwsConfig, { name, kind }: Profile): string | undefined {
  const found = profiles.get(name)
  const file = found && findFile(found, 'aws_access_key_id')
  if (kind !== 'static' || !file || hasInFile(found, 'aws_secret_access_key', file)) return undefined
  return `profile ${printable(name)} has its aws_access_key_id in one file and its aws_secret_access_key in the other, which the AWS CLI and boto3 do not put together: write both into one`
}

/** With every client they look for a token of the profile's sso-session, whatever signs the requests. */
function warnOfToken({ sessions }: AwsConfig, { name, properties }: Profile): string | undefined {
  const session = properties.get('sso_session')
  if (session === undefined) return undefined
  const whose = `profile ${printable(name)}`
  if (session === '')
    return `${whose} has an empty sso_session, with which the AWS CLI and boto3 fail: remove the line`
  const keys = sessions.get(session)
  if (keys?.has('sso_start_url') && keys.has('sso_region')) return undefined
  const fault = keys ? 'which lacks sso_start_url or sso_region' : 'which does not exist'
  return `${whose} names the sso-session ${printable(session)}, ${fault}, and the AWS CLI and boto3 fail with it: remove the line sso_session`
}
