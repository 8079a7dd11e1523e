import { join } from 'node:path'
import type { ToolKeyOrigin } from './key-origin.ts'

type ItemOrigin = Exclude<ToolKeyOrigin, { readonly tool: 'Leapp' }>

/** Where the item of a key would lie in each kind of keyring. */
export interface KeyringPlace {
  readonly name: string
  /** The kinds to look in, in their order. */
  readonly backends: readonly string[]
  readonly file: string
  /** What opens that file, where it is known; else it is asked for. */
  readonly passphrase: string | undefined
  readonly passFolder: string
  readonly passName: string
  /** Of an item of the system's keyring on macOS: its service, and the file where it is not the usual one. */
  readonly service: string
  readonly keychain: string | undefined
  /** Whether an item of this label is the tool's: it alone tells, as both tools name items alike in the Secret Service. */
  readonly isOwnLabel: (label: string | undefined) => boolean
}

const systemBackends: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'keychain',
  win32: 'wincred',
}

/** Where a tool keeps a key, by its settings, which may also stand in variables. */
export function locateItem(
  origin: ItemOrigin,
  {
    home,
    env,
    platform,
  }: {
    readonly home: string
    readonly env: Readonly<Record<string, string | undefined>>
    readonly platform: NodeJS.Platform
  },
): KeyringPlace {
  const expand = (path: string) => path.replace(/^~(?=\/|$)/, home)
  const { name, keyring } = origin
  const ofSystem = systemBackends[platform] ?? 'secret-service'
  const backends = keyring.backend ? [keyring.backend] : [ofSystem, 'pass', 'file']
  const passFolder = expand(keyring.passFolder || env['PASSWORD_STORE_DIR'] || join(home, '.password-store'))
  if (origin.tool === 'aws-vault') {
    const prefix = env['AWS_VAULT_PASS_PREFIX']
    return {
      name,
      backends,
      file: join(expand(keyring.fileFolder || join(home, '.awsvault', 'keys')), escapeFileName(name)),
      passphrase: env['AWS_VAULT_FILE_PASSPHRASE'],
      passFolder,
      passName: prefix ? `${prefix}/${name}` : name,
      service: 'aws-vault',
      keychain: join(
        home,
        'Library',
        'Keychains',
        `${env['AWS_VAULT_KEYCHAIN_NAME'] || 'aws-vault'}.keychain-db`,
      ),
      isOwnLabel: (label) => label?.startsWith('aws-vault (') === true,
    }
  }
  const service = 'granted-aws-iam-credentials'
  const folder = keyring.fileFolder || join(home, '.granted', 'secure-storage-aws-iam-credentials')
  return {
    name,
    backends,
    file: join(expand(folder), escapeFileName(name)),
    // Where nothing is set Granted encrypts with the empty passphrase, and asks for none.
    passphrase: env['CF_KEYRING_FILE_PASSWORD'] ?? '',
    passFolder,
    passName: `${service}/${name}`,
    service,
    keychain: undefined,
    isOwnLabel: (label) => label === '',
  }
}

/** A name as the keyring library for Go calls its file. */
export function escapeFileName(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('/', '%2F')
}

/** The name in the name of such a file. */
export function readFileName(fileName: string): string {
  return fileName.replace(/%2f/gi, '/').replaceAll('%25', '%')
}
