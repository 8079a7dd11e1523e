import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server on loopback that does to each connection what it likes, once the first bytes of it have come. */
export interface RawServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  /** All that were opened. */
  readonly sockets: readonly Socket[]
  /** Bytes that the system has taken to be sent, on all connections. */
  readonly written: () => number
  /** Resolves when the connections that there were are all closed. */
  readonly abandoned: () => Promise<void>
}

/** It goes when the test is over, with the timers that depend on its connections. */
export async function startRawServer(act: (socket: Socket) => void): Promise<RawServer> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.once('data', () => act(socket))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    written: () =>
      sockets.reduce((sum, { bytesWritten, writableLength }) => sum + bytesWritten - writableLength, 0),
    async abandoned() {
      // One that is reset closes, too.
      await Promise.all(
        sockets.map((socket) => socket.closed || new Promise((resolve) => socket.once('close', resolve))),
      )
    },
  }
}

/** Sends a text, and then a piece again and again, one every 20 ms. */
export function drip(start: string, piece: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(start)
    const timer = setInterval(() => socket.write(piece), 20)
    socket.on('close', () => clearInterval(timer))
  }
}

/** Sends a text, and then as much as is taken, without an end. */
export function flood(start: string, piece: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(start)
    const chunk = Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)))
    const send = () => {
      while (socket.writable && socket.write(chunk));
    }
    socket.on('drain', send)
    send()
  }
}

export const okStart = 'HTTP/1.1 200 OK\r\n'
/** The beginning of an answer with a body of 1 GiB. */
export const giantStart = `${okStart}content-type: application/json\r\ncontent-length: ${2 ** 30}\r\n\r\n{`
