import { createHash } from 'node:crypto'
import { formatPythonJson, type JsonValue } from '../text/python-json.ts'
import { digestSha1 } from '../text/sha1.ts'

/** A client registration as the AWS CLI tells them apart; `null` where nothing is configured. */
export interface RegistrationInput {
  readonly startUrl: string
  readonly region: string
  readonly sessionName: string | null
  /** As configured and in that order; not the scopes that are asked for in their absence. */
  readonly scopes: readonly string[] | null
}

/** A role that Identity Center gives credentials for; `session` as the profile has it. */
export interface SsoRole {
  readonly session: SessionKey
  readonly accountId: string
  readonly roleName: string
}

/** What an AssumeRole or AssumeRoleWithWebIdentity request is told apart by; no MFA code, no web identity token. */
export interface RoleRequest {
  readonly RoleArn: string
  /** Only a configured one: a generated one is no part of the key. */
  readonly RoleSessionName?: string | undefined
  readonly ExternalId?: string | undefined
  readonly SerialNumber?: string | undefined
  readonly DurationSeconds?: number | undefined
}

/** The session a profile uses: an sso-session by name, or a start URL of its own (legacy). */
export interface SessionKey {
  readonly name?: string
  readonly startUrl: string
}

/**
 * The name of a session's file in `~/.aws/sso/cache`: SHA-1 of the session's name, or of the start URL exactly
 * as configured (AWS CLI `_token_cache_key`; JS SDK `getSSOTokenFilepath`).
 */
export function tokenFileName(session: SessionKey): string {
  return fileNameOf(session.name ?? session.startUrl)
}

/** The name of a client registration in `~/.aws/sso/cache` (AWS CLI `_registration_cache_key`). */
export function registrationFileName({ startUrl, region, sessionName, scopes }: RegistrationInput): string {
  const key = { region, scopes, session_name: sessionName, startUrl, tool: 'botocore' }
  return fileNameOf(formatPythonJson(key, { sortKeys: true }))
}

/** The name of an SSO role's credentials in `~/.aws/cli/cache` (AWS CLI `SSOCredentialFetcher`). */
export function ssoRoleFileName({ session, accountId, roleName }: SsoRole): string {
  const source = session.name === undefined ? { startUrl: session.startUrl } : { sessionName: session.name }
  return fileNameOf(formatPythonJson({ ...source, accountId, roleName }, { sortKeys: true, compact: true }))
}

/**
 * The name of an assumed role's credentials in `~/.aws/cli/cache` (AWS CLI `BaseAssumeRoleCredentialFetcher`). It
 * says nothing about whose credentials assumed the role: two profiles with one role and two sources share it.
 */
export function assumeRoleFileName(request: RoleRequest): string {
  return fileNameOf(formatPythonJson({ ...request } satisfies JsonValue, { sortKeys: true }))
}

/** The name of a session's file in `~/.aws/login/cache`: SHA-256 of its ARN (AWS CLI `generate_login_cache_key`). */
export function loginFileName(loginSession: string): string {
  return `${createHash('sha256').update(loginSession, 'utf8').digest('hex')}.json`
}

function fileNameOf(key: string): string {
  return `${digestSha1(key)}.json`
}
