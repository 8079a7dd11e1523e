export type JsonObject = Readonly<Record<string, unknown>>

/** The object that a JSON text holds; an empty one for no text, broken JSON or anything that is no object. */
export function parseJsonObject(text: string | undefined): JsonObject {
  if (text === undefined) return {}
  try {
    return toJsonObject(JSON.parse(text))
  } catch {
    return {}
  }
}

/** The string under `key`; undefined when there is none, or something else. */
export function stringIn(object: JsonObject, key: string): string | undefined {
  const value = object[key]
  return typeof value === 'string' ? value : undefined
}

/** The object under `key`; an empty one when there is none, or something else. */
export function objectIn(object: JsonObject, key: string): JsonObject {
  return toJsonObject(object[key])
}

/** The value, if it is an object; else an empty one. */
export function toJsonObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {}
}
