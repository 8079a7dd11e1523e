import type { Reply } from './call.ts'
import { type Operation, protocolOf } from './operation.ts'
import { type PortalErrorType, Refusal, refuseOidc, refusePortal, refuseSignin } from './refusal.ts'

/** An error that the service would answer with, by name or by HTTP status. */
export type RefusalFailure = 'slow_down' | 'pending' | 'denied' | 'expired' | 'invalid_grant' | number

/**
 * What can go wrong with a request. A refusal, `drop` (the socket is closed at once), `hang` (no answer, ever),
 * `malformed` (200 and a body that is no JSON) and `wrong-type` (200 and the HTML of a captive portal) leave the state alone.
 * `lose` carries the request out and closes the socket, `truncated` answers with the first half of the body as if
 * it were whole, `cut` ends the connection in the middle of it, `after` answers that many milliseconds later or
 * when the promise is kept, `alter` answers with what it makes of the answer.
 */
export type Failure =
  | RefusalFailure
  | 'drop'
  | 'hang'
  | 'malformed'
  | 'wrong-type'
  | 'lose'
  | 'truncated'
  | 'cut'
  | { readonly after: number | Promise<unknown> }
  | { readonly alter: (reply: Reply) => Reply }

/** For so many requests, or for every k-th; without either for all. */
export type Occasion = number | { readonly every: number }

interface Rule {
  readonly failure: Failure
  remaining: number
  readonly every: number
  seen: number
}

/** The failures that are to come, per operation, in the order in which they were asked for. */
export class FailurePlan {
  readonly #rules = new Map<Operation, Rule[]>()

  add(operation: Operation, failure: Failure, occasion: Occasion = Number.POSITIVE_INFINITY): void {
    if (isRefusal(failure)) createRefusal(operation, failure)
    const every = typeof occasion === 'number' ? 1 : occasion.every
    const remaining = typeof occasion === 'number' ? occasion : Number.POSITIVE_INFINITY
    this.#rules.set(operation, [
      ...(this.#rules.get(operation) ?? []),
      { failure, remaining, every, seen: 0 },
    ])
  }

  /** Forgets what is still to come, of one operation or of all. */
  clear(operation?: Operation): void {
    if (operation) this.#rules.delete(operation)
    else this.#rules.clear()
  }

  /** What happens to the request that just arrived. */
  take(operation: Operation): Failure | undefined {
    for (const rule of this.#rules.get(operation) ?? []) {
      if (rule.remaining <= 0) continue
      rule.seen += 1
      if (rule.seen % rule.every !== 0) continue
      rule.remaining -= 1
      return rule.failure
    }
    return undefined
  }
}

export function isRefusal(failure: Failure): failure is RefusalFailure {
  return (
    typeof failure === 'number' ||
    (typeof failure === 'string' &&
      ['slow_down', 'pending', 'denied', 'expired', 'invalid_grant'].includes(failure))
  )
}

/** The refusal as the service of the operation words it. Throws for one that this service does not know. */
export function createRefusal(operation: Operation, failure: RefusalFailure): Refusal {
  const refusal = {
    oidc: refuseAsOidc,
    portal: refuseAsPortal,
    query: refuseAsQuery,
    signin: refuseAsSignin,
    page: refuseAsPage,
  }[protocolOf(operation)](failure)
  if (!refusal) throw new Error(`${operation} cannot fail with ${failure}`)
  return refusal
}

function refuseAsOidc(failure: RefusalFailure): Refusal | undefined {
  if (typeof failure === 'string') {
    const types = {
      slow_down: 'SlowDownException',
      pending: 'AuthorizationPendingException',
      denied: 'AccessDeniedException',
      expired: 'ExpiredTokenException',
      invalid_grant: 'InvalidGrantException',
    } as const
    return refuseOidc(types[failure])
  }
  if (failure === 401) return refuseOidc('InvalidClientException')
  if (failure === 400) return refuseOidc('InvalidRequestException')
  if (failure === 403)
    return new Refusal(403, 'AccessDeniedException', 'Forbidden', { error: 'access_denied' })
  if (failure === 429)
    return new Refusal(429, 'TooManyRequestsException', 'Rate exceeded', { error: 'slow_down' })
  return new Refusal(failure, 'InternalServerException', 'Internal server error', { error: 'server_error' })
}

function refuseAsPortal(failure: RefusalFailure): Refusal | undefined {
  const types: Partial<Record<RefusalFailure, PortalErrorType>> = {
    slow_down: 'TooManyRequestsException',
    denied: 'ForbiddenException',
    expired: 'UnauthorizedException',
    400: 'InvalidRequestException',
    401: 'UnauthorizedException',
    403: 'ForbiddenException',
    404: 'ResourceNotFoundException',
    429: 'TooManyRequestsException',
  }
  const type = types[failure]
  if (type) return refusePortal(type)
  return typeof failure === 'number'
    ? new Refusal(failure, 'InternalServerException', 'Internal server error')
    : undefined
}

function refuseAsQuery(failure: RefusalFailure): Refusal | undefined {
  if (failure === 'slow_down') return new Refusal(400, 'Throttling', 'Rate exceeded')
  if (failure === 429) return new Refusal(429, 'Throttling', 'Rate exceeded')
  if (failure === 'expired')
    return new Refusal(403, 'ExpiredToken', 'The security token included in the request is expired')
  if (failure === 'denied' || failure === 403) return new Refusal(403, 'AccessDenied', 'Access denied')
  if (failure === 400) return new Refusal(400, 'ValidationError', 'Invalid request')
  if (failure === 401)
    return new Refusal(401, 'InvalidClientTokenId', 'The security token included in the request is invalid.')
  return typeof failure === 'number' ? new Refusal(failure, 'InternalFailure', 'Internal failure') : undefined
}

function refuseAsSignin(failure: RefusalFailure): Refusal | undefined {
  if (failure === 'expired' || failure === 401) return refuseSignin('TOKEN_EXPIRED')
  if (failure === 'invalid_grant') return refuseSignin('USER_CREDENTIALS_CHANGED')
  if (failure === 'denied' || failure === 403) return refuseSignin('INSUFFICIENT_PERMISSIONS')
  if (failure === 'slow_down' || failure === 429)
    return new Refusal(429, 'TooManyRequestsError', 'Rate exceeded', { error: 'INVALID_REQUEST' })
  if (failure === 400) return refuseSignin('INVALID_REQUEST')
  return failure === 500 ? refuseSignin('server_error') : undefined
}

function refuseAsPage(failure: RefusalFailure): Refusal | undefined {
  if (failure === 'denied')
    return new Refusal(403, 'access_denied', 'Access denied', { error: 'access_denied' })
  return typeof failure === 'number'
    ? new Refusal(failure, 'page', `This page fails with ${failure}`)
    : undefined
}
