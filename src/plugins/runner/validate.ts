import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import { printable } from '../../text/redact.ts'
import schema from '../schema.json' with { type: 'json' }

/** The documents that `schema.json` defines. */
export type DocumentName = Exclude<keyof typeof schema.$defs, 'texts' | 'names' | 'option' | 'pluginName'>

const validators = new Map<DocumentName, Validator>()

/**
 * What keeps a value from being the document of that name, with the place in it; undefined when it is one. Names are
 * quoted, values never.
 */
export function findFault(name: DocumentName, value: unknown): string | undefined {
  const { valid, errors } = obtainValidator(name).validate(value)
  return valid ? undefined : describeFault(errors)
}

function obtainValidator(name: DocumentName): Validator {
  const known = validators.get(name)
  if (known) return known
  const made = new Validator({ $defs: schema.$defs, $ref: `#/$defs/${name}` } as Schema, '2020-12')
  validators.set(name, made)
  return made
}

/** Errors come from the outside in; the one that lies deepest says what to mend. */
function describeFault(errors: readonly OutputUnit[]): string {
  const depth = ({ instanceLocation }: OutputUnit) => instanceLocation.split('/').length
  const deepest = errors.reduce((best, each) => (depth(each) >= depth(best) ? each : best))
  const place = deepest.instanceLocation.slice(2).replaceAll('/', '.')
  return printable(place === '' ? deepest.error : `${place}: ${deepest.error}`)
}
