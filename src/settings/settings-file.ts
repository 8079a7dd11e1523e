import { parse } from 'ini'
import { type CacheWorld, refuse } from '../system/files/cache-file.ts'
import { describeObjection } from '../system/files/objection.ts'
import { findObjection, keepsOwnership } from '../system/files/ownership.ts'
import { readText } from '../system/files/read-text.ts'
import { printable } from '../text/redact.ts'
import type { Settings, SettingsSections } from './settings.ts'

/** What the user's settings file holds: the keys before the first section, and the sections. */
export interface SettingsFile {
  readonly settings: Settings
  readonly sections: SettingsSections
}

/** The user's settings file; empty when there is none. Throws AssumeError `unreadable-file`, `unsafe-file`. */
export function readSettingsFile(world: CacheWorld, path: string): SettingsFile {
  checkSettingsOwnership(world, path)
  const text = readText(world.files, path)
  const sections = new Map<string, Map<string, string>>()
  const settings = text === undefined ? new Map() : flatten(parse(text), '', sections)
  return { settings, sections }
}

/**
 * The settings say which plugins run, so they have to be the user's as the plugins are. Throws AssumeError `unsafe-file`
 * where they are not.
 */
export function checkSettingsOwnership(world: CacheWorld, path: string): void {
  const objection = findObjection(world, path)
  if (!objection || !keepsOwnership(world, objection)) return
  const error = refuse(world, objection, `the settings in ${printable(path)} are refused`)
  if (objection.flaw !== 'open-to-group') throw error
  const group = describeObjection(objection, printable(objection.path))
  world.notifyOnce(`warning: ${group}, and so decide which plugins run here\n  ${error.hint}`)
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
