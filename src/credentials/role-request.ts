import type { RoleRequest } from '../aws/cache-file-name.ts'
import type { Profile } from '../profiles/profile.ts'

/**
 * What the AWS CLI asks STS for in the name of a profile; undefined for one without `role_arn`. With a web identity it
 * takes the session's name alone, and leaves `duration_seconds` out.
 */
export function describeRoleRequest(profile: Profile): RoleRequest | undefined {
  const { roleArn, roleSessionName, webIdentityTokenFile, externalId, mfaSerial, durationSeconds } = profile
  if (roleArn === undefined) return undefined
  const request = { RoleArn: roleArn, RoleSessionName: roleSessionName }
  if (webIdentityTokenFile !== undefined) return request
  return { ...request, ExternalId: externalId, SerialNumber: mfaSerial, DurationSeconds: durationSeconds }
}

/** The request with the name of a session; a made up one says when, in seconds since the epoch. */
export function nameRoleSession(
  request: RoleRequest,
  now: number,
): RoleRequest & { readonly RoleSessionName: string } {
  return { ...request, RoleSessionName: request.RoleSessionName ?? `assume-${Math.floor(now / 1000)}` }
}
