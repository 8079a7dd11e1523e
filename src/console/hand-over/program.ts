import { readFileSync, writeSync } from 'node:fs'
import type { LoginForm } from '../login-form.ts'
import { serveLogin } from './server.ts'

/**
 * The program that hands a login over to the browser when the command has long returned: it reads a `LoginForm` from stdin, writes
 * the address of the page to stdout as a line, and ends a minute later.
 */
const lifetime = 60_000

async function main(): Promise<void> {
  const form = JSON.parse(readFileSync(0, 'utf8')) as LoginForm
  const { url, close } = await serveLogin(form)
  writeSync(1, `${url}\n`)
  setTimeout(close, lifetime)
}

main().catch(() => {
  // Whoever started it hears it by the missing address, or has ended before; an error could quote the form.
  process.exit(1)
})
