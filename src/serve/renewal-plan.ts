import type { Credentials } from '../aws/credentials.ts'

const minute = 60_000

/** What is in stock, with the moment when it came; times are milliseconds since the epoch. */
export interface Stock {
  readonly credentials: Credentials
  readonly since: number
}

/**
 * When stock has to be renewed: 20 minutes before its end, so that 15 are left also after some failures; what lives for less
 * than 40 minutes, at half of its life. What has no end is read again after 20, since it may have been rotated.
 */
export function planRenewal({ credentials: { expiresAt }, since }: Stock): number {
  if (expiresAt === undefined) return since + 20 * minute
  return expiresAt - Math.min(20 * minute, (expiresAt - since) / 2)
}

/** Whether it does for longer than it has to have left when it is renewed. */
export function livesLong({ credentials: { expiresAt }, since }: Stock): boolean {
  return expiresAt === undefined || expiresAt - since > 20 * minute
}

/** Whether it is still handed out: nobody can do anything with what ends within a minute. */
export function isWorthwhile({ expiresAt }: Credentials, now: number): boolean {
  return expiresAt === undefined || expiresAt - now >= minute
}

/** How long to wait before the next attempt after so many failures in a row, in milliseconds. */
export function backOff(failures: number): number {
  return Math.min(minute, 5000 * 2 ** (failures - 1))
}
