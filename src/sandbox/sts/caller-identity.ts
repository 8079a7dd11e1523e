import type { Call, Reply } from '../call.ts'
import { authenticateForIam } from '../iam/iam-caller.ts'
import type { SandboxState } from '../state.ts'
import { answerQuery, answerSts } from './answer.ts'
import { authenticateCaller } from './caller.ts'

/** GetCallerIdentity of STS. */
export function answerCallerIdentity(state: SandboxState, call: Call): Reply {
  const { accountId, arn, userId } = authenticateCaller(state, call)
  return answerSts('GetCallerIdentity', { Arn: arn, UserId: userId, Account: accountId })
}

/** ListAccountAliases of IAM. */
export function listAccountAliases(state: SandboxState, call: Call): Reply {
  const { accountId } = authenticateForIam(state, call, 'ListAccountAliases').keys
  const alias = state.directory.findAccount(accountId)?.alias
  return answerQuery('ListAccountAliases', 'https://iam.amazonaws.com/doc/2010-05-08/', {
    AccountAliases: alias === undefined ? [] : [alias],
    IsTruncated: 'false',
  })
}
