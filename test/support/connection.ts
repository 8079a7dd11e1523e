import type { Connection } from '../../src/aws/http.ts'
import { serviceLimits } from '../../src/aws/limits.ts'
import type { Limits } from '../../src/context.ts'

/** A connection with these limits in place of the usual ones, and what it has told of. */
export interface TestConnection extends Connection {
  readonly traced: string[]
  readonly told: string[]
}

export function createConnection({
  limits,
  stderrIsTerminal = false,
  ...rest
}: Partial<Omit<Connection, 'limits'>> & {
  limits?: Partial<Limits>
  stderrIsTerminal?: boolean
} = {}): TestConnection {
  const traced: string[] = []
  const told: string[] = []
  return {
    limits: { ...serviceLimits, ...limits },
    interruption: new AbortController().signal,
    terminal: { stderrIsTerminal } as Connection['terminal'],
    extraCertificates: () => undefined,
    trace: (line) => void traced.push(line),
    notifyOnce: (line) => void told.push(line),
    ...rest,
    traced,
    told,
  }
}
