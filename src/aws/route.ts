import type { Connection } from './http.ts'

/** How a service is reached. */
export interface Route extends Connection {
  /** From `resolveEndpoint`. */
  readonly endpoint: string
  /** What names it; absent for that of AWS. */
  readonly endpointSource?: string | undefined
  readonly signingRegion: string
}
