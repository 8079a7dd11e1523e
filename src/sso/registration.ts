import { parseJsonObject, stringIn } from '../text/json-object.ts'
import { formatPythonJson } from '../text/python-json.ts'
import { formatTimestamp, parseTimestamp } from '../text/time.ts'

/** How a login is confirmed; a client is registered for one of the two. */
export type LoginFlow = 'pkce' | 'device-code'

/** A client that is registered with an Identity Center. */
export interface Registration {
  readonly clientId: string
  readonly clientSecret: string
  /** In milliseconds since the epoch. */
  readonly expiresAt: number
}

/** A registration that is as near to its end as this, in milliseconds, could be over before the login is. */
const reserve = 15 * 60_000

/**
 * The registration in the text of one of our files, if it says that it is `registeredFor` that, or nothing where that is
 * absent; undefined for anything else.
 */
export function parseRegistration(
  text: string | undefined,
  registeredFor?: string,
): Registration | undefined {
  const fields = parseJsonObject(text)
  if (stringIn(fields, 'registeredFor') !== registeredFor) return undefined
  const clientId = stringIn(fields, 'clientId')
  const clientSecret = stringIn(fields, 'clientSecret')
  const expiresAt = parseTimestamp(fields['expiresAt'])
  if (!clientId || !clientSecret || expiresAt === undefined) return undefined
  return { clientId, clientSecret, expiresAt }
}

/**
 * The text of one of our files: like the AWS CLI's for the device flow, for who looks at both, with what it is
 * `registeredFor` as a further field.
 */
export function formatRegistration(
  { clientId, clientSecret, expiresAt }: Registration,
  registeredFor?: string,
): string {
  return formatPythonJson({ clientId, clientSecret, expiresAt: formatTimestamp(expiresAt), registeredFor })
}

/** Whether a login that starts at `now` can still use it. */
export function isReusable(registration: Registration, now: number): boolean {
  return registration.expiresAt - now > reserve
}
