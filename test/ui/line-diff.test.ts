import { applyPatch, structuredPatch } from 'diff'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffLines } from '../../src/ui/line-diff.ts'

const patch = (before: string, after: string) => ({
  ...structuredPatch('', '', '', ''),
  hunks: diffLines(before, after).map((hunk) => ({ ...hunk, lines: [...hunk.lines] })),
})
const lines = (...texts: string[]) => texts.map((text) => `${text}\n`).join('')
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index))

describe('hunks', () => {
  it.each([
    ['nothing', lines('a'), lines('a'), []],
    ['a new file', '', lines('a'), [{ oldStart: 1, oldLines: 0, newStart: 1, newLines: 1, lines: ['+a'] }]],
    [
      'an emptied file',
      lines('a'),
      '',
      [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 0, lines: ['-a'] }],
    ],
    [
      'a line feed at the end',
      'a',
      lines('a'),
      [
        {
          oldStart: 1,
          oldLines: 1,
          newStart: 1,
          newLines: 1,
          lines: ['-a', '\\ No newline at end of file', '+a'],
        },
      ],
    ],
    [
      'three lines around a change',
      lines(...range(1, 9)),
      lines(...range(1, 4), 'x', ...range(6, 9)),
      [
        {
          oldStart: 2,
          oldLines: 7,
          newStart: 2,
          newLines: 7,
          lines: [' 2', ' 3', ' 4', '-5', '+x', ' 6', ' 7', ' 8'],
        },
      ],
    ],
    [
      'two of them where the changes are far from each other',
      lines('x', ...range(1, 7), 'y'),
      lines(...range(1, 7)),
      [
        { oldStart: 1, oldLines: 4, newStart: 1, newLines: 3, lines: ['-x', ' 1', ' 2', ' 3'] },
        { oldStart: 6, oldLines: 4, newStart: 5, newLines: 3, lines: [' 5', ' 6', ' 7', '-y'] },
      ],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(diffLines(before, after)).toEqual(expected)
  })

  const text = (units: readonly string[]) =>
    fc
      .tuple(fc.array(fc.constantFrom(...units), { maxLength: 40 }), fc.constantFrom('', 'end'))
      .map(([list, end]) => lines(...list) + end)

  it.each([
    ['few different lines', text(['a', 'b', ''])],
    ['many different lines', text(range(1, 60))],
  ])('lead from any text to any other: %s', (_name, any) => {
    fc.assert(
      fc.property(any, any, (before, after) => {
        expect(applyPatch(before, patch(before, after))).toBe(after)
      }),
    )
  })

  it('are those of jsdiff where lines are only taken out or put in, and each is there once', () => {
    const list = fc
      .uniqueArray(fc.nat(80), { maxLength: 50 })
      .map((numbers) => numbers.sort((a, b) => a - b).map(String))
    fc.assert(
      fc.property(list, list, (before, after) => {
        const expected = structuredPatch('', '', lines(...before), lines(...after), '', '', {
          context: 3,
        }).hunks
        expect(diffLines(lines(...before), lines(...after))).toEqual(expected)
      }),
    )
  })

  it('come soon for thousands of sections taken out and put in', () => {
    const section = (name: string) =>
      lines(`[profile ${name}]`, 'sso_session = work', 'sso_role_name = Admin', 'region = x', '')
    const write = (names: readonly string[]) => names.map(section).join('')
    const all = range(1, 20_000)
    const every = write(all.filter((name) => Number(name) % 2 === 0)) + write(range(30_000, 40_000))
    const other = write(range(50_000, 70_000))
    for (const after of [every, other]) {
      const hunks = diffLines(write(all), after)
      expect(hunks.reduce((sum, { newLines, oldLines }) => sum + newLines - oldLines, 0)).toBe(
        after.split('\n').length - write(all).split('\n').length,
      )
    }
  })
})
