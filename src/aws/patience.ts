import { AssumeError } from '../errors.ts'
import { type Connection, type HttpAnswer, type HttpRequest, sendRequest } from './http.ts'
import { Retries } from './retries.ts'

/** How often a request is sent that gets no answer, or the one that the server has trouble. */
export interface Patience {
  readonly attempts: number
  /** Milliseconds between two of them. */
  readonly pause: number
}

/**
 * As `sendRequest`, of the request that `build` makes for each attempt: the last answer, or the last error. The user is told
 * when it takes long.
 */
export async function sendPatiently(
  { attempts, pause }: Patience,
  connection: Connection,
  build: () => HttpRequest,
): Promise<HttpAnswer> {
  let request = build()
  const retries = new Retries(attempts, new URL(request.url).host, connection)
  try {
    for (; ; request = build()) {
      const outcome = await sendRequest(request, connection).catch((error: Error) => error)
      if (!isTrouble(outcome) || !(await retries.another(pause))) {
        if (outcome instanceof Error) throw outcome
        return outcome
      }
    }
  } finally {
    retries.end()
  }
}

/** Not an answer that is too long, nor what a proxy or the user has refused: those would be the same again. */
function isTrouble(outcome: HttpAnswer | NodeJS.ErrnoException): boolean {
  if (outcome instanceof Error) return !(outcome instanceof AssumeError) && outcome.code !== 'EMSGSIZE'
  return outcome.status >= 500 || outcome.status === 429
}
