import { Refusal } from '../refusal.ts'
import type { Principal } from './identity.ts'

/** Throws a Refusal when it is missing or empty. */
export function requireParameter(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (value) return value
  const member = name[0]?.toLowerCase() + name.slice(1)
  throw refuseValue(`Value null at '${member}' failed to satisfy constraint: Member must not be null`)
}

/** DurationSeconds within limits that are seconds too. */
export function readSeconds(
  form: URLSearchParams,
  { least, most, usual }: { least: number; most: number; usual: number },
): number {
  const text = form.get('DurationSeconds')
  if (text === null) return usual
  const seconds = Number(text)
  const constraint =
    !Number.isInteger(seconds) || seconds < least
      ? `greater than or equal to ${least}`
      : seconds > most && `less than or equal to ${most}`
  if (constraint === false) return seconds
  throw refuseValue(
    `Value '${text}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${constraint}`,
  )
}

export function refuseValue(problem: string): Refusal {
  return new Refusal(400, 'ValidationError', `1 validation error detected: ${problem}`)
}

/** What a policy refuses. */
export function refuseAccess(caller: Principal, action: string, resource: string): Refusal {
  return new Refusal(
    403,
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}`,
  )
}
