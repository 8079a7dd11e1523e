import type { FileTable } from '../tool-files/own-file.ts'
import { readProcess, type ToolProcess } from '../tool-files/tool-process.ts'
import { type KeyTaker, planMoves, sessionKeys } from './key-move.ts'

type Values = ReadonlyMap<string, string>

/** Keys that Granted alone reads; colour, icon and description are understood or harm nobody. */
export const ssoKeys = [
  'granted_sso_start_url',
  'granted_sso_region',
  'granted_sso_account_id',
  'granted_sso_role_name',
  'granted_sso_registration_scopes',
] as const

/** A `credential_process` of Granted. */
export function readGrantedProcess(
  { platform }: { readonly platform: NodeJS.Platform },
  values: Values,
): ToolProcess | undefined {
  const found = readProcess(values.get('credential_process'), /^d?granted$/, platform)
  return found?.words[0] === 'credential-process' ? found : undefined
}

interface GrantedWorld {
  readonly platform: NodeJS.Platform
  /** The profiles of the config file that are the user's own. */
  readonly own: ReadonlyMap<string, Values>
  readonly isTaken: (name: string) => boolean
  /** What its settings say of its keyring. */
  readonly keyring: FileTable | undefined
}

/** What gives those their keys that have them from its store. */
export function planGrantedKeys(takers: readonly KeyTaker[], world: GrantedWorld) {
  const { own, isTaken, keyring } = world
  const setting = (name: string) => {
    const value = keyring?.[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  return planMoves(takers, {
    tool: 'Granted',
    findKeyName: (target) => {
      const values = own.get(target)
      if (!values) return isTaken(target) ? undefined : target
      const isOther = [...sessionKeys, ...ssoKeys].some((key) => values.has(key))
      const isHere = values.has('assume_keys') || readGrantedProcess(world, values) !== undefined
      return isOther || !isHere ? undefined : target
    },
    isStored: (name) => own.get(name)?.has('assume_keys') === true,
    describe: (name) => ({
      origin: {
        tool: 'Granted',
        name,
        keyring: {
          backend: setting('Backend'),
          fileFolder: setting('FileDir'),
          passFolder: setting('PassDir'),
        },
        hasMfa: own.get(name)?.has('mfa_serial') === true,
      },
      told: [],
    }),
  })
}
