import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../../src/profiles/config/document.ts'
import { type ConfigEdit, editDocument } from '../../../src/profiles/config/edit.ts'
import { splitLines } from '../../../src/text/line.ts'
import { add, codeOf, edit, profile, type Section, set, view } from './edits.ts'
import { configText } from './grammar.ts'

const example = readFileSync(join(import.meta.dirname, '../../fixtures/examples/mixed'), 'utf8')
const sections: Section[] = [
  { type: 'profile', name: 'default' },
  { type: 'profile', name: 'a' },
  { type: 'profile', name: 'b c' },
  { type: 'sso-session', name: 'a' },
  { type: 'services', name: 's' },
  { type: 'profile', name: "new 'one'" },
]
const texts = fc.oneof({ weight: 9, arbitrary: configText }, { weight: 1, arbitrary: fc.constant(example) })
const anySection = fc.constantFrom(...sections)
const anyKey = fc.constantFrom('region', 'k', 's3', 'new')
const goodValue = fc.constantFrom('new', 'a#b;', 'k = v', '=', '"q"', '[x]', 'ü', '%(a)s', '')
const strip = (line: string) => line.replace(/\r?\n$/, '')
/** Comments that are indented below a key go to where the key starts, where they are comments to every reader. */
const flushComments = (lines: readonly string[]) => lines.map((line) => line.replace(/^[ \t]+(?=[#;])/, ''))

/** Whether the lines of `part` occur in `whole` in this order. A last line may have got a line ending. */
function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0
  for (const line of whole) {
    const wanted = part[at]
    if (wanted === line || (at === part.length - 1 && wanted === strip(line))) at++
  }
  return at === part.length
}

describe('an edit of any file', () => {
  it('set changes what it says and one line', () => {
    fc.assert(
      fc.property(texts, anySection, anyKey, goodValue, (text, section, key, value) => {
        const after = edit(text, { op: 'set', section, key, value })
        const id = `${section.type} ${section.name}`
        expect(view(after)).toEqual(new Map(view(text)).set(id, '').set(`${id}/${key}`, value))
        const before = parseDocument(text, 'config')
        const messages = before.problems.map(({ message }) => message)
        for (const { message } of parseDocument(after, 'config').problems) expect(messages).toContain(message)
        const isNewSection = !view(text).has(id)
        const same = before.sections
          .filter(({ type, name }) => type === section.type && name === section.name)
          .flatMap(({ properties }) => properties.filter((property) => property.key === key))
        const kept = (index: number) =>
          !same.some(
            ({ firstLine, lastLine }) =>
              index + 1 >= firstLine &&
              index + 1 <= lastLine &&
              !/^[ \t\r\n]*($|[#;])/.test(before.lines[index] as string),
          )
        const others = before.lines.filter((_line, index) => kept(index))
        expect(isSubsequence(flushComments(others), flushComments(splitLines(after)))).toBe(true)
        const growth = splitLines(after).length - before.lines.length
        if (isNewSection) expect(growth).toBeGreaterThanOrEqual(2)
        else expect(growth).toBeLessThanOrEqual(1)
      }),
      { numRuns: 3000 },
    )
  })

  it('set of a value on one line changes that line alone', () => {
    fc.assert(
      fc.property(texts, goodValue, (text, value) => {
        const document = parseDocument(text, 'config')
        const section = document.sections.findLast(
          ({ name, properties }) => name !== 'default' && properties.length > 0,
        )
        const property = section?.properties.at(-1)
        fc.pre(section !== undefined && property !== undefined && property.firstLine === property.lastLine)
        const after = splitLines(edit(text, { op: 'set', section, key: property.key, value }))
        const unlike = after.flatMap((line, index) => (line === document.lines[index] ? [] : [index + 1]))
        expect(after).toHaveLength(document.lines.length)
        expect([[], [property.firstLine]]).toContainEqual(unlike)
      }),
      { numRuns: 1000 },
    )
  })

  it('remove takes the key and no other line', () => {
    fc.assert(
      fc.property(texts, anySection, anyKey, (text, section, key) => {
        const after = edit(text, { op: 'remove', section, key })
        const expected = new Map(view(text))
        expected.delete(`${section.type} ${section.name}/${key}`)
        expect(view(after)).toEqual(expected)
        expect(isSubsequence(flushComments(splitLines(after)), flushComments(splitLines(text)))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('remove-section takes the section and no comment below it', () => {
    fc.assert(
      fc.property(texts, anySection, (text, section) => {
        const after = edit(text, { op: 'remove-section', section })
        const id = `${section.type} ${section.name}`
        const expected = [...view(text)].filter(([fact]) => fact !== id && !fact.startsWith(`${id}/`))
        expect([...view(after)]).toEqual(expected)
        // An indented header behind it goes to the first column: the value above would swallow it.
        const flush = (lines: string) => splitLines(lines.replace(/^[ \t]+\[/gm, '['))
        expect(isSubsequence(flush(after), flush(text))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('a sequence of edits is the same as one call', () => {
    const anyEdit = fc.oneof(
      fc.record({ op: fc.constant('set' as const), section: anySection, key: anyKey, value: goodValue }),
      fc.record({ op: fc.constant('remove' as const), section: anySection, key: anyKey }),
      fc.record({ op: fc.constant('remove-section' as const), section: anySection }),
    )
    fc.assert(
      fc.property(texts, fc.array(anyEdit, { maxLength: 5 }), (text, edits) => {
        const stepwise = edits.reduce((current, change) => edit(current, change), text)
        expect(view(edit(text, ...edits))).toEqual(view(stepwise))
      }),
      { numRuns: 1000 },
    )
  })

  it('any name and any value is refused or read back', () => {
    const odd = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...' \t\r\n#;=[]\'"\\:$`\0\u001b\ufeff\udcff\u0085a'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    })
    fc.assert(
      fc.property(
        odd,
        odd,
        odd,
        fc.constantFrom('config' as const, 'credentials' as const),
        (name, key, value, kind) => {
          const change: ConfigEdit = { op: 'set', section: profile(name), key, value }
          const run = () => editDocument('', kind, [change])
          if (codeOf(run) === 'invalid-edit') return
          expect(view(run(), kind)).toEqual(
            new Map([
              [`profile ${name}`, ''],
              [`profile ${name}/${key.toLowerCase()}`, value],
            ]),
          )
          expect(parseDocument(run(), kind).problems).toEqual([])
        },
      ),
      { numRuns: 3000 },
    )
    fc.assert(
      fc.property(odd, (name) => {
        const run = () => edit('', add(name), set(name, 'k', 'v'))
        if (codeOf(run) === undefined) expect(view(run()).get(`profile ${name}/k`)).toBe('v')
      }),
      { numRuns: 3000 },
    )
  })
})
