import type { SectionName } from '../profiles/config/constraint.ts'
import { parseDocument } from '../profiles/config/document.ts'
import type { ConfigEdit } from '../profiles/config/edit.ts'
import { mergeDocuments } from '../profiles/config/merge.ts'

/** What the questions of `assume configure` were answered with. */
export interface Answers {
  readonly session: {
    /** Absent: the profile says itself where its session is, in the legacy form. */
    readonly name?: string | undefined
    readonly startUrl: string
    readonly region: string
    /** Separated by commas; absent: the section keeps what it says of them. */
    readonly scopes?: string | undefined
  }
  readonly accountId: string
  readonly roleName: string
  /** Absent: the profile has none. */
  readonly region?: string | undefined
  /** Absent: the profile has none. */
  readonly output?: string | undefined
  readonly profileName: string
}

type Properties = readonly (readonly [key: string, value: string | undefined])[]
type Values = ReadonlyMap<string, string>

/** Keys of a legacy profile, which an sso-session replaces: botocore rejects a profile in which the two differ. */
const replacedKeys = ['sso_start_url', 'sso_region', 'sso_registration_scopes'] as const

/**
 * The edits that make the config file `text` say what was answered: sections, keys and order as `aws configure sso`
 * writes them, profile before session. What is so already is not edited.
 */
export function planConfigure(text: string, answers: Answers): ConfigEdit[] {
  const { session, profileName } = answers
  const { profiles, sessions } = mergeDocuments(
    parseDocument(text, 'config'),
    parseDocument('', 'credentials'),
  )
  const role: Properties = [
    ['sso_account_id', answers.accountId],
    ['sso_role_name', answers.roleName],
    ['region', answers.region],
    ['output', answers.output],
  ]
  const section = { type: 'profile', name: profileName } as const
  const current = profiles.get(profileName)?.values
  if (session.name === undefined) {
    return editSection(section, current, [
      ['sso_start_url', session.startUrl],
      ['sso_region', session.region],
      ...role,
      ['sso_session', undefined],
    ])
  }
  return [
    ...editSection(section, current, [
      ['sso_session', session.name],
      ...role,
      ...replacedKeys.map((key) => [key, undefined] as const),
    ]),
    ...editSection({ type: 'sso-session', name: session.name }, sessions.get(session.name), [
      ['sso_start_url', session.startUrl],
      ['sso_region', session.region],
      ...(session.scopes === undefined ? [] : [['sso_registration_scopes', session.scopes] as const]),
    ]),
  ]
}

/** An undefined value stands for a key that is not to be there. */
function editSection(section: SectionName, current: Values | undefined, wanted: Properties): ConfigEdit[] {
  return wanted
    .filter(([key, value]) => current?.get(key) !== value)
    .map(([key, value]) =>
      value === undefined ? { op: 'remove', section, key } : { op: 'set', section, key, value },
    )
}
