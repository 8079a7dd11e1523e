import { fstatSync } from 'node:fs'
import { AssumeError } from '../errors.ts'
import { writeWhole } from './output.ts'

const descriptor = 3

/** Gives the shell's function, or bin/assume, what it evaluates. Throws AssumeError `contract-mismatch` where neither waits for it. */
export function writeToChannel(text: string): void {
  if (!isPipe(descriptor)) throw new AssumeError('contract-mismatch', 'the shell did not open descriptor 3')
  writeWhole(descriptor, Buffer.from(text))
}

function isPipe(fd: number): boolean {
  try {
    const stat = fstatSync(fd)
    return stat.isFIFO() || stat.isSocket()
  } catch {
    return false
  }
}
