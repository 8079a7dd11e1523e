import { formatLogin, nameSession } from '../../profiles/session-list.ts'
import { describeSpan } from '../../text/time.ts'
import type { Facts, SessionFacts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Sessions that are over: a switch logs in to them by itself. */
export function checkSessions({ sessions, now }: Facts): SetUpFinding[] {
  return sessions.flatMap((facts) => {
    const finding = checkOne(facts, now)
    return finding ? [{ ...finding, mend: (quote) => formatLogin(facts.session, quote) }] : []
  })
}

function checkOne(
  { session, state, hasFile, registrationEnds }: SessionFacts,
  now: number,
): SetUpFinding | undefined {
  const name = nameSession(session)
  if (state.state === 'none' && hasFile) {
    return {
      level: 'warning',
      seen: `the token file of session ${name} is not usable: broken, or open to others`,
      why: 'it counts as none, and the AWS CLI may fail with it',
    }
  }
  if (state.state === 'expired') {
    const since = state.expiresAt === undefined ? '' : ` since ${describeSpan(now - state.expiresAt)}`
    return {
      level: 'info',
      seen: `session ${name} has been over${since}`,
      why: 'the next switch to one of its profiles logs in; tools without assume fail until then',
    }
  }
  if (state.state === 'valid' && !state.renews && registrationEnds !== undefined && registrationEnds <= now) {
    return {
      level: 'info',
      seen: `the registration of session ${name} is over`,
      why: 'the session ends with its token, since no tool can renew it',
    }
  }
  return undefined
}
