import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { chooseLook, holdTerminal } from '../ui/terminal.ts'

interface Options {
  /** The code of `--mfa-code`. */
  readonly mfaCode?: string | undefined
  /** Whether the terminal may be asked. */
  readonly mayAsk: boolean
  /** Asks the plugins for a code of a device; absent where none has any. */
  readonly askPlugins?: ((serial: string) => Promise<string | undefined>) | undefined
}

/** How often a code is asked for that AWS does not take. */
const attempts = 3

/** The MFA codes for one chain of roles. AWS takes each code once, so a second call needs another one. */
export class MfaCodes {
  readonly #context: Context
  readonly #mayAsk: boolean
  readonly #askPlugins: Options['askPlugins']
  readonly #askedFor = new Set<string>()
  #given: string | undefined
  #isUsed = false

  constructor(context: Context, { mfaCode, mayAsk, askPlugins }: Options) {
    this.#context = context
    this.#mayAsk = mayAsk
    this.#askPlugins = askPlugins
    this.#given = mfaCode
  }

  /** Whether there is somebody to ask. */
  get canAsk(): boolean {
    return this.#mayAsk && this.#context.terminal.stderrIsTerminal
  }

  /** Throws AssumeError `mfa-needed` where there is nobody who could have a code, before anything else is asked for. */
  require(serial: string): void {
    const isKnown = this.#given !== undefined || (this.#askPlugins && !this.#askedFor.has(serial))
    if (!isKnown && !this.canAsk) throw codeNeeded(serial, this.#isUsed)
  }

  /**
   * What `send` gets with a code of the device `serial`, without one for none. Another is asked for where AWS does not take it.
   * Throws AssumeError `mfa-needed`, `mfa-refused`, `cancelled`, and what `send` throws.
   */
  async use<Answer>(
    serial: string | undefined,
    send: (code?: string) => Promise<Answer | 'wrong-code'>,
  ): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const code = serial === undefined ? undefined : await this.#take(serial)
      const answer = await send(code)
      if (answer !== 'wrong-code') return answer
      const message = `AWS does not take this code for ${printable(serial ?? 'no device')}`
      if (attempt === attempts || !this.canAsk) {
        throw new AssumeError('mfa-refused', message, {
          hint: 'each code is good once: wait for the next one, and look at mfa_serial',
        })
      }
      this.#context.notify(message)
    }
  }

  /**
   * A code of the device `serial`: the given one, else that of a plugin, else one that is asked for. Throws AssumeError
   * `mfa-needed`, `cancelled`, and what a required plugin fails with.
   */
  async #take(serial: string): Promise<string> {
    const known = this.#given ?? (await this.#takeFromPlugins(serial))
    this.#given = undefined
    if (known === undefined && !this.canAsk) throw codeNeeded(serial, this.#isUsed)
    this.#isUsed = true
    return known ?? askMfaCode(this.#context, serial)
  }

  /** Once for each device: a second code of the same half minute would be the same. */
  async #takeFromPlugins(serial: string): Promise<string | undefined> {
    if (!this.#askPlugins || this.#askedFor.has(serial)) return undefined
    this.#askedFor.add(serial)
    return this.#askPlugins(serial)
  }
}

/** The code that the user types for the device `serial`. Throws AssumeError `cancelled`. */
async function askMfaCode(context: Context, serial: string): Promise<string> {
  const { askForText } = await import('../ui/text-question.ts')
  const question = { label: `MFA code for ${serial}`, check: checkCode }
  return holdTerminal(context.terminal, (session) => askForText(session, question, chooseLook(context)))
}

function checkCode(code: string): string | undefined {
  return /^\d{6}$/.test(code) ? undefined : 'a code has six digits'
}

function codeNeeded(serial: string, isSecond: boolean): AssumeError {
  const device = printable(serial)
  return new AssumeError(
    'mfa-needed',
    isSecond
      ? `another MFA code of ${device} is needed: AWS takes each code once`
      : `an MFA code of ${device} is needed, and there is nobody to ask`,
    { hint: isSecond ? 'assume it on a terminal, or the role below it first' : '--mfa-code N' },
  )
}
