import { translateFailure } from '../aws/failure.ts'
import { sendRequest } from '../aws/http.ts'
import type { Route } from '../aws/route.ts'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { findSessionRoute } from '../profiles/route.ts'
import { type LoginTarget, listSessions, nameSession } from '../profiles/session-list.ts'
import type { NetworkAnswer } from './network-answer.ts'

/** A service, and the sessions that need it. */
interface Question {
  readonly needed: Set<string>
  readonly route: Route
}

/**
 * Asks the services of every session whether they are there, all at once: it takes no longer than `limits.answer`.
 * A failure is an answer.
 */
export async function askNetwork(context: Context, profiles: Profiles): Promise<NetworkAnswer[]> {
  const questions = new Map<string, Question>()
  const failures: NetworkAnswer[] = []
  for (const target of listSessions(profiles.config)) {
    for (const service of ['sso_oidc', 'sso'] as const) {
      const needed = `session ${nameSession(target.session)}`
      const route = routeOf(context, profiles, target, service)
      if (route instanceof AssumeError) {
        failures.push({ host: '', needed, failure: describe(route) })
        continue
      }
      const question = questions.get(route.endpoint)
      if (question) question.needed.add(needed)
      else questions.set(route.endpoint, { needed: new Set([needed]), route })
    }
  }
  const answers = [...questions.values()].map((question) => askOne(context, question))
  return [...failures, ...(await Promise.all(answers))]
}

function routeOf(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
  service: 'sso' | 'sso_oidc',
): Route | AssumeError {
  try {
    return findSessionRoute(context, profiles, target, service)
  } catch (error) {
    if (error instanceof AssumeError) return error
    throw error
  }
}

async function askOne(context: Context, question: Question): Promise<NetworkAnswer> {
  const { route } = question
  const needed = [...question.needed].join(' and ')
  const { endpoint, endpointSource, proxy } = route
  const { host } = new URL(endpoint)
  try {
    const { headers, status } = await sendRequest({ method: 'GET', url: endpoint, ignoresBody: true }, route)
    const time = Date.parse(headers.date ?? '')
    return {
      host,
      needed,
      ...(status >= 500 && { failure: describeTrouble(host, status) }),
      ...(!Number.isNaN(time) && { offset: time - context.now() }),
    }
  } catch (error) {
    context.interruption.throwIfAborted()
    const failure = translateFailure(error, { doing: 'ask Identity Center', endpoint, endpointSource, proxy })
    if (failure instanceof AssumeError) return { host, needed, failure: describe(failure) }
    throw error
  }
}

/** The services answer a question that is none of theirs with 4xx. */
function describeTrouble(host: string, status: number): NonNullable<NetworkAnswer['failure']> {
  return {
    message: `cannot ask Identity Center: ${host} answers HTTP ${status}`,
    hint: 'the service has trouble; try again in a minute',
  }
}

function describe({ message, advice }: AssumeError): NonNullable<NetworkAnswer['failure']> {
  return { message, hint: advice }
}
