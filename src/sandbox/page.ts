import { createHash } from 'node:crypto'
import { escapeMarkup } from '../text/markup.ts'
import type { Reply } from './call.ts'
import type { SandboxUser } from './directory.ts'

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem;color:#16191f}
input,button{font:inherit;padding:.5rem;margin-right:.5rem;border:1px solid #16191f;border-radius:4px;background:#fff}
button{padding:.5rem 1.5rem}input{width:8em;text-transform:uppercase}
button[value=allow]{background:#16191f;color:#fff}code{font-size:1.2em}footer{margin-top:3rem;color:#687078}`

/** A whole page; `content` is HTML. */
export function replyPage(title: string, content: string, status = 200): Reply {
  return writePage(title, content, status, '')
}

/** A page with the one script that may run in it. Its forms lead nowhere else. */
export function replyScriptedPage(title: string, content: string, script: string): Reply {
  const hash = createHash('sha256').update(script).digest('base64')
  const rules = `; script-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'`
  return writePage(title, `${content}\n<script>${script}</script>`, 200, rules)
}

function writePage(title: string, content: string, status: number, moreRules: string): Reply {
  const body =
    `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeMarkup(title)}</title>` +
    `<link rel="icon" href="data:,"><style>${style}</style></head>\n` +
    `<body><main><h1>${escapeMarkup(title)}</h1>\n${content}\n</main>` +
    `<footer>assume sandbox: a local Identity Center. Nothing here reaches AWS.</footer></body></html>\n`
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src data:${moreRules}`,
    },
    body,
  }
}

/** The page with the Allow and the Deny button. `fields` come back with the answer; a choice of users if several. */
export function replyQuestion(question: {
  action: string
  fields: Readonly<Record<string, string>>
  /** HTML. */
  text: string
  users: readonly SandboxUser[]
}): Reply {
  const options = question.users.map(({ name }) => `<option>${escapeMarkup(name)}</option>`)
  const choice =
    options.length > 1 ? `<p><label>User <select name="user">${options.join('')}</select></label></p>` : ''
  return replyPage(
    'Allow access?',
    `${question.text}\n<form method="post" action="${question.action}">${writeHiddenFields(question.fields)}${choice}\n` +
      `<button name="decision" value="allow" id="allow">Allow</button>` +
      `<button name="decision" value="deny" id="deny">Deny</button></form>`,
  )
}

/** Fields that a form sends and nobody sees; the names are used as they are. */
export function writeHiddenFields(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeMarkup(value)}">`)
    .join('')
}
