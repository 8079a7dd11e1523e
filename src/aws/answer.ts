import type { JsonObject } from '../text/json-object.ts'
import { type ServiceCall, strangeAnswer } from './failure.ts'

/**
 * What `parse` makes of the answer of a service. Throws AssumeError `service` for what it makes nothing of: that is not
 * from the service.
 */
export function readAnswer<Answer>(
  fields: object,
  parse: (fields: JsonObject) => Answer | undefined,
  call: ServiceCall,
): Answer {
  const answer = parse(fields as JsonObject)
  if (answer === undefined) throw strangeAnswer(call)
  return answer
}
