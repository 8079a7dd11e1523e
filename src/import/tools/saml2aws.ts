import { join } from 'node:path'
import { isAccountArn } from '../../text/answer-forms.ts'
import { printable } from '../../text/redact.ts'
import { quoteAnywhere } from '../../text/words.ts'
import { type OwnFile, readIni, TableReader } from '../../tool-files/own-file.ts'
import { readProcess } from '../../tool-files/tool-process.ts'
import { findKeys, type ImportFacts, listOwnProfiles, readOwnProfile } from '../facts.ts'
import { type Change, type ImportTool, PlanDraft, type ToolPlan } from '../plan.ts'

/** An account of an identity provider, as one section of its file has it. */
interface Account {
  readonly name: string
  readonly profile: string
  readonly roleArn: string | undefined
  readonly region: string | undefined
  readonly credentialsFile: string | undefined
}

export const saml2aws: ImportTool = {
  name: 'saml2aws',
  title: 'saml2aws',
  places: ({ home, env }) => ({ settings: env['SAML2AWS_CONFIGFILE'] || join(home, '.saml2aws') }),
  detect: (facts) => {
    const started = listStarted(facts)
    return [
      ...[...facts.own.values()].map(({ shown }) => shown),
      ...(started.length > 0 ? [`profiles of the config file (${started.length})`] : []),
    ]
  },
  plan,
}

function listStarted(facts: ImportFacts): string[] {
  return listOwnProfiles(facts)
    .filter(([, values]) => isStarted(facts, values))
    .map(([name]) => name)
}

function isStarted({ platform }: ImportFacts, values: ReadonlyMap<string, string>): boolean {
  const found = readProcess(values.get('credential_process'), /^saml2aws$/, platform)
  return found?.options.has('credential-process') === true
}

function plan(facts: ImportFacts): ToolPlan {
  const draft = new PlanDraft()
  for (const name of listStarted(facts))
    draft.note('needs', `${printable(name)}: there is no SAML in assume or in the AWS tools`)
  const settings = facts.own.get('settings')
  const taken = new Map<string, string>()
  for (const account of settings ? readAccounts(settings) : []) {
    const { name, profile } = account
    const other = taken.get(profile)
    if (other !== undefined)
      draft.note(
        'cannot',
        `account ${printable(name)}: its profile ${printable(profile)} is that of the account ${printable(other)} already`,
      )
    else planAccount(facts, draft, account)
    taken.set(profile, other ?? name)
  }
  return draft.finish()
}

function readAccounts(file: OwnFile): Account[] {
  const reader = new TableReader(file)
  return [...readIni(file)].map(([name, account]) => ({
    name: reader.check(name),
    profile: reader.text(account, 'aws_profile') ?? 'saml',
    roleArn: reader.text(account, 'role_arn'),
    region: reader.text(account, 'region'),
    credentialsFile: reader.text(account, 'credentials_file'),
  }))
}

function planAccount(facts: ImportFacts, draft: PlanDraft, account: Account): void {
  const { name, profile, roleArn, credentialsFile } = account
  const shown = printable(profile)
  const values = readOwnProfile(facts, profile)
  if (credentialsFile !== undefined && credentialsFile !== '')
    draft.note(
      'hint',
      `account ${printable(name)} writes its keys to ${printable(credentialsFile)}, which AWS tools read where AWS_SHARED_CREDENTIALS_FILE says so alone`,
    )
  const role = roleArn ?? guessRole(facts, profile)
  const other = ['role_arn', 'credential_process', 'sso_account_id'].find((key) => values?.has(key))
  if (values && isStarted(facts, values)) removeKeys(facts, draft, profile)
  else if (other !== undefined || findKeys(facts, profile) === 'lasting')
    draft.note('cannot', `account ${printable(name)}: profile ${shown} has other credentials already`)
  else if (role === undefined || !isAccountArn(role))
    draft.note(
      'cannot',
      `account ${printable(name)}: saml2aws asks for the role of ${shown} each time; it goes on by saml2aws login -a ${quoteAnywhere(name)}`,
    )
  else if (roleArn !== undefined) {
    draft.edit(addProcess(values, account, role))
    draft.note('needs', `${shown}: there is no SAML in assume or in the AWS tools`)
    removeKeys(facts, draft, profile)
  } else {
    draft.ask({
      kind: 'confirm',
      text: `saml2aws asks for the role of profile ${shown} each time, and had ${role} last. Always that one?`,
      fallback: true,
      yes: { config: addProcess(values, account, role) },
    })
    removeKeys(facts, draft, profile)
  }
}

/** The role that the keys of a profile are of: a role with a path has another ARN, which nobody can tell by them. */
function guessRole({ credentials }: ImportFacts, profile: string): string | undefined {
  const session = credentials.profiles.get(profile)?.values.get('x_principal_arn') ?? ''
  const [, partition, accountId, name] =
    /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\//.exec(session) ?? []
  return name === undefined ? undefined : `arn:${partition}:iam::${accountId}:role/${name}`
}

function addProcess(
  values: ReadonlyMap<string, string> | undefined,
  { name, profile, region }: Account,
  role: string,
): Change['config'] {
  const quote = (word: string) => (/^[\w+=,.@:/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`)
  const words = ['--role', role, '--profile', profile, ...(name === 'default' ? [] : ['-a', name]), '--quiet']
  const command = ['saml2aws login --credential-process', ...words.map(quote)].join(' ')
  const section = { type: 'profile', name: profile } as const
  return [
    { op: 'set', section, key: 'credential_process', value: command },
    ...(region === undefined || values?.has('region')
      ? []
      : [{ op: 'set', section, key: 'region', value: region } as const]),
  ]
}

function removeKeys(facts: ImportFacts, draft: PlanDraft, profile: string): void {
  if (findKeys(facts, profile) !== 'temporary') return
  draft.ask({
    kind: 'confirm',
    text: `Remove the temporary keys of [${printable(profile)}] from the credentials file? They go before its credential_process, and they do not come back.`,
    fallback: false,
    yes: { keys: [{ name: profile, isWhole: false }] },
  })
}
