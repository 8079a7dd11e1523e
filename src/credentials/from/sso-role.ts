import type { RoleSession } from '../../aws/credentials.ts'
import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import { findAccountFault } from '../../profiles/account-fault.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { findSessionRoute } from '../../profiles/route.ts'
import type { PortalService } from '../../sso/portal.ts'
import { ensureSession } from '../../sso/session.ts'
import { replaceToken } from '../../sso/session-renewal.ts'
import type { Token } from '../../sso/token.ts'
import type { SourceOf } from '../source.ts'

/**
 * Credentials for a role that Identity Center gives, after a refresh or a login where that is needed; a token that the
 * portal refuses is replaced once. Throws AssumeError `invalid-profile`, `login-needed`, `not-assigned`, `session-over`,
 * `invalid-region`, `network`, `service`, and what a login throws.
 */
export async function fetchSsoRole(
  context: Context,
  profiles: Profiles,
  { profile, session, accountId, roleName }: SourceOf<'sso'>,
  options: { readonly mayLogIn: boolean },
): Promise<RoleSession> {
  const fault = findAccountFault(profile)
  // Before anybody logs in for nothing: the service would say that the role is not assigned.
  if (fault) throw new AssumeError('invalid-profile', fault.message, { hint: fault.hint })
  const target = { session, profile }
  const { PortalService } = await import('../../sso/portal.ts')
  const route = findSessionRoute(context, profiles, target, 'sso')
  const ask = async ({ accessToken }: Token): Promise<RoleSession> => {
    const portal: PortalService = await PortalService.open(route, accessToken, { attempts: 5 })
    return portal.getRoleCredentials(accountId, roleName)
  }
  const token = await ensureSession(context, profiles, target, options)
  try {
    return await ask(token)
  } catch (error) {
    if (!(error instanceof AssumeError && error.code === 'session-over')) throw error
  }
  return ask(await replaceToken(context, profiles, target, token, options))
}
