import type { Context, Outcome } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { makeSalt, readSealedKeys, writeSealedKey } from '../keys/file-store.ts'
import type { SealedKey } from '../keys/key-file.ts'
import { askForNewPassphrase, askForPassphrase, type Passphrase } from '../keys/passphrase.ts'
import type { StoredKey } from '../keys/stored-key.ts'
import { locateEditLock, withLock } from '../system/lock/lock.ts'
import { locatePaths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord } from '../text/words.ts'

const hint = 'assume keys passphrase'

/**
 * `assume keys passphrase`: writes all key files anew, under another passphrase, each whole or not at all. A run that was killed
 * leaves files of two passphrases; the next one asks for both. Throws AssumeError `unknown-key` where there is no key file,
 * `passphrase-refused`, `passphrase-needed`, `damaged-key` and `cancelled` before anything is changed, and what reading and
 * writing throw.
 */
export async function changePassphrase(context: Context): Promise<Outcome> {
  const { keys, locks } = locatePaths(context.env, context.platform)
  const sealed = readSealedKeys(context, keys)
  if (sealed.length === 0)
    throw new AssumeError('unknown-key', 'no key lies in an encrypted file', { hint: 'assume keys' })
  const old = await askForAll(context, sealed)
  const passphrase = await askForNewPassphrase(context, hint)
  const salt = makeSalt()
  await passphrase.derive(salt)
  const count = await withLock(
    context,
    locateEditLock(locks, keys),
    'the change of stored keys',
    async () => {
      // What has come meanwhile counts, too.
      const files = readSealedKeys(context, keys)
      const opened = await Promise.all(
        files.map(async (file) => [file, await openWithAny(file, old)] as const),
      )
      for (const [{ profileName }, key] of opened) if (!key) throw refuseOther(profileName)
      for (const [{ profileName }, key] of opened)
        if (key) await writeSealedKey(context, keys, { profileName, key, passphrase, salt })
      return files.length
    },
  )
  return {
    notices: [`${count === 1 ? 'the key file has' : `all ${count} key files have`} the new passphrase`],
  }
}

/** Asks until all files are open. More than one passphrase is needed after a run that did not come to its end. */
async function askForAll(context: Context, sealed: readonly SealedKey[]): Promise<readonly Passphrase[]> {
  const old: Passphrase[] = []
  let closed = sealed
  while (closed.length > 0) {
    const names = closed.map(({ profileName }) => printable(profileName)).join(', ')
    if (old.length > 0)
      context.notify(`the passphrase of ${names} is another: an earlier change was interrupted`)
    const question = {
      label: old.length > 0 ? `Passphrase of ${names}` : 'Passphrase as it is now',
      refusal: `that is not the passphrase of ${names}; nothing was changed`,
      hint,
    }
    const rest = closed
    closed = await askForPassphrase(context, question, async (passphrase) => {
      const sorted = await passphrase.sort(rest)
      for (const { profileName } of sorted.damaged) throw refuseDamaged(profileName)
      if (sorted.opened.length === 0) return undefined
      old.push(passphrase)
      return sorted.closed
    })
  }
  return old
}

async function openWithAny(
  file: SealedKey,
  passphrases: readonly Passphrase[],
): Promise<StoredKey | undefined> {
  for (const passphrase of passphrases) {
    const key = await passphrase.open(file)
    if (key) return key
  }
  return undefined
}

function refuseDamaged(profileName: string): AssumeError {
  const message = `the file with the key of ${printable(profileName)} is damaged; nothing was changed`
  return new AssumeError('damaged-key', message, {
    hint: (quote) => `assume keys remove ${formatProfileWord(profileName, quote)}`,
  })
}

function refuseOther(profileName: string): AssumeError {
  const message = `a key of ${printable(profileName)} was stored just now under another passphrase; nothing was changed`
  return new AssumeError('passphrase-refused', message, { hint })
}
