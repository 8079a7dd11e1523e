import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { readText } from './files/read-text.ts'

type Ports = Pick<Context, 'files' | 'notifyOnce'>

/**
 * Reads the certificates of NODE_EXTRA_CA_CERTS in the place of Node, the first time that they are asked for. As there, what
 * cannot be read costs a warning. Returns undefined, too, where Node has been left to read them: `path` is undefined then.
 */
export function createExtraCertificates(path: string | undefined, ports: Ports): () => string | undefined {
  if (path === undefined) return () => undefined
  let read: { readonly text: string | undefined } | undefined
  return () => {
    read ??= { text: readBundle(path, ports) }
    return read.text
  }
}

function readBundle(path: string, { files, notifyOnce }: Ports): string | undefined {
  const warn = (why: string) =>
    notifyOnce(`warning: the certificates of NODE_EXTRA_CA_CERTS are not used: ${why}`)
  try {
    const text = readText(files, path)
    if (text === undefined) warn(`there is no file ${printable(path)}`)
    return text
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    warn(error.message)
    return undefined
  }
}
