import { usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import type { ListedProfile } from '../status/listed-profile.ts'
import { describeRoots, isUsable, labelState, type RootState } from '../status/state.ts'
import { listKnownProfiles } from '../switch/profile-listing.ts'
import { shortenPath } from '../system/paths.ts'
import { formatJson } from '../text/json-text.ts'
import { matchesPattern } from '../text/matching.ts'
import { printable } from '../text/redact.ts'
import { formatInstant } from '../text/time.ts'
import { formatColumns, type Style } from '../ui/columns.ts'

/** `assume list [PATTERN]`: the profiles with what is known of them. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const { profiles, roots, warnings: ofLines, rejection, paths } = await listKnownProfiles(context)
  const [pattern] = positionals
  const namesOnly = flags['names'] === true
  if (namesOnly && flags['json'] === true) throw usageError('list', '--names and --json do not go together')
  const chosen =
    pattern === undefined ? profiles : profiles.filter(({ name }) => matchesPattern(name, pattern))
  const states = describeRoots(context, paths, { profiles: chosen, roots })
  const warnings = new Set(flags['json'] === true ? ofLines : [])
  if (rejection !== undefined) warnings.add(rejection)
  for (const { warning } of chosen) if (warning !== undefined) warnings.add(warning)
  const notices = [...warnings].map((warning) => `warning: ${warning}`)
  if (flags['json'] === true) return { notices, output: formatJson(toJson(chosen, states, context)) }
  if (profiles.length === 0) {
    return {
      notices: [...notices, `${shortenPath(paths.awsConfig, paths)} has no profiles yet`],
    }
  }
  if (chosen.length === 0) return { notices: [...notices, `no profile matches ${printable(pattern ?? '')}`] }
  if (namesOnly) return { notices, output: chosen.map(({ name }) => `${printable(name)}\n`).join('') }
  return { notices, output: await formatTable(chosen, states, context) }
}

/** The objects of `--json`; what is not known is absent. Times are RFC 3339. */
function toJson(profiles: readonly ListedProfile[], states: readonly RootState[], { env }: Context) {
  const active = env['AWS_PROFILE']
  const ends = states.map(({ session }) => formatInstant(session?.expiresAt))
  return profiles.map((profile) => ({
    name: profile.name,
    kind: profile.kind,
    accountId: profile.accountId,
    roleName: profile.roleName,
    region: profile.region,
    ssoSession: profile.sessionName,
    session: states[profile.root]?.session?.state,
    sessionExpiresAt: ends[profile.root],
    problem: profile.problem,
    warning: profile.warning,
    active: profile.name === active,
    guarded: profile.guarded,
  }))
}

function formatTable(
  profiles: readonly ListedProfile[],
  states: readonly RootState[],
  { env, terminal }: Context,
): Promise<string> {
  const active = env['AWS_PROFILE']
  const column = (title: string, read: (profile: ListedProfile) => string) => ({
    title,
    cells: profiles.map(read),
  })
  const styleOf = (row: number): Style => {
    const profile = profiles[row]
    if (!profile || profile.name === active) return 'strong'
    return isUsable(profile, states) ? 'plain' : 'faint'
  }
  return formatColumns(
    [
      column('', ({ name }) => (name === active ? '*' : '')),
      column('PROFILE', ({ name }) => name),
      column('ACCOUNT', ({ accountId = '' }) => accountId),
      column('ROLE', ({ roleName = '' }) => roleName),
      column('REGION', ({ region = '' }) => region),
      column('KIND', ({ kind, guarded }) => (guarded ? `${kind}, guarded` : kind)),
      column('SESSION', (profile) => labelState(profile, states)),
    ],
    {
      width: terminal.stdoutColumns,
      ...(terminal.stdoutIsTerminal && !env['NO_COLOR'] && { styleOf }),
    },
  )
}
