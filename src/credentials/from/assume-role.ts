import type { RoleRequest } from '../../aws/cache-file-name.ts'
import type { RoleSession } from '../../aws/credentials.ts'
import type { Context } from '../../context.ts'
import type { MfaCodes } from '../mfa.ts'
import { nameRoleSession } from '../role-request.ts'
import type { StsService } from '../sts.ts'

/**
 * A session of a role that is assumed with the keys that `sts` signs with, and with an MFA code where the request has a
 * serial number. Throws AssumeError `role-refused`, `mfa-needed`, `mfa-refused`, `cancelled`, `network`, `service`.
 */
export function fetchAssumedRole(
  { now }: Pick<Context, 'now'>,
  request: RoleRequest,
  codes: MfaCodes,
  sts: StsService,
): Promise<RoleSession> {
  return codes.use(request.SerialNumber, (code) => sts.assumeRole(nameRoleSession(request, now()), code))
}
