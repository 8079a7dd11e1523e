import { createHash } from 'node:crypto'
import { escapeMarkup } from '../../text/markup.ts'
import type { LoginForm } from '../login-form.ts'

/** A page with the policy that it is shown under. */
export interface GuardedPage {
  readonly html: string
  /** A Content-Security-Policy. */
  readonly policy: string
}

const script = 'document.forms[0].submit()'
const style =
  'body{font:1.1rem/1.5 system-ui,sans-serif;margin:20vh auto 0;max-width:34rem;padding:0 1rem;color:#222;background:#fff}' +
  '@media(prefers-color-scheme:dark){body{color:#ddd;background:#111}}'

/** The page that signs the browser in by itself, with a button for a browser that runs no scripts. */
export function renderLoginPage({ action, fields, targets }: LoginForm): GuardedPage {
  const inputs = Object.entries(fields)
    .map(
      ([name, value]) => `<input type="hidden" name="${escapeMarkup(name)}" value="${escapeMarkup(value)}">`,
    )
    .join('\n')
  return {
    html: frame(
      'Opening the AWS console',
      `<form method="post" action="${escapeMarkup(action)}">\n${inputs}\n<button>Open the AWS console</button>\n</form>\n<script>${script}</script>`,
    ),
    policy: `${basePolicy}; script-src 'sha256-${hash(script)}'; form-action ${targets.join(' ')}`,
  }
}

/** The page for whoever comes too late, or asks for something else. */
export function renderGonePage(): GuardedPage {
  const text =
    'This login was fetched already, or is of another user. If it was not your browser that fetched it, another program on this machine did. ' +
    'For another one run <code>assume console</code> again; <code>assume console --url</code> prints the address instead.'
  return {
    html: frame('Nothing here any more', `<p>${text}</p>`),
    policy: `${basePolicy}; form-action 'none'`,
  }
}

const basePolicy = `default-src 'none'; style-src 'sha256-${hash(style)}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`

function frame(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>${title} - assume</title>
<style>${style}</style>
<h1>${title}</h1>
${body}
</html>
`
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
