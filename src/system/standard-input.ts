import { AssumeError } from '../errors.ts'
import { decodeText } from '../text/utf-8.ts'

/** What is longer is no key, and no list of them. */
const mostBytes = 1 << 20

/** The text that comes on stdin, until its other end is closed. Throws AssumeError `unreadable-file` for more than 1 MiB. */
export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) throw new AssumeError('unreadable-file', 'cannot read stdin: it is too long')
    chunks.push(chunk)
  }
  return decodeText(Buffer.concat(chunks))
}
