import type { Outcome } from '../context.ts'
import { AssumeError, type ErrorCode } from '../errors.ts'
import { type KeyStoreName, keyStoreNames } from '../keys/key-store.ts'
import { printable } from '../text/redact.ts'
import { type Addition, chooseStoreOf, nameAwsFile, reportKey } from './addition.ts'
import { adoptKey } from './adopt-key.ts'
import { pickRow } from './key-questions.ts'
import { shortenKeyId } from './key-report.ts'
import { findPlainKey, listPlainKeys, type PlainKey } from './plain-key.ts'

/**
 * Moves the key of one profile out of the AWS files: of the one that the user picks where none is named. Throws AssumeError
 * `confirmation-needed` where nobody can be asked, and what `adoptKey` throws.
 */
export async function adoptOneKey(addition: Addition, name: string | undefined): Promise<Outcome> {
  const chosen = name ?? (await pickPlainKey(addition))
  if (chosen === undefined) return nothingToMove
  const storeName = await chooseStoreOf(addition, chosen, '--from-credentials')
  const output = await adopt(addition, chosen, storeName)
  return output === undefined ? { notices: ['nothing was changed'] } : { output }
}

/** What concerns one key alone: the others may be moved all the same. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'foreign-section',
  'keys-refused',
  'invalid-profile',
  'invalid-edit',
  'invalid-region',
  'confirmation-needed',
  'damaged-key',
  'rotation-stopped',
])

/**
 * Moves the key of every profile that has one, and names those that are refused, with exit status 1. Throws what concerns all of
 * them: that a store does not open, that a file cannot be written, that the user cancels.
 */
export async function adoptAllKeys(addition: Addition): Promise<Outcome> {
  const { context, profiles } = addition
  const names = listPlainKeys(profiles.documents)
  if (names.length === 0) return nothingToMove
  const storeName = await chooseStoreOf(addition, undefined, '--from-credentials --all')
  const notices: string[] = []
  let output = ''
  for (const name of names) {
    try {
      const moved = await adopt(addition, name, findStoreOf(addition, name) ?? storeName)
      if (moved === undefined) notices.push(`${printable(name)} stays as it is`)
      else output += moved
    } catch (error) {
      if (!(error instanceof AssumeError)) throw error
      if (!refusals.has(error.code)) {
        for (const line of output.split('\n').filter(Boolean)) context.notify(line)
        throw error
      }
      notices.push(formatRefusal(addition, error))
    }
  }
  return { output, notices, ...(notices.length > 0 && { exitStatus: 1 }) }
}

const nothingToMove: Outcome = { output: 'nothing to do: no profile has a key in the AWS files\n' }

function findStoreOf({ profiles, named }: Addition, name: string): KeyStoreName | undefined {
  const written = profiles.config.profiles.get(name)?.values.get('assume_keys')
  return named === undefined ? keyStoreNames.find((each) => each === written) : undefined
}

function formatRefusal({ context }: Addition, error: AssumeError): string {
  const hint = typeof error.advice === 'function' ? error.advice(context.quoteWord, () => '') : error.advice
  return hint === undefined ? error.message : `${error.message}\n  ${hint}`
}

/** The report; undefined where the user does not agree. */
async function adopt(
  addition: Addition,
  profileName: string,
  storeName: KeyStoreName,
): Promise<string | undefined> {
  const { context, profiles, stores, saysYes } = addition
  const { paths } = profiles
  const adoption = await adoptKey(context, { paths, profileName, storeName, stores, saysYes })
  if (adoption === 'declined') return undefined
  if (adoption === 'needless') return `nothing to do: ${printable(profileName)} has no key in the AWS files\n`
  const { accessKeyId, files } = adoption.key
  const arn = adoption.taken.identity?.arn
  const leftFiles = files.map((kind) => nameAwsFile(profiles, kind))
  return reportKey(addition, { profileName, storeName, accessKeyId, arn, leftFiles })
}

/** The profile whose key the user picks of those that can be moved; undefined where no profile has one. */
async function pickPlainKey({ context, profiles }: Addition): Promise<string | undefined> {
  const { documents } = profiles
  const names = listPlainKeys(documents)
  const faults: AssumeError[] = []
  const keys: PlainKey[] = []
  for (const name of names) {
    try {
      const key = findPlainKey(documents, name)
      if (key) keys.push(key)
    } catch (error) {
      if (!(error instanceof AssumeError)) throw error
      faults.push(error)
    }
  }
  if (keys.length === 0 && faults[0]) throw faults[0]
  if (keys.length === 0) return undefined
  const rows = keys.map(({ profileName, accessKeyId, files }) => [
    profileName,
    shortenKeyId(accessKeyId),
    files.map((kind) => nameAwsFile(profiles, kind)).join(', '),
  ])
  const index = await pickRow(context, {
    label: 'Key to move',
    heading: ['PROFILE', 'KEY', 'FILE'],
    rows,
    refusal: `there is no terminal to ask on which key to move: ${keys.map((key) => printable(key.profileName)).join(', ')}`,
    hint: 'assume keys add NAME --from-credentials\nassume keys add --from-credentials --all',
  })
  return keys[index]?.profileName
}
