import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, type HttpAnswer, type HttpRequest, sendRequest } from './http.ts'

/** How often a request is sent that gets no answer, or the one that the server has trouble. */
export interface Patience {
  readonly attempts: number
  /** Milliseconds between two of them. */
  readonly pause: number
}

/** As `sendRequest`, of the request that `build` makes for each attempt: the last answer, or the last error. */
export async function sendPatiently(
  { attempts, pause }: Patience,
  connection: Connection,
  build: () => HttpRequest,
): Promise<HttpAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= attempts
    try {
      const answer = await sendRequest(build(), connection)
      if (isLast || !isTrouble(answer)) return answer
    } catch (error) {
      if (isLast) throw error
    }
    await sleep(pause)
  }
}

function isTrouble({ status }: HttpAnswer): boolean {
  return status >= 500 || status === 429
}
