import { printable } from '../../text/redact.ts'
import { findSsoFault } from '../../tool-files/portal.ts'
import { readProcess, type ToolProcess } from '../../tool-files/tool-process.ts'
import { type ImportFacts, listOwnProfiles, readOwnProfile, readVariable } from '../facts.ts'
import { type ImportTool, PlanDraft, type ToolPlan } from '../plan.ts'
import { editSsoProfile, SessionBook } from '../sso.ts'

type Values = ReadonlyMap<string, string>

/** What it writes beside the keys of AWS; `sso_account_name` tells people something and stays. */
const ownKeys = ['sso_auto_populated', 'sso_interactive_auth'] as const

export const awsSsoUtil: ImportTool = {
  name: 'aws-sso-util',
  title: 'aws-sso-util',
  places: () => ({}),
  detect: (facts) => {
    const count = listOwnProfiles(facts).filter(([, values]) => isMarked(facts, values)).length
    return count === 0 ? [] : [`profiles of the config file (${count})`]
  },
  plan,
}

function isMarked(facts: ImportFacts, values: Values): boolean {
  return ownKeys.some((key) => values.has(key)) || readUtilProcess(facts, values) !== undefined
}

function readUtilProcess({ platform }: ImportFacts, values: Values): ToolProcess | undefined {
  const command = values.get('credential_process')
  const old = readProcess(command, /^aws-sso-credential-process$/, platform)
  if (old) return old
  const found = readProcess(command, /^aws-sso-util$/, platform)
  return found?.words[0] === 'credential-process' ? found : undefined
}

function plan(facts: ImportFacts): ToolPlan {
  const draft = new PlanDraft()
  const sessions = new SessionBook(facts)
  for (const [name, values] of listOwnProfiles(facts)) {
    if (isMarked(facts, values)) planProfile(facts, draft, sessions, name, values)
  }
  draft.edit(sessions.edits)
  if (readVariable(facts, 'AWS_DEFAULT_SSO_START_URL') !== undefined)
    draft.note(
      'hint',
      'AWS_DEFAULT_SSO_START_URL and AWS_CONFIGURE_… count for aws-sso-util alone; new profiles: assume configure, assume sync',
    )
  return draft.finish()
}

function planProfile(
  facts: ImportFacts,
  draft: PlanDraft,
  sessions: SessionBook,
  name: string,
  values: Values,
): void {
  const shown = printable(name)
  const helper = readUtilProcess(facts, values)
  if (!helper && values.has('credential_process')) {
    draft.note('cannot', `${shown}: it has a credential_process of another program besides`)
    return
  }
  if (values.has('role_arn') || values.has('web_identity_token_file')) {
    draft.note('cannot', `${shown}: it assumes a role besides, which the AWS tools go by`)
    return
  }
  const source = findSource(facts, values, helper)
  const session = source.get('sso_session')
  if (session !== undefined && !facts.config.sessions.has(session)) {
    draft.note('cannot', `${shown}: there is no sso-session of the name that it has`)
    return
  }
  const role = { accountId: source.get('sso_account_id') ?? '', roleName: source.get('sso_role_name') ?? '' }
  const portal = {
    startUrl: source.get('sso_start_url') ?? '',
    region: source.get('sso_region') ?? '',
    scopes: source.get('sso_registration_scopes'),
  }
  const known = session === undefined ? portal : { startUrl: 'https://known', region: 'known' }
  const fault = findSsoFault(role, known)
  if (fault !== undefined) {
    draft.note('cannot', `${shown}: ${fault}`)
    return
  }
  const own = session ?? sessions.obtain(portal)
  const lost = sessions.findScopeFault(own, portal.scopes)
  if (lost !== undefined) draft.note('cannot', `${shown}: ${lost}`)
  draft.edit(
    editSsoProfile(name, values, {
      session: own,
      role,
      dropped: [...(helper ? ['credential_process'] : []), ...ownKeys],
    }),
  )
}

/** SDKs prefer the keys of the profile to its process; where it has none, the process says whose they are. */
function findSource(facts: ImportFacts, values: Values, helper: ToolProcess | undefined): Values {
  if (values.has('sso_account_id') || values.has('sso_role_name') || !helper) return values
  const { options } = helper
  const other = options.get('profile')
  if (other !== undefined) return readOwnProfile(facts, other) ?? values
  return new Map(
    [
      ['sso_start_url', options.get('start-url')],
      ['sso_region', options.get('region')],
      ['sso_account_id', options.get('account-id')],
      ['sso_role_name', options.get('role-name')],
    ].filter((each): each is [string, string] => each[1] !== undefined),
  )
}
