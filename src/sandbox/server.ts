import { randomUUID } from 'node:crypto'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type Call, type Reply, replyJson } from './call.ts'
import { createRefusal, type Failure, type FailurePlan, isRefusal } from './failure.ts'
import { handlers } from './handler.ts'
import { type Operation, protocolOf, recogniseOperation } from './operation.ts'
import { replyPage } from './page.ts'
import { phraseRefusal, Refusal } from './refusal.ts'
import type { RequestLog } from './request-log.ts'
import type { SandboxState } from './state.ts'

const longestBody = 1 << 20

/** Listens on a free port of 127.0.0.1. */
export async function listen(
  listener: RequestListener,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Server> {
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return server
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** Stops listening and ends every connection, those that wait for an answer included. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** The function that answers every request. */
export function createListener(state: SandboxState, failures: FailurePlan, log: RequestLog): RequestListener {
  return (request, response) => {
    response.on('error', () => response.destroy())
    answer(state, failures, log, request, response).catch(() => response.destroy())
  }
}

async function answer(
  state: SandboxState,
  failures: FailurePlan,
  log: RequestLog,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = await readCall(request)
  const isVanity = state.settings.vanityHosts[call.host] !== undefined
  const operation = isVanity ? 'StartPage' : recogniseOperation(call)
  const failure = operation && (failures.take(operation) ?? findExcess(state, operation))
  const note = log.add(call, { operation, at: state.clock.now(), failure })
  if (failure === 'hang') return
  if (failure === 'drop') {
    response.destroy()
    return
  }
  if (typeof failure === 'object' && 'after' in failure) await wait(failure.after)
  const answer = carryOut(state, call, operation, failure)
  const reply = typeof failure === 'object' && 'alter' in failure ? failure.alter(answer) : answer
  if (failure === 'lose') {
    response.destroy()
    return
  }
  note(reply.status)
  send(state, response, call, reply, failure)
}

function findExcess({ quota, clock }: SandboxState, operation: Operation): 429 | undefined {
  return /^(oidc|portal)$/.test(protocolOf(operation)) && !quota.take(clock.now()) ? 429 : undefined
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > longestBody) throw new Error('The request is too long')
    chunks.push(chunk)
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox.invalid')
  return {
    method: request.method ?? 'GET',
    host: (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase(),
    path: pathname,
    query: searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

function wait(after: number | Promise<unknown>): Promise<unknown> {
  if (typeof after !== 'number') return after
  return new Promise((resolve) => setTimeout(resolve, after).unref())
}

function carryOut(
  state: SandboxState,
  call: Call,
  operation: Operation | undefined,
  failure: Failure | undefined,
): Reply {
  if (!operation) return replyJson({ message: 'The sandbox has nothing here' }, 404)
  if (failure === 'malformed')
    return { status: 200, headers: { 'content-type': 'application/json' }, body: 'This is no JSON' }
  if (failure === 'wrong-type') return replyPage('Welcome to our network', '<p>Please sign in to go on.</p>')
  try {
    if (failure !== undefined && isRefusal(failure)) throw createRefusal(operation, failure)
    return handlers[operation](state, call)
  } catch (error) {
    if (error instanceof Refusal) return phraseRefusal(protocolOf(operation), error)
    // A bug of the sandbox: whoever meets it should see it.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { status: 500, headers: { 'content-type': 'text/plain' }, body: text }
  }
}

/** Sends a reply, or what a failure leaves of it. The date is the sandbox's, which SDKs compare with their own. */
function send(
  state: SandboxState,
  response: ServerResponse,
  call: Call,
  reply: Reply,
  failure: Failure | undefined,
): void {
  const whole = Buffer.from(reply.body)
  const half = whole.subarray(0, Math.floor(whole.length / 2))
  const body = failure === 'truncated' ? half : whole
  response.sendDate = false
  response.writeHead(reply.status, {
    ...reply.headers,
    date: new Date(state.clock.now()).toUTCString(),
    'x-amzn-requestid': randomUUID(),
    'content-length': body.length,
  })
  if (failure === 'cut') response.write(half, () => response.destroy())
  else response.end(call.method === 'HEAD' ? undefined : body)
}
