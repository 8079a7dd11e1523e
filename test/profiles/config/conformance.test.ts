import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../../src/profiles/config/merge.ts'

interface Case {
  name: string
  input: { configFile?: string; credentialsFile?: string }
  output: { config?: { profiles: Table; sso_sessions?: Table }; errorContaining?: string }
}
type Table = Record<string, Record<string, string>>

const file = join(import.meta.dirname, '../../fixtures/smithy-rs/profile-parser-tests.json')
const cases: Case[] = JSON.parse(readFileSync(file, 'utf8')).tests

/**
 * Where the SDKs reject the whole file, a line costs itself only: people want the rest of their profiles.
 * Per error of the suite: what remains, and the line that is reported. Besides these and `ofAwsCli` nothing differs; no
 * case has a quoted name, nor a key that is indented below its header and has an `=`.
 */
const remains: Record<string, { profiles: Table; line: number }> = {
  'Profile definitions must end with brackets.': { profiles: {}, line: 1 },
  'Properties must be defined in a profile.': { profiles: {}, line: 1 },
  'Property key cannot be empty.': { profiles: { foo: {} }, line: 2 },
  'Property definitions must contain an equals sign.': { profiles: { foo: {} }, line: 2 },
  'Continuations cannot be used outside of a profile.': { profiles: {}, line: 1 },
  'Continuations cannot be used outside of a property.': { profiles: { foo: {} }, line: 2 },
  'Continuations reset with profile definitions.': { profiles: { foo: { name: 'value' } }, line: 4 },
  'Invalid sub-property definitions cause an error.': { profiles: { foo: { s3: '' } }, line: 3 },
  'Sub-property definitions cannot have an empty name.': { profiles: { foo: { s3: '' } }, line: 3 },
  'Invalid continuation': { profiles: { foo: { name: 'value' } }, line: 4 },
}

/** Where the AWS CLI reads a name that the SDKs ignore, by the case: the profiles that there are besides. */
const ofAwsCli: Record<string, Table> = {
  'Profile names support alphanumeric characters and - / . % @ _ : +': { 'foo!bar': {} },
  'Invalid profile names are ignored.': { 'in valid 2': { name2: 'value2' } },
}

function read({ configFile = '', credentialsFile = '' }: Case['input']) {
  const config = parseDocument(configFile, 'config')
  const credentials = parseDocument(credentialsFile, 'credentials')
  expect(config.lines.join('')).toBe(configFile)
  expect(credentials.lines.join('')).toBe(credentialsFile)
  const merged = mergeDocuments(config, credentials)
  return {
    profiles: Object.fromEntries(
      [...merged.profiles].map(([name, { values }]) => [name, Object.fromEntries(values)]),
    ),
    sessions: Object.fromEntries(
      [...merged.sessions].map(([name, values]) => [name, Object.fromEntries(values)]),
    ),
    problems: merged.problems,
  }
}

describe('the parser cases of the AWS SDKs', () => {
  it('are all there', () => {
    expect(cases).toHaveLength(65)
    expect(cases.filter(({ output }) => output.errorContaining)).toHaveLength(10)
    expect(Object.keys(remains)).toHaveLength(10)
  })

  it.each(cases.map((one, index) => [`${index + 1}: ${one.name}`, one] as const))('%s', (_title, one) => {
    const result = read(one.input)
    if (one.output.config) {
      expect(result.profiles).toEqual({ ...one.output.config.profiles, ...ofAwsCli[one.name] })
      expect(result.sessions).toEqual(one.output.config.sso_sessions ?? {})
    } else {
      const expected = remains[one.name]
      expect(result.profiles).toEqual(expected?.profiles)
      expect(result.problems.map(({ line }) => line).filter((line) => line === expected?.line)).toHaveLength(
        1,
      )
      const others = result.problems.filter(({ line }) => line !== expected?.line)
      // The two cases that write `[profile foo]` twice are told so as well.
      expect(others.every(({ message }) => message.includes('twice'))).toBe(true)
    }
  })
})
