import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { parseKeyFile, parseKeyringNote } from './key-file.ts'
import { type KeyFolderWorld, listKeyFiles, locateKeyFile, readKeyFile } from './key-folder.ts'
import { type KeyFacts, type KeyStoreName, keyStoreNames } from './key-store.ts'

export type KeyFactsWorld = KeyFolderWorld & Pick<Context, 'notifyOnce'>

/**
 * All stored keys by their profile, in no store's order, as the files beside say: no store is opened. A file that cannot be read
 * or is none of ours is left out, and a warning names it.
 */
export function listKeyFacts(world: KeyFactsWorld, { keys }: Pick<Paths, 'keys'>): KeyFacts[] {
  const facts = keyStoreNames.flatMap((store) =>
    attempt(world, () => listKeyFiles(world, keys, store)).flatMap((path) => {
      const found = attempt(world, () => readFacts(world, path, store))
      return found.length === 0 || locateKeyFile(keys, store, found[0]?.profileName ?? '') === path
        ? found
        : []
    }),
  )
  return facts.sort((a, b) => compareText(a.profileName, b.profileName))
}

/** What is stored for one profile, one for each store that has a key of it; as `listKeyFacts` else. */
export function findKeyFacts(
  world: KeyFactsWorld,
  { keys }: Pick<Paths, 'keys'>,
  profileName: string,
): KeyFacts[] {
  return keyStoreNames.flatMap((store) =>
    attempt(world, () => readFacts(world, locateKeyFile(keys, store, profileName), store)).filter(
      (facts) => facts.profileName === profileName,
    ),
  )
}

/** Whether there is anything in the place of what is known of a key, be it readable or not. */
export function hasKeyEntry(
  { files }: Pick<Context, 'files'>,
  { keys }: Pick<Paths, 'keys'>,
  store: KeyStoreName,
  profileName: string,
): boolean {
  try {
    return files.statEntry(locateKeyFile(keys, store, profileName)) !== undefined
  } catch {
    return false
  }
}

function readFacts(world: KeyFactsWorld, path: string, store: KeyStoreName): KeyFacts[] {
  const text = readKeyFile(world, path)
  if (text === undefined) return []
  const header = store === 'file' ? parseKeyFile(text) : parseKeyringNote(text)
  if (!header) {
    world.notifyOnce(`warning: ${describeDamage(path)}`)
    return []
  }
  const { profileName, accessKeyId, createdAt } = header
  return [{ profileName, store, accessKeyId, createdAt }]
}

/** What is wrong with a file in the folder of keys that is none. */
export function describeDamage(path: string): string {
  return `${printable(path)} is damaged, or of another version of assume`
}

function attempt<Found>({ notifyOnce }: KeyFactsWorld, read: () => Found[]): Found[] {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    notifyOnce(`warning: ${error.message}${error.hint === undefined ? '' : `\n  ${error.hint}`}`)
    return []
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
