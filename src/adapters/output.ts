import { fstatSync, writeSync } from 'node:fs'

type OutputFd = 1 | 2

/** The streams that are in use already: what one of them has not written yet must stay before what comes next. */
const streams = new Map<OutputFd, NodeJS.WriteStream>()

/**
 * Writes text to stdout (1) or stderr (2), whole; what nobody reads any more (`assume list | head -1`) is dropped.
 * Only a terminal is written to through the streams of `process`, which take 2 ms to make.
 */
export function writeOutput(fd: OutputFd, text: string): void {
  const stream = streams.get(fd) ?? (fstatSync(fd).isCharacterDevice() ? openStream(fd) : undefined)
  if (stream) stream.write(text)
  else writeDirectly(fd, Buffer.from(text))
}

/** Writes text to a descriptor that blocks until it is read. Throws Node's errno errors. */
export function writeWhole(fd: number, text: string): void {
  for (let bytes = Buffer.from(text); bytes.length > 0; ) bytes = bytes.subarray(writeSync(fd, bytes))
}

function writeDirectly(fd: OutputFd, bytes: Buffer): void {
  let rest = bytes
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EPIPE') return
    if (code !== 'EAGAIN') throw error
    // Somebody has made the pipe non-blocking, and it is full: a stream can wait.
    openStream(fd).write(rest)
  }
}

function openStream(fd: OutputFd): NodeJS.WriteStream {
  const stream = fd === 1 ? process.stdout : process.stderr
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
  streams.set(fd, stream)
  return stream
}
