import { readFileSync, writeSync } from 'node:fs'
import type { LoginForm } from '../login-form.ts'
import { connectionTables, isOfAnotherUser, type PeerPorts } from './peer.ts'
import { serveLogin } from './server.ts'

/**
 * The program that hands a login over to the browser when the command has long returned: it reads a `LoginForm` from stdin, writes
 * the address of the page to stdout as a line, and ends when nobody is served any more.
 */
async function main(): Promise<void> {
  const form = JSON.parse(readFileSync(0, 'utf8')) as LoginForm
  const { url } = await serveLogin(form, isStranger)
  writeSync(1, `${url}\n`)
}

/** Nobody is one where the system does not say whose a connection is. */
function isStranger(peer: PeerPorts): boolean {
  const userId = process.getuid?.()
  return userId !== undefined && isOfAnotherUser(peer, userId, connectionTables.map(read))
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

main().catch(() => {
  // Whoever started it hears it by the missing address, or has ended before; an error could quote the form.
  process.exit(1)
})
