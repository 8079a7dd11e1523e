import { formatProfileWord, type QuoteWord } from '../text/words.ts'

/** Which keyring of a tool an item lies in, as far as its settings say; absent where it takes the first that there is. */
export interface ToolKeyring {
  /** As the keyring library for Go calls it: `file`, `pass`, `keychain`, `secret-service`. */
  readonly backend?: string | undefined
  readonly fileFolder?: string | undefined
  readonly passFolder?: string | undefined
}

/** Where a long-lived key of another tool lies. `name` is what the tool calls it. */
export type ToolKeyOrigin =
  | {
      readonly tool: 'aws-vault'
      readonly name: string
      readonly keyring: ToolKeyring
      /** Options of aws-vault that say which keyring it is, as the profile has them. */
      readonly options: readonly string[]
    }
  | {
      readonly tool: 'Granted'
      readonly name: string
      readonly keyring: ToolKeyring
      /** Granted itself gives no key of a profile with an MFA device. */
      readonly hasMfa: boolean
    }
  | { readonly tool: 'Leapp'; readonly name: string; readonly sessionId: string }

/** How a tool gives a key, for the one who is asked whether it may. */
export function describeWay(origin: ToolKeyOrigin, quote: QuoteWord): string {
  if (origin.tool === 'aws-vault') return `aws-vault ${exportWords(origin).map(quote).join(' ')}`
  if (origin.tool === 'Granted' && !origin.hasMfa)
    return `granted ${processWords(origin).map(quote).join(' ')}`
  return `from the keyring: ${origin.tool} has no command that gives it`
}

/** The arguments for aws-vault that print a key without a session in front. */
export function exportWords({ name, options }: Extract<ToolKeyOrigin, { tool: 'aws-vault' }>): string[] {
  const last = name.startsWith('-') ? ['--', name] : [name]
  return [...options, 'export', '--no-session', '--format=json', ...last]
}

/** The arguments for Granted that print a key. */
export function processWords({ name }: Pick<ToolKeyOrigin, 'name'>): string[] {
  return ['credential-process', `--profile=${name}`]
}

/** The accounts under which Leapp keeps the two halves of a key, by its session. */
export function listLeappAccounts(sessionId: string): readonly [id: string, secret: string] {
  const account = `${sessionId}-iam-user-aws-session`
  return [`${account}-access-key-id`, `${account}-secret-access-key`]
}

/** What takes the key out of the old tool, a line each. */
export function listRemovals(origin: ToolKeyOrigin, platform: NodeJS.Platform, quote: QuoteWord): string[] {
  if (origin.tool === 'aws-vault')
    return [`aws-vault remove ${origin.name.startsWith('-') ? '-- ' : ''}${quote(origin.name)}`]
  if (origin.tool === 'Granted')
    return [`granted credentials remove ${quote(origin.name)}  (it also formats ~/.aws/config anew)`]
  return listLeappAccounts(origin.sessionId).map((account) =>
    platform === 'darwin'
      ? `security delete-generic-password -s Leapp -a ${quote(account)}`
      : `secret-tool clear service Leapp account ${quote(account)}`,
  )
}

/** The command that takes the key from the keyboard, where nothing gives it. */
export function formatTyping(profileName: string, quote: QuoteWord): string {
  return `assume keys add ${formatProfileWord(profileName, quote)}`
}
