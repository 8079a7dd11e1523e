import { formatLogin, formatLoginOfProfile, nameSession } from '../../profiles/session-list.ts'
import { printable } from '../../text/redact.ts'
import { describeSpan } from '../../text/time.ts'
import type { Facts, SessionFacts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Sessions that are over: a switch logs in to them by itself. */
export function checkSessions(facts: Facts): SetUpFinding[] {
  const { sessions, now } = facts
  const ofIdentityCenter = sessions.flatMap((each): SetUpFinding[] => {
    const finding = checkOne(each, now)
    return finding ? [{ ...finding, mend: (quote) => formatLogin(each.session, quote) }] : []
  })
  return [...ofIdentityCenter, ...checkKeySessions(facts)]
}

function checkKeySessions({ keySessions, profiles, now }: Facts): SetUpFinding[] {
  return keySessions.flatMap(({ profileName, state: { state, expiresAt = now } }): SetUpFinding[] => {
    if (state !== 'expired' || !profiles) return []
    return [
      {
        level: 'info',
        seen: `the session of the stored key of ${printable(profileName)} has been over since ${describeSpan(now - expiresAt)}`,
        why: 'the next switch to the profile makes another; tools fail until then, since somebody has to be asked',
        mend: (quote) => formatLoginOfProfile(profiles.config, profileName, quote),
      },
    ]
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
