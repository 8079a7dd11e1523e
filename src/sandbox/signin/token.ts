import { type Call, type Reply, replyJson } from '../call.ts'
import { refuseSignin } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import { checkProof } from './proof.ts'

/**
 * POST /v1/token, for a refresh only, by the model of signin 2023-01-01:
 * https://github.com/aws/aws-cli/blob/v2/awscli/botocore/data/signin/2023-01-01/service-2.json
 */
export function createOAuth2Token(state: SandboxState, call: Call): Reply {
  const { clientId, grantType, refreshToken } = readFields(call)
  if (grantType !== 'refresh_token' || typeof refreshToken !== 'string' || typeof clientId !== 'string')
    throw refuseSignin('INVALID_REQUEST')
  const proof = checkProof(call, state.clock.seconds())
  const renewal = state.loginSessions.refresh(refreshToken, proof)
  const { accessKeyId, secretAccessKey, sessionToken } = renewal.keys
  return replyJson({
    accessToken: { accessKeyId, secretAccessKey, sessionToken },
    tokenType: 'aws_sigv4',
    expiresIn: renewal.expiresIn,
    refreshToken: renewal.refreshToken,
  })
}

function readFields(call: Call): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(call.body))
  } catch {
    throw refuseSignin('INVALID_REQUEST')
  }
}
