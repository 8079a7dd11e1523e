import { applyChange } from './change.ts'

/** Without regard to case, as on Windows; the names of old SDKs too. */
const ofCredentials =
  /^AWS_(ACCESS_KEY(_ID)?|SECRET_(ACCESS_)?KEY|SESSION_TOKEN|SECURITY_TOKEN|BEARER_TOKEN_.*|CREDENTIAL.*|SESSION_EXPIRATION|WEB_IDENTITY_TOKEN_FILE|ROLE_ARN|ROLE_SESSION_NAME|CONTAINER_.*)$/i

/** Whether a variable holds credentials for AWS, says something of them, or leads to some. */
export function isCredentialVariable(name: string): boolean {
  return ofCredentials.test(name)
}

/** The environment for a program that has nothing to do with AWS: the user's, without credentials and what a switch has set. */
export function removeCredentials(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return applyChange(env, { set: [], unset: Object.keys(env).filter(isCredentialVariable) })
}
