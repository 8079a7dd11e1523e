import { X509Certificate } from 'node:crypto'
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
    const { sound, isBroken } = takeSound(text ?? '')
    if (isBroken) warn(`from the first on that is broken in ${printable(path)}`)
    return sound === '' ? undefined : sound
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    warn(error.message)
    return undefined
  }
}

const certificate = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/g

/** As Node takes them: in their order, up to the first that is broken. One with rules of its own for whom it is trusted is none. */
function takeSound(text: string): { readonly sound: string; readonly isBroken: boolean } {
  let sound = ''
  let end = 0
  for (const { 0: pem, 1: kind = '', index } of text.matchAll(certificate)) {
    if (kind.startsWith('TRUSTED') || !isSound(pem)) return { sound, isBroken: true }
    sound += `${pem}\n`
    end = index + pem.length
  }
  return { sound, isBroken: /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(text.slice(end)) }
}

function isSound(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
