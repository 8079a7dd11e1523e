import { join } from 'node:path'
import { parseWebUrl } from '../aws/web-url.ts'
import { openInBrowser } from '../browser/open.ts'
import type { BrowserPreference } from '../browser/preference.ts'
import type { Context } from '../context.ts'
import { removeCredentials } from '../emit/credential-variables.ts'
import { AssumeError } from '../errors.ts'
import type { Hint } from '../text/words.ts'
import type { ConsoleLogin } from './login.ts'
import { formatLoginUrl } from './login-form.ts'

/** The address that opens it wherever it is pasted; of a form it is a secret. */
export function formatAddress(login: ConsoleLogin): string {
  return 'link' in login ? login.link.href : formatLoginUrl(login.form)
}

/**
 * Opens it in a browser, whose name it returns. A form gets there by a page on this machine, so that nothing of it stands in
 * the arguments of a program or the history of the browser. Throws AssumeError `program-failed`, whose hint is `otherwise`.
 */
export async function openLogin(
  context: Context,
  login: ConsoleLogin,
  preference: BrowserPreference,
  otherwise: Hint,
): Promise<string> {
  const url = 'link' in login ? login.link : await handOver(context, login.form)
  const browser = url && (await openInBrowser(context, url, preference))
  if (browser !== undefined) return browser
  const reason = url ? 'no browser could be started' : 'the page for the browser could not be made'
  throw new AssumeError('program-failed', `${reason} for the console`, { hint: otherwise })
}

async function handOver(context: Context, form: object): Promise<URL | undefined> {
  const program = join(context.installation, 'dist', 'hand-over.mjs')
  const env = removeCredentials(context.env)
  const line = await context.startServer(context.node, [program], { env, input: JSON.stringify(form) })
  return line === undefined ? undefined : parseWebUrl(line)
}

/** Throws AssumeError `terminal-needed` where there is no terminal to copy to. */
export function requireClipboard({ terminal }: Context): void {
  if (terminal.stderrIsTerminal) return
  throw new AssumeError('terminal-needed', '--copy needs a terminal, whose clipboard it is', {
    hint: 'assume console NAME --url',
  })
}

/** Puts text on the clipboard of the terminal, also of one at the other end of SSH: OSC 52, of xterm's "Control Sequences". */
export function copyToClipboard({ terminal }: Context, text: string): void {
  const session = terminal.open()
  try {
    session.output.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`)
  } finally {
    session.close()
  }
}
