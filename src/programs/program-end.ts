import { constants } from 'node:os'
import type { ProgramEnd, StartFailure } from '../program-ports.ts'

/** How a program ended, as Node and execa with `reject: false` say it. */
export function describeEnd(result: {
  readonly exitCode?: number | null | undefined
  readonly signal?: string | null | undefined
  readonly code?: string | undefined
}): ProgramEnd {
  const { exitCode: status, signal } = result
  if (typeof signal === 'string' && signal in constants.signals) return { signal: signal as NodeJS.Signals }
  return typeof status === 'number' ? { status } : describeStartFailure(result)
}

/** Why a program could not be started, by the error code of the system. */
export function describeStartFailure({ code }: { readonly code?: string | undefined }): {
  readonly failure: StartFailure
} {
  return { failure: code === 'ENOENT' ? 'not-found' : 'not-executable' }
}
