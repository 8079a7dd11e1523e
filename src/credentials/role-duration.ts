import type { RoleRequest } from '../aws/cache-file-name.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'

/** In seconds. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html "DurationSeconds" */
const shortest = 900
const longest = 43_200

/** Whether AWS assumes any role for so many seconds. */
export function isPossibleDuration(seconds: number): boolean {
  return seconds >= shortest && seconds <= longest
}

/** Of a role that is assumed with keys that are temporary themselves ("role chaining"). */
const longestChained = 3600

/**
 * Throws AssumeError `invalid-duration` for a request that AWS would refuse: the limit of the role itself is known to
 * AWS only. `isChained` says whether the keys that it is sent with are temporary.
 */
export function checkDuration({ RoleArn, DurationSeconds: seconds }: RoleRequest, isChained: boolean): void {
  if (seconds === undefined) return
  const role = printable(RoleArn)
  if (!isPossibleDuration(seconds)) {
    throw new AssumeError(
      'invalid-duration',
      `role ${role} cannot be assumed for ${seconds} seconds: AWS allows ${shortest} to ${longest}`,
      { hint: 'give another --duration, or duration_seconds in the profile' },
    )
  }
  if (isChained && seconds > longestChained) {
    throw new AssumeError(
      'invalid-duration',
      `role ${role} cannot be assumed for ${seconds} seconds: with temporary keys (SSO, another role) AWS allows an hour at most`,
      { hint: '--duration 1h, or duration_seconds = 3600 in the profile' },
    )
  }
}
