import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * A sign that this process lives: a local socket (a named pipe on Windows), which the system closes however the
 * process ends. Unlike a process id it is never given to another, and unlike a heartbeat it stays while the process
 * is stopped, busy or asleep with its machine.
 */
export interface Presence {
  readonly address: string
  /** Ends it while the process goes on; everybody who watches it is told. */
  end(): void
}

/** The system takes no longer address than this (macOS has 104 bytes), and libuv cuts it off without a word. */
const addressLimit = 103

/** Shows the presence of this process at the first of `addresses` that can be used; throws an errno error. */
export async function showPresence(addresses: readonly string[]): Promise<Presence> {
  let failure: unknown = new Error('no address for a socket')
  for (const address of addresses.filter((address) => Buffer.byteLength(address) <= addressLimit)) {
    try {
      return await listen(address)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

async function listen(address: string): Promise<Presence> {
  const watchers = new Set<Socket>()
  const server = createServer((watcher) => {
    watchers.add(watcher)
    watcher.on('close', () => watchers.delete(watcher)).on('error', ignore)
    watcher.unref().resume()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(address, resolve)
  })
  server.on('error', ignore).unref()
  return { address, end: () => endAll(server, watchers) }
}

function endAll(server: Server, watchers: ReadonlySet<Socket>): void {
  server.close()
  for (const watcher of watchers) watcher.destroy()
}

function ignore(): void {}

/** What a connection fails with when no process listens at the address; any other failure says nothing. */
const absence = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTDIR', 'ENOTSOCK'])

/**
 * Waits while the process at `address` lives. `absent`: nobody is there. `unclear`: look again: the connection has
 * ended or could not be made, or `signal` was aborted.
 */
export function watchPresence(address: string, signal: AbortSignal): Promise<'absent' | 'unclear'> {
  return new Promise((resolve) => {
    let code: string | undefined
    const socket = connect(address)
    const leave = () => socket.destroy()
    signal.addEventListener('abort', leave)
    socket.on('error', (error: NodeJS.ErrnoException) => {
      code = error.code
    })
    socket.on('close', () => {
      signal.removeEventListener('abort', leave)
      resolve(code !== undefined && absence.has(code) ? 'absent' : 'unclear')
    })
    socket.resume()
  })
}
