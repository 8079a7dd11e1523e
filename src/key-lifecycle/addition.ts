import type { Context } from '../context.ts'
import type { KeyStoreName } from '../keys/key-store.ts'
import type { FileKind } from '../profiles/config/header.ts'
import { loadProfiles, type Profiles } from '../profiles/profiles.ts'
import { shortenPath } from '../system/paths.ts'
import { formatProfileWord } from '../text/words.ts'
import { chooseKeyStore } from './choose-store.ts'
import { type AddedKey, formatKeyReport } from './key-report.ts'
import type { KeyStores } from './key-stores.ts'

/** One call of `assume keys add`. */
export interface Addition {
  readonly context: Context
  /** As they were before. */
  readonly profiles: Profiles
  readonly stores: KeyStores
  /** What `--store` names. */
  readonly named: string | undefined
  readonly saysYes: boolean
}

/**
 * The store for the key of a profile, or of several where none is named; `flag` is the one of the call. Throws what
 * `chooseKeyStore` throws.
 */
export function chooseStoreOf(
  { context, profiles, named }: Addition,
  name: string | undefined,
  flag: string,
): Promise<KeyStoreName> {
  const { paths, settings, config } = profiles
  const ofProfile = name === undefined ? undefined : config.profiles.get(name)?.values.get('assume_keys')
  return chooseKeyStore(context, paths, {
    settings,
    named,
    ofProfile,
    hint: (quote) =>
      ['os', 'file']
        .map((store) =>
          [
            'assume keys add',
            name === undefined ? '' : formatProfileWord(name, quote),
            flag,
            `--store ${store}`,
          ]
            .filter(Boolean)
            .join(' '),
        )
        .join('\n'),
  })
}

/** The report on a key that was added, by the files as they are now. */
export function reportKey({ context, profiles }: Addition, report: AddedKey): string {
  return formatKeyReport(loadProfiles(context, profiles.paths), report, context.quoteWord)
}

/** One of the AWS files as a person reads its path. */
export function nameAwsFile({ paths }: Pick<Profiles, 'paths'>, kind: FileKind): string {
  return shortenPath(kind === 'config' ? paths.awsConfig : paths.awsCredentials, paths)
}
