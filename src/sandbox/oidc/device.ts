import { deviceGrant } from '../../sso/oidc-answer.ts'
import { escapeMarkup } from '../../text/markup.ts'
import { type Call, type Reply, readForm, regionOf, replyJson } from '../call.ts'
import type { UserAnswer } from '../options.ts'
import { replyPage, replyQuestion } from '../page.ts'
import { signBrowserIn } from '../portal/browser-login.ts'
import { Refusal, refuseOidc } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import { readFields, requireText } from './fields.ts'
import { chooseUser } from './user.ts'

/** POST /device_authorization. */
export function startDeviceAuthorization(state: SandboxState, call: Call): Reply {
  const fields = readFields(call)
  const client = state.clients.authenticate(fields)
  requireText(fields, 'startUrl')
  const region = regionOf(call.host)
  if (region !== undefined && region !== state.settings.region)
    throw refuseOidc('InvalidRequestException', 'No such start URL in this region')
  if (!client.grantTypes.includes(deviceGrant)) throw refuseOidc('UnauthorizedClientException')
  const { deviceCode, userCode } = state.devices.start(client)
  if (state.answer !== 'ask') answerDevices(state, state.answer, userCode)
  return replyJson({
    deviceCode,
    expiresIn: state.settings.deviceCodeLifetime,
    interval: state.settings.interval,
    userCode,
    verificationUri: `${state.url}/device`,
    verificationUriComplete: `${state.url}/device?user_code=${userCode}`,
  })
}

/** Answers pending device authorizations as the first user. */
export function answerDevices(
  state: SandboxState,
  answer: Exclude<UserAnswer, 'ask'>,
  userCode?: string,
): void {
  state.devices.answer(answer === 'allow' ? chooseUser(state, null) : undefined, userCode)
}

/** GET /device: the page to which verificationUri and verificationUriComplete lead. */
export function verifyDevice(state: SandboxState, call: Call): Reply {
  const userCode = call.query.get('user_code')
  if (userCode === null)
    return replyPage(
      'Enter the code',
      '<form action="/device"><p><input name="user_code" autofocus autocomplete="off"> <button>Next</button></p></form>',
    )
  const [request] = state.devices.listPending(userCode)
  if (!request) throw new Refusal(400, 'invalid_grant', 'This code is unknown, expired or already used.')
  return replyQuestion({
    action: '/device',
    fields: { user_code: request.userCode },
    text: `<p><b>${escapeMarkup(request.client.name)}</b> on a device that shows the code <code>${request.userCode}</code> wants to access your AWS accounts.</p>`,
    users: state.directory.users,
  })
}

/** POST /device: a button of that page. */
export function answerDevice(state: SandboxState, call: Call): Reply {
  const form = readForm(call)
  const userCode = form.get('user_code') ?? ''
  if (state.devices.listPending(userCode).length === 0)
    throw new Refusal(400, 'invalid_grant', 'This code is unknown, expired or already used.')
  const isAllowed = form.get('decision') === 'allow'
  const user = isAllowed ? chooseUser(state, form.get('user')) : undefined
  state.devices.answer(user, userCode)
  const rest = '<p>You can close this window.</p>'
  if (!user) return replyPage('Request denied', rest)
  return signBrowserIn(state, user, replyPage('Request approved', rest))
}
