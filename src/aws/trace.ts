/** The part of an SDK client that a middleware is added to. */
interface Traceable {
  readonly middlewareStack: {
    add(
      middleware: (next: Next) => Next,
      options: { step: 'finalizeRequest'; name: string; priority: 'low' },
    ): void
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK types each client's requests and answers apart
type Next = (args: any) => Promise<any>

/**
 * Says of each request, retries too, what is asked of whom and what comes back. Neither queries nor headers nor bodies
 * are shown: that is where the secrets are.
 */
export function traceRequests(client: unknown, trace: (line: string) => void): void {
  const { middlewareStack } = client as Traceable
  middlewareStack.add(
    (next) => async (args) => {
      const { method, hostname, path } = args.request
      try {
        const result = await next(args)
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
