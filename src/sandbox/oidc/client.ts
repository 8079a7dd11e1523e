import { deviceGrant } from '../../sso/oidc-answer.ts'
import { type Call, type Reply, replyJson } from '../call.ts'
import { refuseOidc } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import { readFields, readTexts, requireText } from './fields.ts'

/** The one redirect URI that clients on a user's machine may register; any port is allowed later. */
export const loopbackRedirect = 'http://127.0.0.1/oauth/callback'

/** POST /client/register. */
export function registerClient(state: SandboxState, call: Call): Reply {
  const fields = readFields(call)
  const name = requireText(fields, 'clientName')
  if (requireText(fields, 'clientType') !== 'public') throw refuseOidc('InvalidClientMetadataException')

  const grantTypes = readTexts(fields, 'grantTypes')
  const known = ['authorization_code', 'refresh_token', deviceGrant]
  if (!grantTypes.every((type) => known.includes(type))) throw refuseOidc('UnsupportedGrantTypeException')

  const redirectUris = readTexts(fields, 'redirectUris')
  if (grantTypes.includes('authorization_code') && redirectUris.length === 0)
    throw refuseOidc('InvalidRequestException', 'Missing redirectUris')
  if (!redirectUris.every((uri) => uri === loopbackRedirect)) throw refuseOidc('InvalidRedirectUriException')

  const client = state.clients.register({
    name,
    scopes: readTexts(fields, 'scopes'),
    grantTypes: grantTypes.length > 0 ? grantTypes : [deviceGrant, 'refresh_token'],
    redirectUris,
  })
  return replyJson({
    authorizationEndpoint: null,
    clientId: client.id,
    clientIdIssuedAt: client.issuedAt,
    clientSecret: client.secret,
    clientSecretExpiresAt: client.expiresAt,
    tokenEndpoint: null,
  })
}
