import { isCredentialSetting } from '../credentials/keys-section.ts'
import type { EnvironmentChange } from '../emit/change.ts'
import type { ConfigSection } from '../profiles/config/document.ts'
import { formatHeader } from '../profiles/config/header.ts'
import type { AwsDocuments } from '../profiles/profiles.ts'

/** What a command needs to find the server. */
export interface ServerAddress {
  readonly url: string
  readonly token: string
  /** The files that take the place of the AWS files. */
  readonly configFile: string
  readonly credentialsFile: string
}

/**
 * The text of a config file in which a profile has all its settings but where its credentials come from: in every SDK those go
 * before a server (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html).
 */
export function writeClientConfig([config]: AwsDocuments, profileName: string): string {
  const { lines, sections } = config
  const text = (first: number, last: number) => lines.slice(first - 1, last).join('')
  const own = sections.filter(({ type, name }) => type === 'profile' && name === profileName)
  const kept = own.flatMap(({ properties }) => properties.filter(({ key }) => isKept(key)))
  const body = kept.map(({ firstLine, lastLine }) => endLine(text(firstLine, lastLine)))
  const services = new Set(kept.filter(({ key }) => key === 'services').map(({ value }) => value))
  const others = sections
    .filter(({ type, name }) => type === 'services' && services.has(name))
    .map(({ line, lastLine }: ConfigSection) => `\n${endLine(text(line, lastLine))}`)
  return [`${formatHeader('profile', profileName, 'config')}\n`, ...body, ...others].join('')
}

function isKept(key: string): boolean {
  return !isCredentialSetting(key) && !key.startsWith('assume_') && key !== 'mfa_serial'
}

function endLine(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}

const keys = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'ASSUME_EXPIRES_AT',
]

/** These go before an address, or before a token. */
const rivals = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE']

/** The change for a command that is to get its credentials from the server, from that of the switch to its profile. */
export function pointToServer(
  { set, unset }: EnvironmentChange,
  profileName: string,
  { url, token, configFile, credentialsFile }: ServerAddress,
): EnvironmentChange {
  const own: (readonly [string, string])[] = [
    ['AWS_PROFILE', profileName],
    ['AWS_CONTAINER_CREDENTIALS_FULL_URI', url],
    ['AWS_CONTAINER_AUTHORIZATION_TOKEN', token],
    ['AWS_CONFIG_FILE', configFile],
    ['AWS_SHARED_CREDENTIALS_FILE', credentialsFile],
  ]
  const names = new Set([...own.map(([name]) => name), ...keys, 'ASSUME_VARS'])
  const kept = set.filter(([name]) => !names.has(name))
  const whole = [...own, ...kept]
  const listed = whole.map(([name]) => name)
  return {
    set: [...whole, ['ASSUME_VARS', listed.join(' ')]],
    unset: [...new Set([...unset, ...keys, ...rivals])].filter((name) => !listed.includes(name)),
  }
}
