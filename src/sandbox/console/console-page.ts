import { escapeMarkup } from '../../text/markup.ts'
import type { Call, Reply } from '../call.ts'
import { replyPage } from '../page.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import type { TemporaryKeys } from '../sts/identity.ts'
import { readConsolePath } from './console-place.ts'
import { type ConsoleView, parseConsoleView } from './console-view.ts'

/** GET /console/…: says who is signed in where, instead of the console. */
export function showConsole(state: SandboxState, call: Call): Reply {
  const place = readConsolePath(call.path, call.query)
  const destination = place && parseConsoleView(place.url)
  if (!destination) throw new Refusal(404, 'not_found', 'This is no page of the console.')
  const keys = state.consoleSessions.find(call, place.cookieName)
  if (!keys) throw new Refusal(403, 'no_session', 'You are not signed in here, or no longer.')
  const name = state.directory.findAccount(keys.accountId)?.name
  return replyPage('AWS console', listFacts({ ...describeWho(keys, name), ...describeWhere(destination) }))
}

/** The role as Identity Center calls it, where it is one of its own. */
function describeWho(keys: TemporaryKeys, accountName: string | undefined): Record<string, string> {
  const [, kind, whole = '', session = ''] =
    /:(assumed-role|federated-user)\/([^/]+)\/?(.*)$/.exec(keys.arn) ?? []
  const [, permissionSet] = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(whole) ?? []
  return {
    account: keys.accountId,
    ...(accountName !== undefined && { 'account-name': accountName }),
    ...(kind === 'assumed-role' ? { role: permissionSet ?? whole, session } : { user: whole }),
    arn: keys.arn,
    rights: keys.hasNoRights ? 'none: GetFederationToken was given no policy' : 'those of the credentials',
  }
}

function describeWhere({ host, region, service, path, arn }: ConsoleView): Record<string, string> {
  return {
    region: region ?? 'none given',
    service,
    path,
    ...(arn !== undefined && { resource: arn }),
    host,
  }
}

/** Each value stands in an element with its name as id. */
function listFacts(facts: Readonly<Record<string, string>>): string {
  const rows = Object.entries(facts).map(
    ([name, value]) => `<dt>${name.replace('-', ' ')}</dt><dd id="${name}">${escapeMarkup(value)}</dd>`,
  )
  return `<dl>${rows.join('\n')}</dl>`
}
