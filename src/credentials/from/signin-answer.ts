import { isLifetime, isSecretKey, isToken } from '../../text/answer-forms.ts'
import { type JsonObject, objectIn } from '../../text/json-object.ts'

/** What a renewal of a session of `aws login` answers, as far as it can be used. */
export interface LoginAnswer {
  readonly keys?: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken: string
    /** In seconds. */
    readonly expiresIn: number
  }
  readonly refreshToken?: string
}

/** What of an answer to `CreateOAuth2Token` can be used. */
export function parseLoginAnswer(answer: JsonObject): LoginAnswer {
  const { refreshToken } = answer
  const keys = parseKeys(answer)
  return {
    ...(keys && { keys }),
    // It is only ever sent back, so whatever it is made of is kept.
    ...(typeof refreshToken === 'string' && refreshToken !== '' && { refreshToken }),
  }
}

function parseKeys(answer: JsonObject): LoginAnswer['keys'] {
  const { accessKeyId, secretAccessKey, sessionToken } = objectIn(answer, 'accessToken')
  const { expiresIn } = answer
  if (!isToken(accessKeyId) || !isSecretKey(secretAccessKey) || !isToken(sessionToken)) return undefined
  return isLifetime(expiresIn) ? { accessKeyId, secretAccessKey, sessionToken, expiresIn } : undefined
}
