import type { Context, Outcome } from '../context.ts'
import { hasKeyEntry, listKeyFacts } from '../keys/key-facts.ts'
import { type KeyStoreName, keyStoreNames } from '../keys/key-store.ts'
import { readProfiles } from '../switch/known-profiles.ts'
import { locatePaths } from '../system/paths.ts'
import { formatJson } from '../text/json-text.ts'
import { printable } from '../text/redact.ts'
import { describeSpan, formatInstant } from '../text/time.ts'
import { formatProfileWord } from '../text/words.ts'
import { formatColumns } from '../ui/columns.ts'
import { type ListedKey, listStoredKeys } from './key-listing.ts'
import { listPlainKeys } from './plain-key.ts'

/** `assume keys`: the stored keys by id and age. No store is opened. Throws as `readProfiles` does. */
export async function listKeys(context: Context, isJson: boolean): Promise<Outcome> {
  const paths = locatePaths(context.env, context.platform)
  const { config, documents } = readProfiles(context, { paths })
  const wanted = new Map(
    [...config.profiles].map(([name, { values }]) => [name, findStoreName(values.get('assume_keys'))]),
  )
  const hasEntry = (store: KeyStoreName, name: string) => hasKeyEntry(context, paths, store, name)
  const keys = listStoredKeys(listKeyFacts(context, paths), wanted, hasEntry)
  if (isJson) return { output: formatJson(keys.map(toJson)) }
  if (keys.length === 0) {
    const source = listPlainKeys(documents).length > 0 ? '--from-credentials' : 'NAME'
    return { notices: [`no key is stored yet\n  assume keys add ${source}`] }
  }
  const now = context.now()
  const output = await formatColumns(
    [
      { title: 'PROFILE', cells: keys.map(({ name }) => name) },
      { title: 'STORE', cells: keys.map(({ store }) => store) },
      { title: 'KEY', cells: keys.map(({ accessKeyId }) => accessKeyId ?? '-') },
      { title: 'AGE', cells: keys.map(({ createdAt }) => (createdAt ? describeSpan(now - createdAt) : '-')) },
    ],
    { width: context.terminal.stdoutColumns },
  )
  return { output, notices: keys.flatMap((key) => describeProblem(key, context)) }
}

function findStoreName(text: string | undefined): KeyStoreName | undefined {
  return keyStoreNames.find((each) => each === text)
}

/** What is not known is absent. Times are RFC 3339. */
function toJson({ createdAt, ...rest }: ListedKey) {
  return { ...rest, createdAt: formatInstant(createdAt) }
}

function describeProblem({ name, store, problem }: ListedKey, { quoteWord }: Context): string[] {
  const profile = printable(name)
  const word = formatProfileWord(name, quoteWord)
  switch (problem) {
    case 'no-profile':
      return [
        `warning: a key of ${profile} is stored, and there is no such profile\n  assume keys remove ${word}`,
      ]
    case 'unused':
      return [
        `warning: a key of ${profile} is stored, and the profile does not say assume_keys = ${store}\n  assume keys remove ${word}`,
      ]
    case 'missing':
      return [
        `warning: profile ${profile} says assume_keys = ${store}, and no key of it is there\n  assume keys add ${word} --store ${store}`,
      ]
    case 'unusable':
      return [
        `warning: profile ${profile} says assume_keys = ${store}, and what is there cannot be used\n  assume login ${word}`,
      ]
    default:
      return []
  }
}
