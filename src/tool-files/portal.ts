import { isAccountId, isRoleName } from '../text/answer-forms.ts'

/** Where one logs in to Identity Center. */
export interface Portal {
  readonly startUrl: string
  readonly region: string
  readonly scopes?: string | undefined
  /** What the tool calls it. */
  readonly name?: string | undefined
}

/** A role of Identity Center in an account. */
export interface PortalRole {
  readonly accountId: string
  readonly roleName: string
}

/** What is wrong with a role, or with where it is; undefined when it can be written. */
export function findSsoFault(role: PortalRole, portal: Portal): string | undefined {
  if (!isAccountId(role.accountId)) return 'its account id has not twelve digits'
  if (!isRoleName(role.roleName)) return 'its role has no name that there can be'
  return findPortalFault(portal)
}

/** The same of a portal. */
export function findPortalFault({ startUrl, region }: Portal): string | undefined {
  const isUrl = URL.canParse(startUrl) && /^https:\/\/[!-~]+$/.test(startUrl)
  if (!isUrl) return 'its start URL is no https address'
  return hasRegionForm(region) ? undefined : 'its SSO region is none'
}

/** Whether a text can be the name of a region. */
export function hasRegionForm(text: string): boolean {
  return /^[a-z0-9-]{1,63}$/.test(text)
}
