import { keyStoreNames } from '../../keys/key-store.ts'
import { printable } from '../../text/redact.ts'
import { formatProfileWord } from '../../text/words.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Long-lived keys in plain text, and what is wrong with those in a store. */
export function checkKeys(facts: Facts): SetUpFinding[] {
  return [
    ...checkPlainKeys(facts),
    ...checkProfilesOfKeys(facts),
    ...checkStoredKeys(facts),
    ...facts.keyFaults.map(
      (seen): SetUpFinding => ({ level: 'error', seen, why: 'the key that it has is of no use' }),
    ),
  ]
}

function checkPlainKeys({ described, awsFiles }: Facts): SetUpFinding[] {
  return described.flatMap(({ name, kind, properties, files }): SetUpFinding[] => {
    const id = properties.get('aws_access_key_id')
    if (!id?.startsWith('AKIA')) return []
    const file = awsFiles[files.includes('credentials') ? 'credentials' : 'config']
    return [
      {
        level: 'warning',
        seen: `profile ${printable(name)} has a long-lived key in plain text in ${file} (AKIA…${printable(id.slice(-4))})`,
        why: 'it is good until somebody deletes it, for every program and every backup that reads the file',
        // What has another way to credentials beside the key, or a token, is no key that can be moved.
        mend:
          kind === 'static' && !properties.has('aws_session_token')
            ? (quote) => `assume keys add ${formatProfileWord(name, quote)} --from-credentials`
            : undefined,
      },
    ]
  })
}

/** A word in `assume_keys` that is no store is the profile's fault. */
function checkProfilesOfKeys({ described, storedKeys }: Facts): SetUpFinding[] {
  return described.flatMap(({ name, properties }): SetUpFinding[] => {
    const store = keyStoreNames.find((each) => each === properties.get('assume_keys'))
    const stored = storedKeys.filter(({ profileName }) => profileName === name)
    if (store === undefined || stored.some((each) => each.store === store)) return []
    const word = (quote: (word: string) => string) => formatProfileWord(name, quote)
    const isElsewhere = stored.length > 0
    return [
      {
        level: 'error',
        seen: `profile ${printable(name)} has assume_keys = ${store}, and that store has no key of it${isElsewhere ? ', but the other one' : ''}`,
        why: 'the profile gets no credentials without it',
        mend: (quote) => `assume keys add ${word(quote)}${isElsewhere ? ` --store ${store}` : ''}`,
      },
    ]
  })
}

/** Days after which a key is said to be old. */
const oldAge = 365

function checkStoredKeys({ described, storedKeys, now }: Facts): SetUpFinding[] {
  const named = new Set(
    described.flatMap(({ name, properties }) => (properties.has('assume_keys') ? [name] : [])),
  )
  return storedKeys.flatMap(({ profileName, store, accessKeyId, createdAt }): SetUpFinding[] => {
    const key = `the stored key of ${printable(profileName)} (${printable(accessKeyId.slice(0, 4))}…${printable(accessKeyId.slice(-4))})`
    if (!named.has(profileName)) {
      return [
        {
          level: 'warning',
          seen: `${key} belongs to no profile`,
          why: 'no tool gets at it without assume_keys and credential_process of the profile',
          mend: (quote) => `assume keys add ${formatProfileWord(profileName, quote)} --store ${store}`,
        },
      ]
    }
    const age = Math.floor((now - createdAt) / 86_400_000)
    if (age < oldAge) return []
    return [
      {
        level: 'warning',
        seen: `${key} is ${age} days old`,
        why: 'the longer a key is used, the more copies there may be of it',
        mend: (quote) => `assume keys rotate ${formatProfileWord(profileName, quote)}`,
      },
    ]
  })
}
