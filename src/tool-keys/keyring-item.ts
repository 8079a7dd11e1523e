import { join } from 'node:path'
import { AssumeError } from '../errors.ts'
import { readText } from '../system/files/read-text.ts'
import { printable } from '../text/redact.ts'
import { askTool, type ToolPorts } from './ask-tool.ts'
import type { KeyringPlace } from './keyring-place.ts'
import { openSealedItem } from './sealed-item.ts'
import { readSecretSearch } from './secret-search.ts'
import { readItem, type ToolItem, type ToolKey } from './tool-key.ts'

/** Asks for a passphrase on the terminal until `check` has no complaint. */
export type AskPassphrase = (label: string, check: (answer: string) => string | undefined) => Promise<string>

/** What a kind of keyring has: the key; a text for an item that is no key to take; undefined for no item. */
type Look = (
  ports: ToolPorts,
  place: KeyringPlace,
  ask: AskPassphrase,
) => Promise<ToolKey | string | undefined>

/**
 * The key in the item that a tool keeps, without the tool: the first that is found. Throws AssumeError `program-failed` where there
 * is none, or none that is beyond doubt, `keyring-locked`, `unreadable-file`, `cancelled`.
 */
export async function readKeyringItem(
  ports: ToolPorts,
  place: KeyringPlace,
  ask: AskPassphrase,
): Promise<ToolKey> {
  const reasons: string[] = []
  for (const backend of place.backends) {
    const look = Object.hasOwn(looks, backend) ? looks[backend] : undefined
    const found = look
      ? await look(ports, place, ask)
      : `assume cannot read the keyring ${printable(backend)}`
    if (typeof found === 'object') return found
    if (found !== undefined) reasons.push(found)
  }
  const name = printable(place.name)
  throw new AssumeError('program-failed', reasons.join('; ') || `no keyring has a key of the name ${name}`)
}

const looks: Readonly<Record<string, Look>> = {
  file: lookIntoFile,
  pass: lookIntoPass,
  keychain: lookIntoKeychain,
  'secret-service': lookIntoSecretService,
}

async function lookIntoFile({ files }: ToolPorts, place: KeyringPlace, ask: AskPassphrase) {
  const sealed = readText(files, place.file)
  if (sealed === undefined) return undefined
  const shown = printable(place.file)
  const first = openSealedItem(sealed, place.passphrase ?? '')
  if (first === 'damaged')
    throw new AssumeError('unreadable-file', `${shown} is no file of a keyring, or not whole`)
  if (first !== 'refused') return keyOf(readItem(first.text, place.name))
  let opened: { readonly text: string } | undefined
  await ask(`Passphrase of ${shown}`, (answer) => {
    const text = openSealedItem(sealed, answer)
    if (typeof text !== 'object') return 'it does not open with that'
    opened = text
    return undefined
  })
  return opened && keyOf(readItem(opened.text, place.name))
}

async function lookIntoPass(ports: ToolPorts, { name, passFolder, passName }: KeyringPlace) {
  if (!ports.files.stat(join(passFolder, `${passName}.gpg`))) return undefined
  const answer = await askTool(ports, {
    program: 'pass',
    args: ['show', '--', passName],
    env: { PASSWORD_STORE_DIR: passFolder },
    isOnTerminal: true,
  })
  if (!answer) return 'pass is not found'
  return answer.status === 0 ? keyOf(readItem(answer.text, name)) : `pass ends with status ${answer.status}`
}

async function lookIntoKeychain(ports: ToolPorts, { name, service, keychain }: KeyringPlace) {
  const answer = await askTool(ports, {
    program: 'security',
    args: ['find-generic-password', '-s', service, '-a', name, '-w', ...(keychain ? [keychain] : [])],
  })
  return answer?.status === 0 ? keyOf(readItem(answer.text, name)) : undefined
}

/** Every item of that name: which collection one lies in, and so whose it is, is not said, but each has its label in it. */
async function lookIntoSecretService(ports: ToolPorts, { name, isOwnLabel }: KeyringPlace) {
  const answer = await askTool(ports, {
    program: 'secret-tool',
    args: ['search', '--all', '--unlock', '--', 'profile', name],
  })
  if (!answer) return 'secret-tool, which reads the keyring, is not found (Debian: libsecret-tools)'
  if (answer.status !== 0) return 'the keyring of the system does not answer'
  const { secrets, locked } = readSecretSearch(answer.text)
  const items = secrets
    .flatMap((secret) => readItem(secret, name) ?? [])
    .filter((item) => isOwnLabel(item.label))
  const keys = items.flatMap(({ key }) => (typeof key === 'object' ? [key] : []))
  const [first] = keys
  if (!first && locked > 0)
    throw new AssumeError('keyring-locked', 'the keyring of the system is locked, and was not opened')
  if (
    keys.some(
      (key) => key.accessKeyId !== first?.accessKeyId || key.secretAccessKey !== first.secretAccessKey,
    )
  )
    return `the keyring has more than one key of the name ${printable(name)}, and does not say which one counts`
  return first ?? items.map(({ key }) => keyOf({ key })).at(0)
}

function keyOf(item: ToolItem | undefined): ToolKey | string {
  if (!item) return 'the item is no key of this tool'
  return typeof item.key === 'string' ? `the item holds ${item.key}` : item.key
}
