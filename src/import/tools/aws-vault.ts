import { join } from 'node:path'
import type { ConfigEdit } from '../../profiles/config/edit.ts'
import { hasStaticKeys } from '../../profiles/profile.ts'
import { printable } from '../../text/redact.ts'
import { splitWords } from '../../text/shell-words.ts'
import { parseDuration } from '../../text/time.ts'
import type { KeyTaker } from '../../tool-keys/key-move.ts'
import { readFileName } from '../../tool-keys/keyring-place.ts'
import { findKeys, type ImportFacts, isTaken, listOwnProfiles, readVariable } from '../facts.ts'
import { type ImportTool, PlanDraft, type ToolPlan } from '../plan.ts'
import { planInheritance, resolveIncludes, type VaultWorld } from './aws-vault-inheritance.ts'
import { describeVaultKey, isVaultKey, type KeyWorld, planVaultKeys } from './aws-vault-keys.ts'
import { lastingKeys, readVaultProcess, sourceKeys } from './aws-vault-sources.ts'

type Values = ReadonlyMap<string, string>

/** Keys that aws-vault alone reads. */
const ownKeys = ['include_profile', 'parent_profile', 'mfa_process', ...lastingKeys] as const

export const awsVault: ImportTool = {
  name: 'aws-vault',
  title: 'aws-vault',
  places: () => ({}),
  folders: ({ home, env }) => ({
    keys: env['AWS_VAULT_FILE_DIR']?.replace(/^~\//, `${home}/`) || join(home, '.awsvault', 'keys'),
  }),
  detect,
  plan,
}

function detect(facts: ImportFacts): string[] {
  const marked = listOwnProfiles(facts).filter(
    ([, values]) => ownKeys.some((key) => values.has(key)) || readVaultProcess(facts, values) !== undefined,
  )
  const started = facts.startUp.filter(({ text }) =>
    /^(?!\s*#).*\b(?:AWS_VAULT_\w+=|aws-vault\s)/m.test(text),
  )
  return [
    ...(facts.listings.has('keys') ? ['~/.awsvault/keys'] : []),
    ...(marked.length > 0 ? [`profiles of the config file (${marked.length})`] : []),
    ...started.map(({ shown }) => shown),
  ]
}

function plan(facts: ImportFacts): ToolPlan {
  const draft = new PlanDraft()
  const profiles = new Map(listOwnProfiles(facts))
  const parents = new Set([...profiles.values()].flatMap((values) => values.get('include_profile') ?? []))
  const sources = new Set(
    [...profiles.values()].flatMap((values) =>
      values.has('role_arn') ? (values.get('source_profile') ?? []) : [],
    ),
  )
  const stored = new Set((facts.listings.get('keys') ?? []).map(readFileName))
  const roleTtl = readTtl(facts, 'AWS_ASSUME_ROLE_TTL')
  const world = { facts, profiles, included: resolveIncludes(profiles), stored, roleTtl }
  const takers: KeyTaker[] = []
  for (const [name, values] of profiles) {
    planInheritance(draft, world, name, values)
    planOwnKeys(facts, draft, world, name, values)
    const taker = planProcess(facts, draft, { ...world, sources, parents }, name, values)
    if (taker) takers.push(taker)
  }
  for (const name of stored) {
    if (isTaken(facts, name) || !isVaultKey(name)) continue
    draft.note('hint', `the key ${printable(name)} has no profile yet, and gets one of that name`)
    takers.push({ name, target: name })
  }
  draft.take(planVaultKeys(world, takers))
  planTtl(facts, draft)
  return draft.finish()
}

function planOwnKeys(
  facts: ImportFacts,
  draft: PlanDraft,
  world: VaultWorld,
  name: string,
  values: Values,
): void {
  const shown = printable(name)
  const lasting = lastingKeys.filter((key) => values.has(key))
  if (lasting.length > 0)
    draft.note(
      'needs',
      `${shown}: for ${lasting.join(', ')}, which AWS tools have no key for; without that trust policies may refuse it`,
    )
  const parent = values.get('parent_profile')
  if (parent !== undefined)
    draft.note(
      'cannot',
      `${shown}: parent_profile = ${printable(parent)} is a word of aws-vault 5 that nothing reads any more; include_profile or source_profile may be meant`,
    )
  planMfaProcess(facts, draft, world, name, values)
}

const mfaPlugin = 'plugin mfa-command'

/** What gives MFA codes there is a plugin here, which the user enables. */
function planMfaProcess(
  { sections, platform }: ImportFacts,
  draft: PlanDraft,
  { included }: VaultWorld,
  name: string,
  values: Values,
): void {
  const shown = printable(name)
  const command = values.get('mfa_process')
  const serial = included.get(name)?.get('mfa_serial') ?? included.get('default')?.get('mfa_serial')
  if (command === undefined || (serial !== undefined && sections.get(mfaPlugin)?.has(serial))) return
  // The key of a device, which makes codes: it is neither shown nor written once more.
  if (/\b(?:[A-Z2-7]{16,}|[0-9a-fA-F]{32,})\b/.test(command))
    draft.note(
      'cannot',
      `${shown}: its mfa_process has a secret in it; have a password manager or a script print the code, for the plugin mfa-command`,
    )
  // aws-vault gives it to a shell, and the plugin does not.
  else if (/[$`;&|<>()\n]/.test(command) || !splitWords(command, platform))
    draft.note(
      'cannot',
      `${shown}: its mfa_process is a line for a shell; put it into a script for the plugin mfa-command`,
    )
  else if (serial === undefined || !/^[\w:/+=,.@-]+$/.test(serial))
    draft.note('cannot', `${shown}: its mfa_process is for no device that mfa_serial names`)
  else {
    draft.ask({
      kind: 'confirm',
      text: `May the plugin mfa-command run "${printable(command)}" for the codes of ${printable(serial)} (${shown})? It is on after: assume plugin enable mfa-command`,
      fallback: true,
      yes: { settings: [{ section: mfaPlugin, name: serial, value: command }] },
    })
  }
}

/**
 * Who has the keys of profiles without any: those that are known to be in the store get its `credential_process`. Returns the
 * profile where its keys come from there.
 */
function planProcess(
  facts: ImportFacts,
  draft: PlanDraft,
  known: KeyWorld & {
    readonly sources: ReadonlySet<string>
    /** Those that others include. */
    readonly parents: ReadonlySet<string>
  },
  name: string,
  values: Values,
): KeyTaker | undefined {
  const shown = printable(name)
  const started = readVaultProcess(facts, values)
  if (started) return { name, target: started.profile ?? name }
  const whole = new Map(known.included.get(name))
  // One of a profile that it includes, which is of that one.
  if (readVaultProcess(facts, whole)) whole.delete('credential_process')
  const seen = ['credential_process', 'login_session'].find((key) => whole.has(key) && !values.has(key))
  if (seen !== undefined)
    draft.note(
      'cannot',
      `${shown}: it includes a ${seen}, which AWS tools take from the profile itself alone`,
    )
  const all = [whole, facts.credentials.profiles.get(name)?.values]
  if (
    sourceKeys.some((key) => all.some((each) => each?.has(key))) ||
    hasStaticKeys(values) ||
    findKeys(facts, name) !== 'none'
  )
    return undefined
  const isKnown = known.stored.has(name) || known.sources.has(name)
  // A name that no credential_process of aws-vault can have in every tool.
  if (!/^[\w.@+-]+$/.test(name)) return isKnown ? { name, target: name } : undefined
  const source = whole.get('source_profile')
  const edit: ConfigEdit = {
    op: 'set',
    section: { type: 'profile', name },
    key: 'credential_process',
    value: `aws-vault export --format=json ${name}`,
  }
  if (isKnown) {
    draft.edit([edit])
    return { name, target: name }
  }
  if (source !== undefined && source !== name)
    draft.note(
      'cannot',
      `${shown}: it has the keys of ${printable(source)} by its source_profile, which AWS tools take for roles alone`,
    )
  else if (!known.parents.has(name) && name !== 'default') {
    draft.ask({
      kind: 'confirm',
      text: `Has aws-vault keys of ${shown}? The profile says of none, and would get them from aws-vault.`,
      fallback: false,
      yes: { config: [edit], moves: [{ profileName: name, ...describeVaultKey(known, name), sharers: [] }] },
    })
  }
  return undefined
}

/** Seconds that AWS allows a role, where that is not what AWS tools take by themselves. */
function readTtl(facts: ImportFacts, name: string): number | undefined {
  const text = readVariable(facts, name)
  const seconds = text === undefined ? undefined : parseDuration(text)
  return seconds !== undefined && seconds >= 900 && seconds <= 43_200 && seconds !== 3600
    ? seconds
    : undefined
}

function planTtl(facts: ImportFacts, draft: PlanDraft): void {
  for (const name of ['AWS_SESSION_TOKEN_TTL', 'AWS_CHAINED_SESSION_TOKEN_TTL']) {
    const value = readVariable(facts, name)
    if (value !== undefined)
      draft.note(
        'hint',
        `${name}=${printable(value)} is how long a session of aws-vault's keys is good, and counts there as long as they lie there`,
      )
  }
}
