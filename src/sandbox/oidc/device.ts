import { escapeMarkup } from '../../core/markup.ts'
import { deviceGrant } from '../../core/oidc-answer.ts'
import { type Call, type Reply, readForm, regionOf, replyJson } from '../call.ts'
import type { Clock } from '../clock.ts'
import type { SandboxUser } from '../directory.ts'
import type { UserAnswer } from '../options.ts'
import { replyPage, replyQuestion } from '../page.ts'
import { Refusal, refuseOidc } from '../refusal.ts'
import type { Secrets } from '../secrets.ts'
import type { SandboxState } from '../state.ts'
import type { Client } from './client.ts'
import { readFields, requireText } from './fields.ts'
import { chooseUser } from './user.ts'

interface DeviceRequest {
  readonly deviceCode: string
  readonly userCode: string
  readonly client: Client
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  answer: 'pending' | 'denied' | 'used' | SandboxUser
}

/** Device authorizations, RFC 8628. */
export class Devices {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #lifetime: number
  readonly #requests: DeviceRequest[] = []

  constructor(clock: Clock, secrets: Secrets, lifetime: number) {
    this.#clock = clock
    this.#secrets = secrets
    this.#lifetime = lifetime
  }

  start(client: Client): DeviceRequest {
    const request: DeviceRequest = {
      deviceCode: this.#secrets.issue('device-code'),
      userCode: this.#secrets.issue('user-code'),
      client,
      expiresAt: this.#clock.now() + this.#lifetime * 1000,
      answer: 'pending',
    }
    this.#requests.push(request)
    return request
  }

  /** What waits for an answer and can still get one: all of it, or what has this user code. */
  listPending(userCode?: string): DeviceRequest[] {
    return this.#requests.filter(
      (request) =>
        request.answer === 'pending' &&
        request.expiresAt > this.#clock.now() &&
        (userCode === undefined || request.userCode === userCode.toUpperCase()),
    )
  }

  /** Answers what is pending; undefined denies it. */
  answer(user: SandboxUser | undefined, userCode?: string): void {
    for (const request of this.listPending(userCode)) request.answer = user ?? 'denied'
  }

  /** The user who allowed the device in, once. */
  redeem(deviceCode: string, client: Client): SandboxUser {
    const request = this.#requests.find((candidate) => candidate.deviceCode === deviceCode)
    if (request?.client.id !== client.id || request.answer === 'used')
      throw refuseOidc('InvalidGrantException')
    if (request.expiresAt <= this.#clock.now()) throw refuseOidc('ExpiredTokenException')
    if (request.answer === 'pending') throw refuseOidc('AuthorizationPendingException')
    if (request.answer === 'denied') throw refuseOidc('AccessDeniedException')
    const user = request.answer
    request.answer = 'used'
    return user
  }
}

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
  state.devices.answer(isAllowed ? chooseUser(state, form.get('user')) : undefined, userCode)
  return isAllowed
    ? replyPage('Request approved', '<p>You can close this window.</p>')
    : replyPage('Request denied', '<p>You can close this window.</p>')
}
