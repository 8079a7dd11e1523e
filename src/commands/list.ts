import { usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import type { SessionState } from '../sso/session-state.ts'
import { describeStates, type ProfileState } from '../status/state.ts'
import { listKnownProfiles } from '../switch/profile-listing.ts'
import { shortenPath } from '../system/paths.ts'
import { formatJson } from '../text/json-text.ts'
import { matchesPattern } from '../text/matching.ts'
import { printable } from '../text/redact.ts'
import { formatInstant } from '../text/time.ts'
import { formatColumns, type Style } from '../ui/columns.ts'

/** `assume list [PATTERN]`: the profiles with what is known of them. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const { profiles: all, warnings: ofFiles, paths } = await listKnownProfiles(context)
  const [pattern] = positionals
  const namesOnly = flags['names'] === true
  if (namesOnly && flags['json'] === true) throw usageError('list', '--names and --json do not go together')
  const chosen = pattern === undefined ? all : all.filter(({ name }) => matchesPattern(name, pattern))
  const states = describeStates(context, paths, chosen)
  const warnings = new Set(ofFiles)
  for (const { warning } of chosen) if (warning !== undefined) warnings.add(warning)
  const notices = [...warnings].map((warning) => `warning: ${warning}`)
  if (flags['json'] === true) return { notices, output: formatJson(states.map(toJson)) }
  if (all.length === 0) {
    return {
      notices: [...notices, `${shortenPath(paths.awsConfig, paths)} has no profiles yet`],
    }
  }
  if (states.length === 0) return { notices: [...notices, `no profile matches ${printable(pattern ?? '')}`] }
  if (namesOnly)
    return { notices, output: states.map(({ profile }) => `${printable(profile.name)}\n`).join('') }
  return { notices, output: await formatTable(states, context) }
}

/** The object of a profile in `--json`; what is not known is absent. Times are RFC 3339. */
function toJson({ profile, session, active }: ProfileState) {
  return {
    name: profile.name,
    kind: profile.kind,
    accountId: profile.accountId,
    roleName: profile.roleName,
    region: profile.region,
    ssoSession: profile.sessionName,
    session: session?.state,
    sessionExpiresAt: session && formatEnd(session),
    problem: profile.problem,
    warning: profile.warning,
    active,
    guarded: profile.guarded,
  }
}

/** Thousands share a session. */
const ends = new WeakMap<SessionState, string | undefined>()

function formatEnd(session: SessionState): string | undefined {
  if (!ends.has(session)) ends.set(session, formatInstant(session.expiresAt))
  return ends.get(session)
}

function formatTable(states: readonly ProfileState[], context: Context): Promise<string> {
  const rows = states.map(({ profile, label, active, usable }) => ({
    cells: [
      active ? '*' : '',
      profile.name,
      profile.accountId ?? '',
      profile.roleName ?? '',
      profile.region ?? '',
      profile.guarded ? `${profile.kind}, guarded` : profile.kind,
      label,
    ],
    style: (active ? 'strong' : usable ? 'plain' : 'faint') as Style,
  }))
  const heading = ['', 'PROFILE', 'ACCOUNT', 'ROLE', 'REGION', 'KIND', 'SESSION']
  return formatColumns(heading, rows, {
    colour: context.terminal.stdoutIsTerminal && !context.env['NO_COLOR'],
    width: context.terminal.stdoutColumns,
  })
}
