import { formatJson } from '../text/json-text.ts'
import { describeChange, type EnvironmentChange } from './change.ts'

/** A change as `{"set":{NAME:value},"unset":[NAME]}`. */
export function emitJson(change: EnvironmentChange): string {
  return formatJson(describeChange(change))
}

/**
 * What a change sets, as a dotenv file; such a file cannot say that a variable is to go. Plain words stay bare,
 * since docker's --env-file takes quotes literally; anything else is quoted as the npm package dotenv reads it.
 */
export function emitDotenv(change: EnvironmentChange): string {
  return change.set.map(([name, value]) => `${name}=${quoteDotenv(value)}\n`).join('')
}

function quoteDotenv(value: string): string {
  if (/^[\w./:@%+,=-]*$/.test(value)) return value
  if (!/['\n\r]/.test(value)) return `'${value}'`
  if (!/[`]/.test(value)) return `\`${value}\``
  return `"${value.replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`
}
