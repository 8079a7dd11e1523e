import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import { printable } from '../../text/redact.ts'
import { formatLocalTime } from '../../text/time.ts'
import { formatProfileWord } from '../../text/words.ts'
import { confirm } from '../../ui/confirm.ts'
import { canAsk, holdTerminal, needYes } from '../../ui/terminal.ts'
import { isForgotten, type OtherKey } from './rotation.ts'

/**
 * Shows the key that takes the place of a new one, and comes back where it is to be deleted. Throws AssumeError `rotation-stopped`
 * where it is not, `confirmation-needed` where nobody can be asked, and `cancelled`.
 */
export async function agreeToDelete(
  context: Context,
  { profileName, own, other, saysYes }: OtherKeyQuestion,
): Promise<void> {
  const { notify, now, terminal } = context
  const id = printable(other.accessKeyId)
  notify(`AWS allows a user two keys, and that of ${printable(profileName)} has two:`)
  notify(`  ${printable(own)}: active, the stored one`)
  notify(`  ${id}: ${describeKey(other, now())}`)
  const command = `assume keys rotate`
  const stop = (reason: string) =>
    new AssumeError('rotation-stopped', `there is no room for a new key: ${reason}`, {
      hint: (quote) =>
        `delete it, or make it inactive, in the IAM console, then: ${command} ${formatProfileWord(profileName, quote)}`,
    })
  if (other.isActive) throw stop(`${id} is active, and something may use it`)
  if (saysYes) {
    if (isForgotten(other, now())) return
    throw stop(`${id} is inactive, but was in use within the last 90 days: that is no matter for --yes`)
  }
  if (!canAsk(terminal)) {
    throw needYes((quote) => `${command} ${formatProfileWord(profileName, quote)} --yes`)
  }
  const question = `Delete ${id}? A key that is deleted does not come back.`
  if (!(await holdTerminal(terminal, (session) => confirm(session, question, false))))
    throw stop(`${id} stays`)
}

interface OtherKeyQuestion {
  readonly profileName: string
  /** The id of the stored key. */
  readonly own: string
  readonly other: OtherKey
  readonly saysYes: boolean
}

function describeKey({ isActive, createdAt, lastUse }: OtherKey, now: number): string {
  const use =
    lastUse === undefined
      ? 'nobody may know when it was used last'
      : lastUse === 'never'
        ? 'never used'
        : `used last at ${formatLocalTime(lastUse, now)}`
  return `${isActive ? 'active' : 'inactive'}, made at ${formatLocalTime(createdAt, now)}, ${use}`
}
