import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'

type Ports = Pick<Context, 'interruption' | 'now' | 'wait'>

/**
 * Milliseconds between two questions, and until it is given up on. AWS knows a change of a key everywhere after 10 to 15 seconds
 * (https://github.com/aws/aws-sdk-js/issues/559), and asked again it may be another machine of theirs that answers.
 */
const pause = 500
const patience = 60_000
/** So many answers in a row. */
const enough = 5

/**
 * Asks until there were a few answers in a row; undefined then, else what the last question failed with when a minute was over.
 * Rejects with the reason of an interruption.
 */
export async function waitForAnswers(
  ports: Ports,
  ask: () => Promise<unknown>,
): Promise<AssumeError | undefined> {
  const until = ports.now() + patience
  for (let inARow = 0; ; ) {
    const failure = await ask().then(() => undefined, refuseBug)
    inARow = failure ? 0 : inARow + 1
    if (inARow === enough) return undefined
    if (failure && ports.now() + pause > until) return failure
    await ports.wait(pause, ports.interruption)
  }
}

/**
 * What `ask` answers, asked again for a minute as long as it fails with what `isPassing` says will pass. Throws what it failed with
 * last, and the reason of an interruption.
 */
export async function askPatiently<Answer>(
  ports: Ports,
  ask: () => Promise<Answer>,
  isPassing: (error: unknown) => boolean,
): Promise<Answer> {
  const until = ports.now() + patience
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!isPassing(error) || ports.now() + pause > until) throw error
    }
    await ports.wait(pause, ports.interruption)
  }
}

/** An interruption ends the wait, and what is no AssumeError is a bug. */
function refuseBug(error: unknown): AssumeError {
  if (error instanceof AssumeError && error.code !== 'cancelled') return error
  throw error
}
