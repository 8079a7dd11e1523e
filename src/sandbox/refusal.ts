import { randomUUID } from 'node:crypto'
import { escapeMarkup } from '../text/markup.ts'
import { type Reply, replyJson, replyXml } from './call.ts'
import { replyPage } from './page.ts'

/** How a service phrases its errors. */
export type Protocol = 'oidc' | 'portal' | 'query' | 'signin' | 'page'

/** A refusal by a service, on purpose: thrown by an operation, phrased by `phraseRefusal`. */
export class Refusal extends Error {
  readonly status: number
  /** The name by which the SDKs know it. */
  readonly type: string
  /** The `error` and `reason` of OAuth, for the OIDC service and for Sign-In only. */
  readonly oauth: { readonly error: string; readonly reason?: string } | undefined

  constructor(
    status: number,
    type: string,
    message: string,
    oauth?: { readonly error: string; readonly reason?: string },
  ) {
    super(message)
    this.status = status
    this.type = type
    this.oauth = oauth
  }
}

/** Status, `error` and `error_description`, by the model of sso-oidc 2019-06-10 and by RFC 6749 and 8628. */
const oidcErrors = {
  AccessDeniedException: [400, 'access_denied', 'Access denied'],
  AuthorizationPendingException: [400, 'authorization_pending', 'Authorization is still pending'],
  ExpiredTokenException: [400, 'expired_token', 'Device code has expired'],
  InternalServerException: [500, 'server_error', 'Internal server error'],
  InvalidClientException: [401, 'invalid_client', 'Invalid client provided'],
  InvalidClientMetadataException: [400, 'invalid_client_metadata', 'Invalid client metadata'],
  InvalidGrantException: [400, 'invalid_grant', 'Invalid grant provided'],
  InvalidRedirectUriException: [400, 'invalid_redirect_uri', 'Invalid redirect URI'],
  InvalidRequestException: [400, 'invalid_request', 'Invalid request'],
  InvalidScopeException: [400, 'invalid_scope', 'Invalid scope'],
  SlowDownException: [400, 'slow_down', 'Slow down to avoid throttling'],
  UnauthorizedClientException: [400, 'unauthorized_client', 'Client is not allowed to use this grant'],
  UnsupportedGrantTypeException: [400, 'unsupported_grant_type', 'Unsupported grant type'],
} as const

export type OidcErrorType = keyof typeof oidcErrors

export function refuseOidc(type: OidcErrorType, description?: string, reason?: string): Refusal {
  const [status, error, usual] = oidcErrors[type]
  return new Refusal(status, type, description ?? usual, { error, ...(reason && { reason }) })
}

/** The portal's errors and texts; ForbiddenException is in no model, but what the service answers. */
const portalErrors = {
  InvalidRequestException: [400, 'Invalid request'],
  UnauthorizedException: [401, 'Session token not found or invalid'],
  ForbiddenException: [403, 'No access'],
  ResourceNotFoundException: [404, 'Resource not found'],
  TooManyRequestsException: [429, 'HTTP 429 Unknown Code'],
  InternalServerException: [500, 'Internal server error'],
} as const

export type PortalErrorType = keyof typeof portalErrors

export function refusePortal(type: PortalErrorType, message?: string): Refusal {
  const [status, usual] = portalErrors[type]
  return new Refusal(status, type, message ?? usual)
}

/** Status, name and text by the `error` of the model of signin 2023-01-01. */
const signinErrors = {
  TOKEN_EXPIRED: [401, 'AccessDeniedException', 'The token has expired'],
  USER_CREDENTIALS_CHANGED: [403, 'AccessDeniedException', 'The credentials of the user have changed'],
  INSUFFICIENT_PERMISSIONS: [
    403,
    'AccessDeniedException',
    'Not authorized to perform signin:CreateOAuth2Token',
  ],
  INVALID_REQUEST: [400, 'ValidationException', 'Invalid request'],
  server_error: [500, 'InternalServerException', 'Internal server error'],
} as const

export function refuseSignin(error: keyof typeof signinErrors, message?: string): Refusal {
  const [status, type, usual] = signinErrors[error]
  return new Refusal(status, type, message ?? usual, { error })
}

/** Phrases a refusal as the service does. */
export function phraseRefusal(protocol: Protocol, refusal: Refusal): Reply {
  const { status, type, message } = refusal
  switch (protocol) {
    case 'oidc': {
      const { error = 'invalid_request', reason } = refusal.oauth ?? {}
      const body = { error, error_description: message, ...(reason && { reason }) }
      // The name is followed by a URI, as recorded in https://github.com/aws/aws-cli/issues/5971.
      const name = `${type}:http://internal.amazon.com/coral/com.amazonaws.sso.oidc/`
      return replyJson(body, status, { 'x-amzn-errortype': name })
    }
    case 'portal':
      return replyJson({ message, __type: `com.amazonaws.switchboard.portal#${type}` }, status, {
        'x-amzn-errortype': type,
      })
    case 'signin':
      return replyJson({ error: refusal.oauth?.error, message }, status, { 'x-amzn-errortype': type })
    case 'query': {
      const fault = status < 500 ? 'Sender' : 'Receiver'
      return replyXml(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>${fault}</Type><Code>${type}` +
          `</Code><Message>${escapeMarkup(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
        status,
      )
    }
    case 'page':
      return replyPage('Sorry', `<p>${escapeMarkup(message)}</p>`, status)
  }
}
