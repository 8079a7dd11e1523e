import type { Call } from '../call.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import { authenticateCaller } from '../sts/caller.ts'
import { isDenied, type LongTermKeys, type TemporaryKeys } from '../sts/identity.ts'
import { refuseAccess } from '../sts/parameter.ts'

/** Who asks IAM. */
export interface IamCaller {
  readonly keys: LongTermKeys | TemporaryKeys
  /** Absent where it is no user. */
  readonly userName: string | undefined
}

/**
 * Who signed a request to IAM for `action`, and may. IAM takes no session of a user that was made without MFA, and none of a
 * federated user (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html).
 */
export function authenticateForIam(state: SandboxState, call: Call, action: string): IamCaller {
  const keys = authenticateCaller(state, call)
  const isRole = keys.arn.includes(':assumed-role/')
  if (keys.sessionToken !== undefined && !isRole && !keys.hasMfa)
    throw new Refusal(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.')
  if (isDenied(state.settings.iamUsers, keys, `iam:${action}`))
    throw refuseAccess(keys, `iam:${action}`, isRole ? '*' : keys.arn)
  return { keys, userName: /:user\/(?:.*\/)?([^/]+)$/.exec(keys.arn)?.[1] }
}
