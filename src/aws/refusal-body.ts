import { readWords } from '../text/answer-forms.ts'
import { parseJsonObject } from '../text/json-object.ts'

/** Where AWS's services say in JSON what is wrong, besides its name. */
const told = ['error', 'error_description', 'message', 'Message', 'reason']

/**
 * The body of an error of a service with nothing in it but the words that the SDK reads. Any other field it would copy
 * onto the error that it throws, trip over some, `{"cause":null}`, and take others for those of Node, `{"code":"EPIPE"}`.
 * What is no error of AWS stays as it is: the SDK will not understand it.
 */
export function tidyRefusal(body: string): string {
  const fields = parseJsonObject(body)
  if (Object.keys(fields).length > 0) {
    const words = told.map((name) => [name, readWords(fields[name])])
    const type = readWords(fields['code']) ?? readWords(fields['__type'])
    return JSON.stringify({ __type: type, ...Object.fromEntries(words) })
  }
  const code = findElement(body, 'Code')
  if (code === undefined) return body
  const message = findElement(body, 'Message') ?? ''
  return `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`
}

/** The text of an element that holds only that, escaped as it is. */
function findElement(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
}
