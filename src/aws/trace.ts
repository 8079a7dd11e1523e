/** One request on its way through the SDK's retries, and what comes back: the parts that are shown. */
type Send = (step: {
  readonly request: { readonly method: string; readonly hostname: string; readonly path: string }
}) => Promise<{ readonly response?: { readonly statusCode?: number } }>

/** The part of an SDK client that a middleware is added to; each client types its own requests. */
interface Traceable {
  readonly middlewareStack: {
    add(
      middleware: (next: Send) => Send,
      options: { step: 'finalizeRequest'; name: string; priority: 'low' },
    ): void
  }
}

/**
 * Says of each request, retries too, what is asked of whom and what comes back. Neither queries nor headers nor bodies
 * are shown: that is where the secrets are.
 */
export function traceRequests(client: unknown, trace: (line: string) => void): void {
  const { middlewareStack } = client as Traceable
  middlewareStack.add(
    (next) => async (step) => {
      const { method, hostname, path } = step.request
      try {
        const result = await next(step)
        trace(`${method} ${hostname}${path}: ${result.response?.statusCode}`)
        return result
      } catch (error) {
        trace(`${method} ${hostname}${path}: ${(error as Error).name}`)
        throw error
      }
    },
    { step: 'finalizeRequest', name: 'assumeTrace', priority: 'low' },
  )
}
