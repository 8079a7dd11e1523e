import { AssumeError } from '../../../src/errors.ts'
import { parseDocument } from '../../../src/profiles/config/document.ts'
import { type ConfigEdit, editDocument } from '../../../src/profiles/config/edit.ts'
import { mergeDocuments } from '../../../src/profiles/config/merge.ts'

export type Section = ConfigEdit['section']
export const profile = (name: string): Section => ({ type: 'profile', name })
export const set = (name: string, key: string, value: string): ConfigEdit => ({
  op: 'set',
  section: profile(name),
  key,
  value,
})
export const remove = (name: string, key: string): ConfigEdit => ({
  op: 'remove',
  section: profile(name),
  key,
})
export const removeSection = (name: string): ConfigEdit => ({ op: 'remove-section', section: profile(name) })
export const add = (name: string, ...properties: [string, string][]): ConfigEdit => ({
  op: 'add-section',
  section: profile(name),
  properties,
})

export function edit(text: string, ...edits: ConfigEdit[]) {
  return editDocument(text, 'config', edits)
}

/** What a file says, as plain text keys: `profile a/region`, and `profile a` for the section itself. */
export function view(text: string, kind: 'config' | 'credentials' = 'config'): Map<string, string> {
  const merged = mergeDocuments(
    parseDocument(kind === 'config' ? text : '', 'config'),
    parseDocument(kind === 'config' ? '' : text, 'credentials'),
  )
  const facts = new Map<string, string>()
  const note = (type: string, name: string, values: ReadonlyMap<string, string>) => {
    facts.set(`${type} ${name}`, '')
    for (const [key, value] of values) facts.set(`${type} ${name}/${key}`, value)
  }
  for (const [name, { values }] of merged.profiles) note('profile', name, values)
  for (const [name, values] of merged.sessions) note('sso-session', name, values)
  for (const [name, values] of merged.services) note('services', name, values)
  return facts
}

export function codeOf(action: () => unknown): string | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    if (error instanceof AssumeError) return error.code
    throw error
  }
}
