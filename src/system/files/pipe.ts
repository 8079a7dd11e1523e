import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { makeErrno } from './errno.ts'

/** The paths by which a shell hands over a pipe of its own: for `<(...)`, a redirection or a pipeline. */
const handedOver = /^\/(dev\/(stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/

/** Bytes, and milliseconds until the other end has to be closed. */
const mostBytes = 1 << 20
const patience = 5000

export function isHandedOver(path: string): boolean {
  return handedOver.test(path)
}

/**
 * What comes through a pipe until its other end is closed, read without holding up this process; undefined for what is
 * no pipe. Throws errno errors: EFBIG and ETIMEDOUT too.
 */
export async function readPipe(path: string): Promise<Uint8Array | undefined> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  if (!fstatSync(fd).isFIFO()) {
    closeSync(fd)
    return undefined
  }
  const { Socket } = await import('node:net')
  const pipe = new Socket({ fd, writable: false })
  const timer = setTimeout(() => pipe.destroy(makeErrno(path, 'ETIMEDOUT')), patience)
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of pipe as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > mostBytes) throw makeErrno(path, 'EFBIG')
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } finally {
    clearTimeout(timer)
  }
}
