import { deviceGrant } from '../../sso/oidc-answer.ts'
import { type Call, type Reply, replyJson } from '../call.ts'
import { refuseOidc } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import type { Client } from './clients.ts'
import { type Fields, readFields, requireText } from './fields.ts'
import type { TokenReply } from './session.ts'

/** POST /token. */
export function createToken(state: SandboxState, call: Call): Reply {
  const fields = readFields(call)
  const client = state.clients.authenticate(fields)
  const grantType = requireText(fields, 'grantType')
  const grant = grants[grantType]
  if (!grant) throw refuseOidc('UnsupportedGrantTypeException')
  if (!client.grantTypes.includes(grantType)) throw refuseOidc('UnauthorizedClientException')
  return replyJson(grant(state, client, fields))
}

const grants: Readonly<Record<string, (state: SandboxState, client: Client, fields: Fields) => TokenReply>> =
  {
    authorization_code(state, client, fields) {
      const verifier = requireText(fields, 'codeVerifier')
      state.secrets.remember('code-verifier', verifier)
      const [code, redirectUri] = [requireText(fields, 'code'), requireText(fields, 'redirectUri')]
      return state.sessions.start(state.authorizations.redeem(code, client, redirectUri, verifier), client)
    },

    [deviceGrant](state, client, fields) {
      return state.sessions.start(state.devices.redeem(requireText(fields, 'deviceCode'), client), client)
    },

    refresh_token(state, client, fields) {
      return state.sessions.refresh(requireText(fields, 'refreshToken'), client)
    },
  }
