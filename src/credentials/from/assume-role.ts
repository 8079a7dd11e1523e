import type { RoleRequest } from '../../aws/cache-file-name.ts'
import type { RoleSession } from '../../aws/credentials.ts'
import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import { printable } from '../../text/redact.ts'
import type { MfaCodes } from '../mfa.ts'
import { nameRoleSession } from '../role-request.ts'
import type { StsService } from '../sts.ts'

/** How often a code is asked for that AWS does not take. */
const attempts = 3

/**
 * A session of a role that is assumed with the keys that `sts` signs with, and with an MFA code where the request has a
 * serial number. Throws AssumeError `role-refused`, `mfa-needed`, `mfa-refused`, `cancelled`, `network`, `service`.
 */
export async function fetchAssumedRole(
  context: Context,
  request: RoleRequest,
  codes: MfaCodes,
  sts: StsService,
): Promise<RoleSession> {
  const { SerialNumber: serial } = request
  for (let attempt = 1; ; attempt++) {
    const code = serial === undefined ? undefined : await codes.take(serial)
    const answer = await sts.assumeRole(nameRoleSession(request, context.now()), code)
    if (answer !== 'wrong-code') return answer
    const message = `AWS does not take this code for ${printable(serial ?? request.RoleArn)}`
    if (attempt === attempts || !codes.canAsk) {
      throw new AssumeError('mfa-refused', message, {
        hint: 'each code is good once: wait for the next one, and look at mfa_serial',
      })
    }
    context.notify(message)
  }
}
