import { AssumeError } from '../errors.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { askTool, type ToolPorts } from './ask-tool.ts'
import { exportWords, listLeappAccounts, processWords, type ToolKeyOrigin } from './key-origin.ts'
import { type AskPassphrase, readKeyringItem } from './keyring-item.ts'
import { locateItem } from './keyring-place.ts'
import { readKey, readPrintedKey, type ToolKey } from './tool-key.ts'

type OriginOf<Tool extends ToolKeyOrigin['tool']> = Extract<ToolKeyOrigin, { readonly tool: Tool }>

/**
 * The long-lived key of another tool: by its own command where it has one that gives it, else out of its item. It comes through a
 * pipe, and is written nowhere. Throws AssumeError `program-failed` where there is none, or no long-lived one,
 * `keyring-locked`, `unreadable-file`, `cancelled`.
 */
export async function fetchToolKey(
  ports: ToolPorts,
  paths: Paths,
  origin: ToolKeyOrigin,
  ask: AskPassphrase,
): Promise<ToolKey> {
  if (origin.tool === 'Leapp') return fetchFromLeapp(ports, origin)
  const printed =
    origin.tool === 'aws-vault'
      ? await askVault(ports, origin)
      : origin.hasMfa
        ? undefined
        : await askGranted(ports, origin)
  if (printed) return printed
  const { env, platform } = ports
  return readKeyringItem(ports, locateItem(origin, { home: paths.home, env, platform }), ask)
}

async function askVault(ports: ToolPorts, origin: OriginOf<'aws-vault'>): Promise<ToolKey | undefined> {
  const { backend } = origin.keyring
  const answer = await askTool(ports, {
    program: 'aws-vault',
    args: exportWords(origin),
    // Within one of its own shells it gives nothing.
    env: {
      AWS_VAULT: undefined,
      ...(backend !== undefined && { AWS_VAULT_BACKEND: ports.ownEnv['AWS_VAULT_BACKEND'] ?? backend }),
    },
    isOnTerminal: true,
  })
  return answer && readAnswer('aws-vault', answer)
}

async function askGranted(ports: ToolPorts, origin: OriginOf<'Granted'>): Promise<ToolKey | undefined> {
  const answer = await askTool(ports, {
    program: 'granted',
    args: processWords(origin),
    // It would give a key that it has had before.
    env: { GRANTED_NO_CACHE: 'true' },
    isOnTerminal: true,
  })
  return answer && readAnswer('granted', answer)
}

function readAnswer(
  program: string,
  { text, status }: { readonly text: string; readonly status: number },
): ToolKey {
  const key = status === 0 ? readPrintedKey(text) : undefined
  if (typeof key === 'object') return key
  throw new AssumeError(
    'program-failed',
    key === undefined ? `${program} ends with status ${status}` : `${program} gives ${key}`,
  )
}

/** Each half is an item by itself. */
async function fetchFromLeapp(ports: ToolPorts, { sessionId }: OriginOf<'Leapp'>): Promise<ToolKey> {
  const [id, secret] = listLeappAccounts(sessionId)
  const key = readKey(await readKeytarItem(ports, id), await readKeytarItem(ports, secret))
  if (typeof key === 'object') return key
  throw new AssumeError('program-failed', `Leapp's items hold ${key}`)
}

/** An item as keytar makes it. */
async function readKeytarItem(ports: ToolPorts, account: string): Promise<string> {
  const isMac = ports.platform === 'darwin'
  const program = isMac ? 'security' : 'secret-tool'
  const args = isMac
    ? ['find-generic-password', '-s', 'Leapp', '-a', account, '-w']
    : ['lookup', 'service', 'Leapp', 'account', account]
  const answer = await askTool(ports, { program, args })
  if (!answer)
    throw new AssumeError(
      'program-failed',
      `${program}, which reads the keyring, is not found${isMac ? '' : ' (Debian: libsecret-tools)'}`,
    )
  if (answer.status === 0) return answer.text.replace(/\r?\n$/, '')
  throw new AssumeError(
    'program-failed',
    `the keyring has no item of Leapp's ${printable(account)}, or is locked`,
  )
}
