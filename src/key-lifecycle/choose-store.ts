import type { Context } from '../context.ts'
import { type KeyStoreName, keyStoreNames } from '../keys/key-store.ts'
import { editSettingsText, formatSettingValue, readSetting, type Settings } from '../settings/settings.ts'
import { checkSettingsOwnership } from '../settings/settings-file.ts'
import { leaveIndex } from '../switch/known-profiles.ts'
import { editText } from '../system/files/edit-file.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import type { Hint } from '../text/words.ts'
import { pickRow } from './key-questions.ts'

interface StoreChoice {
  readonly settings: Settings
  /** What the user has named on the command line. */
  readonly named?: string | undefined
  /** What the profile says in `assume_keys`. */
  readonly ofProfile?: string | undefined
  /** The command that names one. */
  readonly hint: Hint
}

const setting = 'assume_key_store'

/**
 * The store that a key is to lie in: the one that is named, else that of the profile, else that of the settings, else the one
 * that the user picks, which the settings then remember. Throws AssumeError `cancelled`, `confirmation-needed` where nobody
 * can be asked, `unsafe-file` and what an edit throws for the settings.
 */
export async function chooseKeyStore(
  context: Context,
  paths: Paths,
  { settings, named, ofProfile, hint }: StoreChoice,
): Promise<KeyStoreName> {
  const candidates = [named, ofProfile, readSetting(setting, settings)]
  const known = candidates.flatMap((each) => keyStoreNames.find((name) => name === each) ?? [])[0]
  if (known !== undefined) return known
  const index = await pickRow(context, {
    label: 'Store for keys',
    heading: ['STORE', 'KEYS LIE'],
    rows: [
      ['os', "in the system's keyring, which is open while you are logged in"],
      ['file', 'in encrypted files, which a passphrase opens'],
    ],
    refusal: 'no store for keys is chosen yet, and there is no terminal to ask on',
    hint,
  })
  const chosen = keyStoreNames[index] ?? 'file'
  checkSettingsOwnership(context, paths.settings)
  await editText(context, paths, paths.settings, (text) =>
    editSettingsText(text, setting, formatSettingValue(chosen)),
  )
  leaveIndex(context, { paths })
  context.notify(`${printable(shortenPath(paths.settings, paths))} remembers that: ${setting} = ${chosen}`)
  return chosen
}
