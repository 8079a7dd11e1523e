import { parse } from 'ini'
import type { Files } from '../context.ts'
import type { Settings } from '../core/settings.ts'
import { readText } from './read-text.ts'

/** The user's settings; empty when there is no settings file. Throws AssumeError `unreadable-file`. */
export function readSettings(files: Files, path: string): Settings {
  const text = readText(files, path)
  if (text === undefined) return new Map()
  const entries = Object.entries(parse(text)).filter(([, value]) => typeof value !== 'object')
  return new Map(entries.map(([name, value]) => [name, settingText(value)]))
}

/** `ini` turns `on`-like words into no booleans, but `true` and `false` it does. */
function settingText(value: unknown): string {
  return String(value)
}
