import { type Connection, type HttpAnswer, sendRequest } from './http.ts'
import { tidyRefusal } from './refusal-body.ts'
import { createRetryStrategy } from './retry-strategy.ts'
import type { Route } from './route.ts'

/**
 * The options of a client of the AWS SDK that sends requests this way, each at most `attempts` times, and keep it from
 * looking for its endpoint in the environment or in files.
 */
export function toClientOptions(route: Route, { attempts = 3 } = {}) {
  return {
    endpoint: route.endpoint,
    region: route.signingRegion,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    requestHandler: createRequestHandler(route),
    maxAttempts: attempts,
    retryMode: 'standard',
    retryStrategy: createRetryStrategy(attempts, new URL(route.endpoint).host, route),
  }
}

/** The parts of a request of the SDK; the query of a name may be a list. */
interface SdkRequest {
  readonly method: string
  readonly protocol: string
  readonly hostname: string
  readonly port?: number | undefined
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** `requestHandler` of a client of the SDK: it sends what the client has made ready. */
function createRequestHandler(connection: Connection) {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request: SdkRequest, { abortSignal }: { abortSignal?: AbortSignal } = {}) {
      const { method, headers, body } = request
      const answer = await sendRequest(
        {
          method,
          url: formatUrl(request),
          headers,
          ...(body !== undefined && { body }),
          ...(abortSignal && { signal: abortSignal }),
        },
        connection,
      )
      return { response: toResponse(answer) }
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  }
}

function toResponse({ status, headers, body }: HttpAnswer) {
  const read = status < 300 ? body : Buffer.from(tidyRefusal(body.toString()))
  return { statusCode: status, headers, body: read }
}

function formatUrl({ protocol, hostname, port, path, query = {} }: SdkRequest): string {
  const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`)
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value ?? '']) url.searchParams.append(name, item)
  }
  return url.href
}
