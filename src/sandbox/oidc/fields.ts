import type { Call } from '../call.ts'
import { refuseOidc } from '../refusal.ts'

/** The members of a JSON request. */
export type Fields = Readonly<Record<string, unknown>>

export function readFields(call: Call): Fields {
  try {
    const value: unknown = JSON.parse(call.body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  } catch {
    // Answered below.
  }
  throw refuseOidc('InvalidRequestException', 'The request body is no JSON object')
}

export function requireText(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value === 'string' && value !== '') return value
  throw refuseOidc('InvalidRequestException', `Missing ${name}`)
}

/** A list of texts; empty when it is absent or null. */
export function readTexts(fields: Fields, name: string): readonly string[] {
  const value = fields[name] ?? []
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw refuseOidc('InvalidRequestException', `${name} is no list of texts`)
}
