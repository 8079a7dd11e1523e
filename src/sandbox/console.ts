import { escapeMarkup } from '../text/markup.ts'
import { type Call, type Reply, replyJson } from './call.ts'
import { replyPage } from './page.ts'
import { Refusal } from './refusal.ts'
import type { SandboxState } from './state.ts'
import type { TemporaryKeys } from './sts/identity.ts'

/**
 * GET /federation?Action=getSigninToken,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 */
export function getSigninToken(state: SandboxState, call: Call): Reply {
  const keys = readKeys(state, call.query.get('Session') ?? '')
  const duration = call.query.get('SessionDuration')
  if (duration !== null && (keys.isChained || !(Number(duration) >= 900 && Number(duration) <= 43_200)))
    throw new Refusal(400, 'invalid_duration', 'This SessionDuration is not allowed for these credentials.')
  return replyJson({ SigninToken: state.signinTokens.issue(keys) })
}

/** GET /federation?Action=login: a page that names who is signed in, instead of the console. */
export function logInToConsole(state: SandboxState, call: Call): Reply {
  const keys = state.signinTokens.find(call.query.get('SigninToken') ?? '')
  const destination = call.query.get('Destination')
  if (!keys || !destination) throw new Refusal(400, 'invalid_token', 'The sign-in token is not valid.')
  return replyPage(
    'AWS console',
    `<p>Signed in as <code>${escapeMarkup(keys.arn)}</code>.</p>` +
      `<p>The console would now open <code>${escapeMarkup(destination)}</code>.</p>`,
  )
}

function readKeys(state: SandboxState, session: string): TemporaryKeys {
  const { sessionId, sessionKey, sessionToken } = parseSession(session)
  const keys = state.identities.find(String(sessionId))
  const isRight = keys?.secretAccessKey === sessionKey && keys?.sessionToken === sessionToken
  if (!isRight || keys?.sessionToken === undefined || keys.expiresAt <= state.clock.now())
    throw new Refusal(400, 'invalid_session', 'The credentials of the session are not valid.')
  return keys
}

function parseSession(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
