import type { ConfigEdit } from '../profiles/config/edit.ts'
import { printable } from '../text/redact.ts'
import type { Portal, PortalRole } from '../tool-files/portal.ts'
import type { ImportFacts } from './facts.ts'

const defaultScopes = 'sso:account:access'

/** The sso-sessions of the config file, and those that are to come. */
export class SessionBook {
  readonly #sessions: ImportFacts['config']['sessions']
  readonly #names = new Map<string, string>()
  readonly #taken: Set<string>
  readonly #scopes = new Map<string, string>()
  readonly edits: ConfigEdit[] = []

  /** What Granted feeds goes when its registry goes, so nothing else may hang on that. */
  constructor({ config, fed }: ImportFacts) {
    this.#sessions = config.sessions
    this.#taken = new Set(config.sessions.keys())
    for (const [name, values] of config.sessions) {
      const scopes = values.get('sso_registration_scopes')
      if (scopes !== undefined) this.#scopes.set(name, scopes)
      const startUrl = values.get('sso_start_url')
      const region = values.get('sso_region')
      if (startUrl === undefined || region === undefined || fed.has(`sso-session ${name}`)) continue
      const key = identify({ startUrl, region })
      if (!this.#names.has(key)) this.#names.set(key, name)
    }
  }

  /** The name of the session there: the first of the file, else a new one, which joins `edits`. */
  obtain(portal: Portal): string {
    const key = identify(portal)
    const known = this.#names.get(key)
    if (known !== undefined) return known
    const name = this.#choose(portal)
    this.#names.set(key, name)
    this.#taken.add(name)
    const scopes = portal.scopes ?? defaultScopes
    this.#scopes.set(name, scopes)
    this.edits.push({
      op: 'add-section',
      section: { type: 'sso-session', name },
      properties: [
        ['sso_start_url', portal.startUrl],
        ['sso_region', portal.region],
        ['sso_registration_scopes', scopes],
      ],
    })
    return name
  }

  /** The scopes that a profile wants and its session does not have, as a reason; undefined for none. */
  findScopeFault(session: string, wanted: string | undefined): string | undefined {
    if (wanted === undefined) return undefined
    const own = this.#scopes.get(session) ?? defaultScopes
    const known = new Set(splitScopes(own))
    if (splitScopes(wanted).every((scope) => known.has(scope))) return undefined
    return `the scopes ${printable(wanted)}, as its sso-session ${printable(session)} has ${printable(own)}`
  }

  /** Whether a session of the config file is one there. */
  leadsTo(session: string, portal: Portal): boolean {
    const values = this.#sessions.get(session)
    const [startUrl, region] = [values?.get('sso_start_url'), values?.get('sso_region')]
    return (
      startUrl !== undefined && region !== undefined && identify({ startUrl, region }) === identify(portal)
    )
  }

  #choose({ name, startUrl, region }: Portal): string {
    const own = name === undefined || /^default$/i.test(name) ? nameByUrl(startUrl) : clean(name)
    const proposals = [own, `${own}-${region}`]
    for (let number = 2; ; number++) {
      const free = proposals.find((each) => !this.#taken.has(each))
      if (free !== undefined) return free
      proposals.push(`${own}-${number}`)
    }
  }
}

function splitScopes(scopes: string): string[] {
  return scopes.split(/[\s,]+/).filter((scope) => scope !== '')
}

function identify({ startUrl, region }: Portal): string {
  return `${startUrl.toLowerCase().replace(/\/*#?\/*$/, '')} ${region}`
}

/** The part of a start URL that tells a company's from others: of its host, or the end of its path. */
function nameByUrl(startUrl: string): string {
  const { hostname, pathname } = new URL(startUrl)
  const [label = ''] = hostname.split('.')
  const last = pathname.split('/').findLast((part) => part !== '' && part !== 'start')
  return clean(/^(?:start|identitycenter|www)$/.test(label) ? (last ?? label) : label)
}

function clean(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^-+|-+$/g, '') || 'sso'
}

/** The edits that make a profile one of Identity Center, without the keys `dropped`. */
export function editSsoProfile(
  name: string,
  values: ReadonlyMap<string, string>,
  { session, role, dropped }: { session: string; role: PortalRole; dropped: readonly string[] },
): ConfigEdit[] {
  return editProfile(name, values, [
    ['sso_session', session],
    ['sso_account_id', role.accountId],
    ['sso_role_name', role.roleName],
    ...[...dropped, 'sso_start_url', 'sso_region', 'sso_registration_scopes'].map(
      (key) => [key, undefined] as const,
    ),
  ])
}

/** The edits that give a profile these keys; an undefined value stands for a key that is not to be there. */
export function editProfile(
  name: string,
  values: ReadonlyMap<string, string>,
  wanted: readonly (readonly [key: string, value: string | undefined])[],
): ConfigEdit[] {
  const section = { type: 'profile', name } as const
  return wanted.flatMap(([key, value]): ConfigEdit[] => {
    if (values.get(key) === value) return []
    return [value === undefined ? { op: 'remove', section, key } : { op: 'set', section, key, value }]
  })
}
