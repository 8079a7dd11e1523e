import { parse } from 'ini'
import type { Files } from '../context.ts'
import type { SettingsSections } from '../core/plugin-settings.ts'
import type { Settings } from '../core/settings.ts'
import { readText } from './read-text.ts'

/** What the user's settings file holds: the keys before the first section, and the sections. */
export interface SettingsFile {
  readonly settings: Settings
  readonly sections: SettingsSections
}

/** The user's settings file; empty when there is none. Throws AssumeError `unreadable-file`. */
export function readSettingsFile(files: Files, path: string): SettingsFile {
  const text = readText(files, path)
  const sections = new Map<string, Map<string, string>>()
  const settings = text === undefined ? new Map() : flatten(parse(text), '', sections)
  return { settings, sections }
}

/** The user's settings; empty when there is no settings file. Throws AssumeError `unreadable-file`. */
export function readSettings(files: Files, path: string): Settings {
  return readSettingsFile(files, path).settings
}

/** The keys of an object; the sections in it go to `sections`. `ini` cuts a title at its dots, and they are joined again. */
function flatten(
  object: Readonly<Record<string, unknown>>,
  title: string,
  sections: Map<string, Map<string, string>>,
): Map<string, string> {
  const keys = new Map<string, string>()
  for (const [name, value] of Object.entries(object)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      keys.set(name, String(value))
      continue
    }
    const inner = title === '' ? name : `${title}.${name}`
    // Its place among the sections is that of its title, and what is nested in it comes behind it.
    sections.set(inner, new Map())
    const own = flatten(value as Record<string, unknown>, inner, sections)
    if (own.size > 0) sections.set(inner, own)
    else sections.delete(inner)
  }
  return keys
}
