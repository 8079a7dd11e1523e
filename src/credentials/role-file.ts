import {
  assumeRoleFileName,
  type RoleRequest,
  type SessionKey,
  ssoRoleFileName,
  tokenFileName,
} from '../aws/cache-file-name.ts'
import { AssumeError } from '../errors.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import { describeProfile, type Profile } from '../profiles/profile.ts'
import { formatPythonJson, type JsonValue } from '../text/python-json.ts'
import { digestSha1 } from '../text/sha1.ts'
import { type Chain, planChain } from './chain.ts'
import { describeRoleRequest } from './role-request.ts'
import type { Source } from './source.ts'

/** The file that keeps the credentials in which a chain ends. */
export interface RoleFile {
  readonly name: string
  /** Whether it is the AWS CLI's, which shares it with us. */
  readonly isShared: boolean
}

/**
 * Where the credentials of a chain are kept; undefined where nobody keeps them: keys of the files, of the surroundings
 * and of helper programs. The AWS CLI's name for the file of a role says nothing of the keys that assume the role. So
 * the CLI's file is used only where `config` has profiles that mean it, and all of them come to the role as `chain`
 * does; else the file is ours alone, and its name says the whole way, and on which session of Identity Center it is.
 */
export function findRoleFile(
  config: AwsConfig,
  chain: Chain,
  platform: NodeJS.Platform,
): RoleFile | undefined {
  const { source, roles } = chain
  const request = roles.at(-1)?.request ?? (source.kind === 'web-identity' ? source.request : undefined)
  if (!request) {
    if (source.kind === 'sso') return { name: ssoRoleFileName(source), isShared: true }
    const name = nameKeySession(source.profile)
    return source.kind === 'keys' && name !== undefined ? { name, isShared: false } : undefined
  }
  const name = assumeRoleFileName(request)
  const way = describeWay(chain)
  const sharing = listProfiles(config, request.RoleArn, name)
  const isShared =
    sharing.length > 0 && sharing.every((profile) => findWay(config, profile, platform) === way)
  if (isShared) return { name, isShared }
  return { name: digestSha1(way) + endOwnFile(source), isShared: false }
}

/**
 * The name of our own file that keeps the session in front of a stored key; undefined where the profile has none. A session
 * without a code is none of those with one.
 */
export function nameKeySession(profile: KeyProfile): string | undefined {
  if (profile.kind !== 'keys' || profile.handsOutKey) return undefined
  return digestSha1(formatWay(describeKey(profile), [])) + endKeyFile(profile.name)
}

/** What tells the sessions of a stored key apart. */
type KeyProfile = Pick<Profile, 'name' | 'kind' | 'keyStore' | 'mfaSerial' | 'handsOutKey'>

function endOwnFile({ kind, ...source }: Source): string {
  if (kind === 'keys') return endKeyFile(source.profile.name)
  return 'session' in source ? endRoleFile(source.session) : '.json'
}

/** How the names of our own files end that keep what was got with the stored key of a profile. */
export function endKeyFile(profileName: string): string {
  return `-key-${digestSha1(profileName)}.json`
}

/** How the names of our own files end that keep roles on a session: whoever ends it removes them. */
export function endRoleFile(session: SessionKey): string {
  return `-${tokenFileName(session)}`
}

/** The profiles for which the AWS CLI keeps the role in the file `name`. */
function listProfiles(config: AwsConfig, roleArn: string, name: string): Profile[] {
  return listNames(config, roleArn)
    .map((profileName) => describeProfile(config, profileName))
    .filter((profile) => profile !== undefined)
    .filter((profile) => {
      const request: RoleRequest | undefined = describeRoleRequest(profile)
      return request !== undefined && assumeRoleFileName(request) === name
    })
}

/** A config does not change, and a logout asks for the roles of thousands of profiles. */
const namesByRole = new WeakMap<AwsConfig, Map<string, string[]>>()

function listNames(config: AwsConfig, roleArn: string): readonly string[] {
  const names = namesByRole.get(config) ?? groupByRole(config)
  namesByRole.set(config, names)
  return names.get(roleArn) ?? []
}

function groupByRole({ profiles }: AwsConfig): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const [name, { values }] of profiles) {
    const arn = values.get('role_arn')
    if (arn === undefined) continue
    const known = names.get(arn)
    if (known) known.push(name)
    else names.set(arn, [name])
  }
  return names
}

/** Undefined where it cannot be known from the files, or is not known here and now. */
function findWay(config: AwsConfig, profile: Profile, platform: NodeJS.Platform): string | undefined {
  try {
    return describeWay(planChain(config, profile, { env: {}, ownEnv: {}, platform }))
  } catch (error) {
    if (error instanceof AssumeError) return undefined
    throw error
  }
}

function describeWay({ source, roles }: Chain): string {
  return formatWay(describeSource(source), roles)
}

function formatWay(source: JsonValue, roles: Chain['roles']): string {
  return formatPythonJson([source, ...roles.map(({ request }) => ({ ...request }))], { sortKeys: true })
}

function describeKey({ name, keyStore = '', mfaSerial, handsOutKey }: KeyProfile): JsonValue {
  return {
    kind: 'keys',
    profile: name,
    store: keyStore,
    mfaSerial: mfaSerial ?? null,
    isKey: Boolean(handsOutKey),
  }
}

function describeSource(source: Source): JsonValue {
  const { kind } = source
  switch (kind) {
    case 'sso': {
      const { session, accountId, roleName } = source
      return { kind, session: session.name ?? null, startUrl: session.startUrl, accountId, roleName }
    }
    case 'static':
      return { kind, accessKeyId: source.credentials.accessKeyId }
    case 'web-identity':
      return { kind, tokenFile: source.tokenFile, ...source.request }
    case 'login':
      return { kind, loginSession: source.loginSession }
    case 'keys':
      return describeKey(source.profile)
    case 'process':
      return { kind, command: source.command }
    default:
      return { kind }
  }
}
