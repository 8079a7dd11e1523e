import { fstatSync, statSync, writeSync } from 'node:fs'
import { AssumeError } from '../errors.ts'
import { nullDevice } from './null-device.ts'

type OutputFd = 1 | 2

/** The streams that are in use already: what one of them has not written yet must stay before what comes next. */
const streams = new Map<OutputFd, NodeJS.WriteStream>()

/**
 * Writes text to stdout (1) or stderr (2), whole; what nobody reads any more (`assume list | head -1`) is dropped, and so is
 * what stderr cannot take: there is nowhere to say so. Only a terminal is written to through the streams of `process`,
 * which take 2 ms to make. Throws AssumeError `unwritable-file` for stdout.
 */
export function writeOutput(fd: OutputFd, text: string): void {
  const stream = streams.get(fd) ?? (canBeTerminal(fd) ? openTerminal(fd) : undefined)
  if (stream) stream.write(text)
  else writeDirectly(fd, Buffer.from(text))
}

/** Whether only Node's streams and node:tty can tell what a descriptor is: to load those takes 3 ms. */
export function canBeTerminal(fd: number): boolean {
  try {
    const stat = fstatSync(fd)
    return (
      stat.isCharacterDevice() && (process.platform === 'win32' || stat.rdev !== statSync(nullDevice).rdev)
    )
  } catch {
    return false
  }
}

/** Writes all of it to a descriptor that blocks until it is taken. Throws Node's errno errors. */
export function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
}

function writeDirectly(fd: OutputFd, bytes: Buffer): void {
  let rest = bytes
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Somebody has made the pipe non-blocking, and it is full: a stream can wait.
    if (code === 'EAGAIN') openStream(fd).write(rest)
    else if (code !== 'EPIPE' && fd === 1) throw describeFailure(error)
  }
}

/** Undefined for a device that is no terminal. */
function openTerminal(fd: OutputFd): NodeJS.WriteStream | undefined {
  return streamOf(fd).isTTY ? openStream(fd) : undefined
}

/** Stdout or stderr as a stream of `process`, which fails in the same way. */
export function openStream(fd: OutputFd): NodeJS.WriteStream {
  const known = streams.get(fd)
  if (known) return known
  const stream = streamOf(fd)
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    if (fd === 2) return
    writeOutput(2, `assume: ${describeFailure(error).message}\n`)
    process.exit(1)
  })
  streams.set(fd, stream)
  return stream
}

function streamOf(fd: OutputFd): NodeJS.WriteStream {
  return fd === 1 ? process.stdout : process.stderr
}

function describeFailure(cause: unknown): AssumeError {
  const { code } = cause as NodeJS.ErrnoException
  const reason = code === 'ENOSPC' ? 'there is no space left' : code
  return new AssumeError('unwritable-file', `cannot write to stdout: ${reason}`, { cause })
}
