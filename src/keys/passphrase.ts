import { scrypt } from 'node:crypto'
import type { Context, Terminal } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { encodeText } from '../text/utf-8.ts'
import type { Hint } from '../text/words.ts'
import { holdTerminal } from '../ui/terminal.ts'
import { type SealedKey, unsealKey } from './key-file.ts'
import type { StoredKey } from './stored-key.ts'

/** So many wrong ones, and the command ends. */
const mostAttempts = 3

/** A passphrase, with what scrypt made of it for each salt that it was tried with. */
export class Passphrase {
  readonly #text: string
  readonly #secrets = new Map<string, Promise<Uint8Array>>()

  /** However it was typed: a letter with an accent is one character here and two there. */
  constructor(text: string) {
    this.#text = text.normalize('NFC')
  }

  isSame(other: Passphrase): boolean {
    return this.#text === other.#text
  }

  /** The secret for a salt in base64. It takes half a second, once for each salt. */
  derive(salt: string): Promise<Uint8Array> {
    const secret = this.#secrets.get(salt) ?? deriveSecret(this.#text, Buffer.from(salt, 'base64'))
    this.#secrets.set(salt, secret)
    return secret
  }

  /** The key in a file; undefined where this is not its passphrase, or the file was changed. */
  async open(file: SealedKey): Promise<StoredKey | undefined> {
    return unsealKey(file, await this.derive(file.salt))
  }

  /** Which of the files it opens, and which it does not though it opens others of the same salt: those were changed. */
  async sort(
    sealed: readonly SealedKey[],
  ): Promise<Readonly<Record<'opened' | 'damaged' | 'closed', readonly SealedKey[]>>> {
    const opened: SealedKey[] = []
    for (const file of sealed) if (await this.open(file)) opened.push(file)
    const isOwn = ({ salt }: SealedKey) => opened.some((file) => file.salt === salt)
    const rest = sealed.filter((file) => !opened.includes(file))
    return { opened, damaged: rest.filter(isOwn), closed: rest.filter((file) => !isOwn(file)) }
  }
}

/** scrypt with N 2^17, r 8 and p 1, which needs 128 MiB: twice as much as Node allows unless told. */
function deriveSecret(text: string, salt: Uint8Array): Promise<Uint8Array> {
  const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    scrypt(encodeText(text), salt, 32, cost, (error, secret) => (error ? reject(error) : resolve(secret)))
  })
}

export type PassphraseWorld = Pick<Context, 'terminal' | 'notify'>

/** The passphrases that have opened a key in this process. */
const knownPassphrases = new WeakMap<Terminal, Passphrase[]>()

export function listKnownPassphrases({ terminal }: PassphraseWorld): readonly Passphrase[] {
  return knownPassphrases.get(terminal) ?? []
}

export function rememberPassphrase({ terminal }: PassphraseWorld, passphrase: Passphrase): void {
  const known = knownPassphrases.get(terminal) ?? []
  if (!known.includes(passphrase)) knownPassphrases.set(terminal, [...known, passphrase])
}

/**
 * Asks for the passphrase of keys that are there, until `accept` takes one, and returns what that returns; a few times at most.
 * Throws AssumeError `passphrase-refused` with `refusal`, `passphrase-needed` without a terminal, and `cancelled`.
 */
export async function askForPassphrase<Answer>(
  world: PassphraseWorld,
  { label, refusal, hint }: { readonly label: string; readonly refusal: string; readonly hint: Hint },
  accept: (passphrase: Passphrase) => Promise<Answer | undefined>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await accept(await converse(world, hint, (ask) => ask(label)))
    if (answer !== undefined) return answer
    if (attempt === mostAttempts) throw new AssumeError('passphrase-refused', refusal, { hint })
    world.notify('that passphrase does not open it')
  }
}

/** Asks twice for a new passphrase. Throws AssumeError `passphrase-needed` without a terminal, and `cancelled`. */
export async function askForNewPassphrase(world: PassphraseWorld, hint: Hint): Promise<Passphrase> {
  return converse(world, hint, async (ask) => {
    for (;;) {
      const first = await ask('New passphrase for key files')
      const second = await ask('The same again')
      if (first.isSame(second)) return first
      world.notify('these two are not the same')
    }
  })
}

type Ask = (label: string) => Promise<Passphrase>

/** Has questions asked, between which the terminal shows nothing of what is typed either. */
async function converse(
  { terminal }: PassphraseWorld,
  hint: Hint,
  conversation: (ask: Ask) => Promise<Passphrase>,
): Promise<Passphrase> {
  if (!terminal.stderrIsTerminal) throw needPassphrase(hint)
  const { askForSecret, keepSilent } = await import('../ui/secret-question.ts')
  const check = (answer: string) => (answer === '' ? 'an answer is needed' : undefined)
  try {
    return await holdTerminal(terminal, (session) => {
      const ask = async (label: string) => new Passphrase(await askForSecret(session, { label, check }))
      return keepSilent(session, () => conversation(ask))
    })
  } catch (error) {
    throw error instanceof AssumeError && error.code === 'terminal-needed' ? needPassphrase(hint) : error
  }
}

/** The AssumeError for a passphrase that nobody can be asked for; `hint` is the command that asks. */
export function needPassphrase(hint: Hint): AssumeError {
  const message = 'the passphrase of the key files is needed, and there is nobody to ask'
  return new AssumeError('passphrase-needed', message, { hint })
}
