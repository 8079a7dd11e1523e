import type { Context } from '../context.ts'
import { askForSecret } from '../ui/secret-question.ts'
import { chooseLook, holdTerminal } from '../ui/terminal.ts'
import { askForText } from '../ui/text-question.ts'
import { checkKeyId, checkSecret, type GivenKey } from './given-key.ts'

/** A key that the user types, the secret unseen. Throws AssumeError `cancelled`. */
export function askForKey(context: Context): Promise<GivenKey> {
  return holdTerminal(context.terminal, async (session) => {
    const look = chooseLook(context)
    const accessKeyId = await askForText(session, { label: 'Access key ID', check: checkKeyId }, look)
    const secret = await askForSecret(session, {
      label: 'Secret access key (not shown)',
      check: (typed) => checkSecret(typed.trim()),
    })
    return { accessKeyId, secretAccessKey: secret.trim() }
  })
}
