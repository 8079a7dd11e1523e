import { AssumeError } from '../errors.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import type { SsoSession } from '../profiles/profile.ts'
import { printable } from '../text/redact.ts'
import type { FlagQuestion, Interview } from '../ui/interview.ts'
import {
  type Check,
  checkName,
  checkScopes,
  checkSsoRegion,
  checkStartUrl,
  exceptFor,
  readRegionAnswer,
  splitScopes,
} from './checks.ts'
import {
  listPortals,
  listSessionNames,
  suggestSessionName,
  suggestSsoRegion,
  suggestStartUrl,
} from './default.ts'
import type { Answers } from './plan.ts'

/** What flags say of a session. */
export interface GivenSession {
  readonly name?: string | undefined
  readonly startUrl?: string | undefined
  readonly region?: string | undefined
  readonly scopes?: string | undefined
}

export interface SessionChoice {
  readonly session: Answers['session']
  /** Whether the config file did not say yet where it is. */
  readonly isNew: boolean
}

const defaultScopes = 'sso:account:access'

/**
 * The sso-session that the user picks, or all that makes a new one. What is `given` is not asked for, and neither is
 * what the config file says of the session already. `profileName` is the profile that is to be updated, if any.
 * Throws AssumeError `usage` for a flag that contradicts the config file, and what an interview throws.
 */
export async function chooseSession(
  config: AwsConfig,
  interview: Interview,
  given: GivenSession,
  profileName: string | undefined,
): Promise<SessionChoice> {
  const name = given.name ?? (await askForName(config, interview, profileName))
  const section = config.sessions.get(name)
  const complaint = section ? undefined : checkName(name)
  if (complaint) throw new AssumeError('usage', `--session ${printable(name)}: ${complaint}`)
  const read = (key: string) => section?.get(key) || undefined
  const settle = (key: string, wanted: string | undefined, question: FlagQuestion) =>
    settleOn(interview, { name, current: read(key), given: wanted }, question)

  const startUrl = await settle('sso_start_url', given.startUrl, {
    label: 'Start URL',
    flag: '--start-url URL',
    fallback: suggestStartUrl(config),
    check: checkStartUrl,
  })
  const proposal = suggestSsoRegion(config, startUrl)
  const typed = await settle('sso_region', given.region, askForSsoRegion(proposal))
  const region = typed === read('sso_region') ? typed : readRegionAnswer(typed, proposal)
  const asksForScopes = !section || given.scopes !== undefined
  const scopes = asksForScopes
    ? await settle('sso_registration_scopes', given.scopes, {
        label: 'Registration scopes',
        flag: '--scopes LIST',
        fallback: defaultScopes,
        check: checkScopes,
      })
    : read('sso_registration_scopes')
  return { session: { name, startUrl, region, scopes }, isNew: read('sso_start_url') === undefined }
}

/**
 * The session of a profile in the legacy form: a portal that the files know, or a new one. What is `given` is not asked
 * for. Throws what an interview throws.
 */
export async function choosePortal(
  config: AwsConfig,
  interview: Interview,
  given: Pick<GivenSession, 'startUrl' | 'region'>,
  profileName: string | undefined,
): Promise<SessionChoice> {
  const portals = listPortals(config, profileName)
  const startUrl = given.startUrl ?? (await askForPortal(interview, portals))
  const known = portals.find((portal) => portal.startUrl === startUrl)
  const proposal = suggestSsoRegion(config, startUrl)
  const region =
    given.region ??
    known?.region ??
    readRegionAnswer(await interview.askForText(askForSsoRegion(proposal)), proposal)
  return { session: { startUrl, region }, isNew: known === undefined }
}

async function askForPortal(interview: Interview, portals: readonly SsoSession[]): Promise<string> {
  const flag = '--start-url URL'
  if (portals.length > 0) {
    const index = await interview.pick({
      label: 'Start URL',
      flag,
      heading: ['START URL', 'SSO REGION'],
      rows: [...portals.map(({ startUrl, region }) => [startUrl, region]), ['(a new one)', '']],
      fallback: 0,
    })
    const picked = portals[index]
    if (picked) return picked.startUrl
  }
  return interview.askForText({ label: 'Start URL', flag, check: checkStartUrl })
}

function askForSsoRegion(proposal: string): FlagQuestion {
  return {
    label: 'SSO region',
    flag: '--sso-region REGION',
    fallback: proposal,
    check: exceptFor(proposal, checkSsoRegion),
  }
}

async function askForName(
  config: AwsConfig,
  interview: Interview,
  profileName: string | undefined,
): Promise<string> {
  const names = listSessionNames(config, profileName)
  const flag = '--session NAME'
  if (names.length > 0) {
    const rows = names.map((name) => {
      const section = config.sessions.get(name)
      return [name, section?.get('sso_start_url') ?? '', section?.get('sso_region') ?? '']
    })
    const index = await interview.pick({
      label: 'Session',
      flag,
      heading: ['SESSION', 'START URL', 'SSO REGION'],
      rows: [...rows, ['(a new one)', '', '']],
      fallback: 0,
    })
    const picked = names[index]
    if (picked !== undefined) return picked
  }
  const check: Check = (answer) => (config.sessions.has(answer) ? undefined : checkName(answer))
  return interview.askForText({ label: 'Session name', flag, fallback: suggestSessionName(config), check })
}

/** What the section says, else what the flag says, else what the user answers. */
async function settleOn(
  interview: Interview,
  { name, current, given }: { name: string; current: string | undefined; given: string | undefined },
  question: FlagQuestion,
): Promise<string> {
  if (current === undefined) return given ?? interview.askForText(question)
  if (given === undefined || splitScopes(given).join() === splitScopes(current).join()) return current
  throw new AssumeError(
    'usage',
    `sso-session ${printable(name)} has another ${question.label}: ${printable(current)}`,
    { hint: 'assume configure --session NAME  (a new name)' },
  )
}
