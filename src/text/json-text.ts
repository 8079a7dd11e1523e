import { lateControls } from './redact.ts'

/**
 * A value as the JSON that commands print, on several lines. What a terminal would obey stands in it as `\uXXXX`, which is
 * the same value to whoever reads it.
 */
export function formatJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  // The other control characters it escapes by itself.
  return `${/[^\n -~]/.test(text) ? text.replace(lateControls, escapeUnit) : text}\n`
}

/** A JSON text, the same value, in ASCII. */
export function toAsciiJson(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, escapeUnit)
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
