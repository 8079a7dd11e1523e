import type { AwsConfig } from '../profiles/config/merge.ts'
import type { ListedProfile, SessionRoot } from '../status/listed-profile.ts'

/** All that a list of the profiles says while the files are as they are. */
export interface ProfileList {
  /** What of the files is not understood, a line each. */
  readonly warnings: readonly string[]
  readonly rejections: AwsConfig['rejections']
  /** In the order of the files. */
  readonly profiles: readonly ListedProfile[]
}

type Row = readonly [
  name: string,
  kind: ListedProfile['kind'],
  accountId: string | null,
  roleName: string | null,
  region: string | null,
  sessionName: string | null,
  /** Its place in the list of roots. */
  root: number,
  guarded: 0 | 1,
  problem?: string | null,
  warning?: string,
]

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

interface Packed extends Omit<ProfileList, 'profiles'> {
  readonly roots: readonly SessionRoot[]
  readonly rows: readonly Row[]
}

/** The list as text. */
export function formatProfileList({ warnings, rejections, profiles }: ProfileList): string {
  const roots = new Map<string, number>()
  const rows = profiles.map((profile): Row => {
    const { name, kind, accountId = null, roleName = null, region = null, sessionName = null } = profile
    const { problem, warning } = profile
    const root = JSON.stringify(profile.root)
    const number = roots.get(root) ?? roots.size
    roots.set(root, number)
    const facts = [
      name,
      kind,
      accountId,
      roleName,
      region,
      sessionName,
      number,
      profile.guarded ? 1 : 0,
    ] as const
    if (warning !== undefined) return [...facts, problem ?? null, warning]
    return problem === undefined ? facts : [...facts, problem]
  })
  const packed: Packed = {
    warnings,
    rejections,
    roots: [...roots.keys()].map((root) => JSON.parse(root)),
    rows,
  }
  return `${JSON.stringify(packed)}\n`
}

/** What stands in the place of a list where there are profiles that are in no file. */
export const noProfileList = 'none\n'

/** The list in such a text. `none`: each time somebody has to be asked; `torn`: it was cut off. */
export function parseProfileList(text: string): ProfileList | 'none' | 'torn' {
  if (text === noProfileList) return 'none'
  if (!text.endsWith('}\n')) return 'torn'
  const { roots, rows, ...list } = JSON.parse(text) as Packed
  return { ...list, profiles: rows.map((row) => unpack(row, roots)) }
}

/** There are thousands: without a copy of an object for each fact. */
function unpack(row: Row, roots: readonly SessionRoot[]): ListedProfile {
  const [name, kind, accountId, roleName, region, sessionName, root, guarded, problem, warning] = row
  const profile: Mutable<ListedProfile> = {
    name,
    kind,
    root: roots[root] ?? { kind },
    guarded: guarded === 1,
  }
  if (accountId !== null) profile.accountId = accountId
  if (roleName !== null) profile.roleName = roleName
  if (region !== null) profile.region = region
  if (sessionName !== null) profile.sessionName = sessionName
  if (typeof problem === 'string') profile.problem = problem
  if (warning !== undefined) profile.warning = warning
  return profile
}
