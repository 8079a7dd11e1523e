import { readFileSync, writeSync } from 'node:fs'
import type { LoginForm } from '../login-form.ts'
import { serveLogin } from './server.ts'

/**
 * The program that hands a login over to the browser when the command has long returned: it reads a `LoginForm` from stdin, writes
 * the address of the page to stdout as a line, and ends when nobody is served any more.
 */
async function main(): Promise<void> {
  const { url } = await serveLogin(JSON.parse(readFileSync(0, 'utf8')) as LoginForm)
  writeSync(1, `${url}\n`)
}

main().catch(() => {
  // Whoever started it hears it by the missing address; an error could quote the form.
  process.exitCode = 1
})
