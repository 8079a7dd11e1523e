import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type ListenOptions, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { describeFailure } from '../system/files/atomic-write.ts'
import { checkCacheFolder } from '../system/files/cache-file.ts'
import { locateEditLock, withLock } from '../system/lock/lock.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, type Hint } from '../text/words.ts'
import { formatCredentials, formatFailure } from './answer.ts'
import { type Door, refuseGuest } from './guest.ts'
import { canBeSocket } from './place.ts'
import type { CredentialSupply } from './supply.ts'

/** A door that is open until it is closed. */
export interface OpenDoor {
  /** Ends every connection, and removes the socket where it is still ours. */
  close(): void
}

/** Why the system lets nobody listen at a port. */
function explain(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return 'something listens there already'
  return code === 'EACCES' ? 'the system keeps this port for itself' : (code ?? 'the system refuses it')
}

type Take = CredentialSupply['take']
type World = Pick<
  Context,
  'cleanups' | 'env' | 'files' | 'interruption' | 'notify' | 'now' | 'pid' | 'platform' | 'user'
>

/** Of more at once who stands there longest goes without, so that nobody keeps the others out by standing there. */
const mostGuests = 800

/** Opens a port of 127.0.0.1; 0 for one of the system's choice. Throws AssumeError `address-taken`. */
export async function openPort(
  { now }: World,
  take: Take,
  {
    port,
    token,
    profileName,
  }: { readonly port: number; readonly token: string; readonly profileName: string },
): Promise<OpenDoor & { readonly address: string }> {
  let address = ''
  const server = createGuestServer(now, take, () => ({ kind: 'port', address, token }))
  try {
    await listen(server, { host: '127.0.0.1', port })
  } catch (cause) {
    throw new AssumeError('address-taken', `cannot listen at 127.0.0.1:${port}: ${explain(cause)}`, {
      hint: (quote) => `assume serve ${formatProfileFlag(profileName, quote)} --port 0`,
      cause,
    })
  }
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { address, close: () => closeServer(server) }
}

/**
 * Opens a socket, 0600 from its first moment. What a server has left that was killed is replaced; what lives, or is no socket,
 * is not. Throws AssumeError `address-taken`, `unsafe-file`, `unwritable-file`.
 */
export async function openSocket(
  world: World,
  paths: Pick<Paths, 'locks'>,
  take: Take,
  { path, profileName }: { readonly path: string; readonly profileName: string },
): Promise<OpenDoor> {
  const { files, now, cleanups } = world
  const folder = dirname(path)
  if (!canBeSocket(path)) {
    throw new AssumeError('address-taken', `no socket can be at ${printable(path)}: the path is too long`, {
      hint: adviseOtherPlace(profileName),
    })
  }
  makeFolder(world, folder)
  return withLock(world, locateEditLock(paths.locks, path), `the socket ${printable(path)}`, async () => {
    await checkPlace(files, path, profileName)
    const server = createGuestServer(now, take, () => ({ kind: 'socket' }))
    // In a folder that nobody else can enter it gets its mode, and only then its place.
    const stage = join(folder, `.${randomBytes(6).toString('base64url')}`)
    try {
      files.makeDirectory(stage, 0o700)
      await listen(server, { path: join(stage, 's') })
      files.setMode(join(stage, 's'), 0o600)
      files.rename(join(stage, 's'), path)
    } catch (cause) {
      closeServer(server)
      throw describeFailure(path, cause)
    } finally {
      files.remove(stage)
    }
    const inode = files.statEntry(path)?.inode
    const remove = () => {
      if (files.statEntry(path)?.inode === inode) files.remove(path)
    }
    cleanups.add(remove)
    const close = () => {
      closeServer(server)
      remove()
      cleanups.delete(remove)
    }
    return { close }
  })
}

function makeFolder(world: World, folder: string): void {
  try {
    if (!world.files.stat(folder)) world.files.makeDirectory(folder, 0o700)
  } catch (cause) {
    throw describeFailure(folder, cause)
  }
  checkCacheFolder(world, folder)
}

/** A name as short as can be, in the current folder. */
function adviseOtherPlace(profileName: string): Hint {
  return (quote) => `assume serve ${formatProfileFlag(profileName, quote)} --socket other.sock`
}

async function checkPlace(files: World['files'], path: string, profileName: string): Promise<void> {
  const found = files.statEntry(path)
  if (!found) return
  const isSocket = found.kind === 'socket'
  if (isSocket && !(await isAlive(path))) return
  const reason = isSocket ? 'another server answers there' : 'it is no socket'
  throw new AssumeError('address-taken', `cannot listen at ${printable(path)}: ${reason}`, {
    hint: adviseOtherPlace(profileName),
  })
}

/** Whether a process listens at a socket: what a killed one has left refuses. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    const tell = (alive: boolean) => {
      socket.destroy()
      resolve(alive)
    }
    socket.once('connect', () => tell(true))
    socket.once('error', ({ code }: NodeJS.ErrnoException) => tell(!absent.has(code ?? '')))
  })
}

const absent = new Set(['ECONNREFUSED', 'ENOENT'])

function createGuestServer(now: World['now'], take: Take, door: () => Door): Server {
  const server = createServer({ maxHeaderSize: 8192 }, (request, response) => {
    const { status, body } = answer(request, take, door(), now())
    send(response, status, body)
  })
  const guests = new Set<Socket>()
  server.on('connection', (guest) => {
    guests.add(guest)
    guest.once('close', () => guests.delete(guest))
    const [first] = guests
    if (guests.size > mostGuests) first?.destroy()
  })
  return server
}

function answer(
  { method, url: target, headersDistinct: headers }: IncomingMessage,
  take: Take,
  door: Door,
  now: number,
): { status: number; body: string } {
  const refusal = refuseGuest({ method, target, headers }, door)
  if (refusal) return { status: refusal.status, body: formatFailure(refusal) }
  const taken = take()
  if ('code' in taken) return { status: 503, body: formatFailure(taken) }
  return { status: 200, body: formatCredentials(taken, now) }
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(body)
}

function listen(server: Server, place: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    // Of what comes later nobody hears: a guest who could not be let in is no matter of the others.
    server.on('error', reject)
    server.listen(place, resolve)
  })
}

function closeServer(server: Server): void {
  server.close()
  server.closeAllConnections()
}
