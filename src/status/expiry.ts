import { describeSpan, parseZonedTime } from '../text/time.ts'
import { hasSwitchedKeys } from './active.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Something that access hangs on: how long it is good, in milliseconds since the epoch and in words. */
export interface Expiry {
  readonly kind: 'session' | 'role' | 'keys'
  readonly name: string
  /** Absent for what has no end, or none that is known. */
  readonly expiresAt?: number
  /** Whether it is renewed without a login when it ends. */
  readonly renews: boolean
  readonly label: string
}

/** `54m left`, or `expired`. */
export function labelEnd(expiresAt: number, now: number): string {
  return expiresAt > now ? `${describeSpan(expiresAt - now)} left` : 'expired'
}

/**
 * The keys in an environment at `now`; undefined when it has none. What a switch says of their end holds for its own
 * keys only: `keptKeyId` as `hasSwitchedKeys` takes it.
 */
export function findEnvironmentExpiry(
  env: Environment,
  keptKeyId: string | undefined,
  now: number,
): Expiry | undefined {
  if (!env['AWS_ACCESS_KEY_ID']) return undefined
  const seconds = (hasSwitchedKeys(env, keptKeyId) && env['ASSUME_EXPIRES_AT']) || ''
  const ofSwitch = /^\d{1,12}$/.test(seconds) ? Number(seconds) * 1000 : undefined
  const said = env['AWS_CREDENTIAL_EXPIRATION'] || undefined
  const expiresAt = said === undefined ? ofSwitch : parseZonedTime(said)
  const isTemporary = Boolean(env['AWS_SESSION_TOKEN'] || env['AWS_SECURITY_TOKEN'] || said)
  const label = expiresAt === undefined ? (isTemporary ? 'end unknown' : 'no end') : labelEnd(expiresAt, now)
  return {
    kind: 'keys',
    name: 'environment',
    ...(expiresAt !== undefined && { expiresAt }),
    renews: false,
    label,
  }
}
