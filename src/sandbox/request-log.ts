import { type Call, readForm } from './call.ts'
import type { Failure } from './failure.ts'
import type { Operation } from './operation.ts'

/** What is kept of a request: nothing that could be a secret. */
export interface LoggedRequest {
  /** Undefined when the sandbox has no such operation. */
  readonly operation: Operation | undefined
  readonly method: string
  readonly host: string
  /** Without the query. */
  readonly path: string
  readonly userAgent: string
  /** Parameters that are no secrets, by their names in the request; lists joined with spaces. */
  readonly parameters: Readonly<Record<string, string>>
  /** The region that it is signed for; undefined where it is not signed. */
  readonly signingRegion: string | undefined
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly at: number
  /** What `fail` made of it. */
  readonly failure: Failure | undefined
  /** Undefined until it is answered, and for ever if it never is. */
  readonly status: number | undefined
}

const openParameters = new Set(
  (
    'clientName clientType scopes grantTypes redirectUris issuerUrl startUrl grantType redirectUri ' +
    'response_type redirect_uri code_challenge_method account_id role_name max_result decision user Action RoleArn ' +
    'RoleSessionName DurationSeconds SerialNumber SessionDuration Destination Issuer ' +
    'destination Name Policy UserName AccessKeyId Status Marker'
  ).split(' '),
)

type Entry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] }

/** The requests that arrived, in order. */
export class RequestLog {
  #entries: Entry[] = []
  #waiting: { operation: Operation; count: number; resolve: () => void }[] = []

  get all(): readonly LoggedRequest[] {
    return this.#entries
  }

  of(operation: Operation): readonly LoggedRequest[] {
    return this.#entries.filter((entry) => entry.operation === operation)
  }

  count(operation: Operation): number {
    return this.of(operation).length
  }

  /** Resolves as soon as this many requests for the operation have arrived since the last `clear`. */
  arrived(operation: Operation, count = 1): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ operation, count, resolve })
      this.#wake()
    })
  }

  clear(): void {
    this.#entries = []
  }

  /** Notes a request and returns the function that notes the status of its answer. */
  add(call: Call, about: Pick<LoggedRequest, 'operation' | 'at' | 'failure'>): (status: number) => void {
    const { method, host, path, headers } = call
    const entry: Entry = {
      ...about,
      method,
      host,
      path,
      userAgent: headers['user-agent'] ?? '',
      parameters: selectParameters(call),
      signingRegion: /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1],
      status: undefined,
    }
    this.#entries.push(entry)
    this.#wake()
    return (status) => {
      entry.status = status
    }
  }

  #wake(): void {
    this.#waiting = this.#waiting.filter(({ operation, count, resolve }) => {
      if (this.count(operation) < count) return true
      resolve()
      return false
    })
  }
}

function selectParameters(call: Call): Record<string, string> {
  const isOpen = ([name]: readonly [string, unknown]) => openParameters.has(name)
  const list = (value: unknown) => (Array.isArray(value) ? value.join(' ') : String(value))
  return Object.fromEntries(
    readEntries(call)
      .filter(isOpen)
      .map(([name, value]) => [name, list(value)]),
  )
}

function readEntries(call: Call): [string, unknown][] {
  if (!call.headers['content-type']?.includes('json')) return [...readForm(call)]
  try {
    return Object.entries(JSON.parse(call.body) as object)
  } catch {
    return []
  }
}
