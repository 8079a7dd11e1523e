import { constants } from 'node:os'
import type { ProgramEnd } from '../context.ts'

/** How a program ended, from what execa returns with `reject: false`. */
export function describeEnd(result: {
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly code?: string | undefined
}): ProgramEnd {
  const { exitCode: status, signal, code } = result
  if (signal !== undefined && signal in constants.signals) return { signal: signal as NodeJS.Signals }
  if (status !== undefined) return { status }
  return { failure: code === 'ENOENT' ? 'not-found' : 'not-executable' }
}
