import type { Context } from '../context.ts'
import { chooseLook, holdTerminal } from '../ui/terminal.ts'
import { askForText } from '../ui/text-question.ts'

/** The answer to what a plugin wants to know. Throws AssumeError `cancelled`. */
export function askUser(context: Context, name: string, label: string): Promise<string> {
  const question = { label: `${name}: ${label}`, check: () => undefined }
  return holdTerminal(context.terminal, (session) => askForText(session, question, chooseLook(context)))
}
