import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { Choices } from '../../src/ui/choices.ts'
import { countShown, makeTable, renderPicker } from '../../src/ui/picker-view.ts'

const plain = { colour: false }

function makeChoices(rows: readonly (readonly string[])[]): Choices {
  return {
    heading: ['PROFILE', 'ACCOUNT', 'ROLE'],
    rows: rows.map((cells) => ({ cells, active: false, usable: true })),
    rank: () => rows.map((_, index) => index),
  }
}

const startOf = (rows: number) => ({
  line: { before: '', after: '' },
  matches: Array.from({ length: rows }, (_, index) => index),
  selected: 0,
})

describe('renderPicker', () => {
  it('aligns columns by what the terminal shows, and leaves out empty ones', () => {
    const choices = makeChoices([
      ['日本語', '', 'Admin'],
      ['dev', '', 'ReadOnly'],
      ['e\u0301te\u0301', '', 'X'],
    ])
    const { lines } = renderPicker(startOf(3), makeTable(choices), { columns: 80, rows: 24 }, plain)
    expect(lines).toEqual([
      '3/3 > ',
      '   PROFILE  ROLE',
      '>  日本語   Admin',
      '   dev      ReadOnly',
      '   e\u0301te\u0301      X',
    ])
  })

  it('keeps the other columns in sight beside a very long name', () => {
    const choices = makeChoices([['n'.repeat(300), '111122223333', 'Admin']])
    const { lines } = renderPicker(startOf(1), makeTable(choices), { columns: 80, rows: 24 }, plain)
    expect(lines[2]).toMatch(/^> {2}n+…n+ {2}111122223333 {2}Admin$/)
  })

  it('keeps the column that says what to do, while others give way from the right', () => {
    const row = ['a-long-name-of-a-profile', '111122223333', 'AWSAdministratorAccess', 'valid 7h 12m']
    const heading = ['PROFILE', 'ACCOUNT', 'ROLE', 'SESSION']
    const choices = { ...makeChoices([row]), heading, kept: 'SESSION' }
    const draw = (columns: number) =>
      renderPicker(startOf(1), makeTable(choices), { columns, rows: 24 }, plain).lines.slice(1)
    expect(draw(76)).toEqual([
      '   PROFILE                   ACCOUNT       ROLE                SESSION',
      '>  a-long-name-of-a-profile  111122223333  AWSAdministratorA…  valid 7h 12m',
    ])
    expect(draw(60)).toEqual([
      '   PROFILE                   ACCOUNT       SESSION',
      '>  a-long-name-of-a-profile  111122223333  valid 7h 12m',
    ])
    expect(draw(46)[1]).toBe('>  a-long-name-of-a-profile  valid 7h 12m')
    expect(draw(30)[1]).toBe('>  a-long-name-of-a-profile')
    expect(draw(20)[1]).toBe('>  a-long-n…profile')
  })

  it('underlines what matches, a name that is cut included', () => {
    const names = ['production', `prod-${'x'.repeat(30)}-eu`, '日本語-prod']
    const choices = {
      ...makeChoices(names.map((name) => [name])),
      locate: (_query: string, row: number) => [
        {
          column: 0,
          indexes:
            [
              [0, 1, 8],
              [0, 36, 37],
              [4, 5, 6, 7],
            ][row] ?? [],
        },
      ],
    }
    const { lines } = renderPicker(
      startOf(3),
      makeTable(choices),
      { columns: 20, rows: 24 },
      { colour: true },
    )
    const on = '\u001b[4m'
    const off = '\u001b[24m'
    expect(lines.slice(2)).toEqual([
      `\u001b[7m>  ${on}pr${off}oducti${on}o${off}n\u001b[0m`,
      `   ${on}p${off}rod-xxx…xxxx-${on}eu${off}`,
      `   日本語-${on}prod${off}`,
    ])
  })

  it('shows the end of a query that is too long, with the cursor behind it', () => {
    const state = { line: { before: `${'x'.repeat(100)}END`, after: '' }, matches: [], selected: 0 }
    const { lines, cursor } = renderPicker(
      state,
      makeTable(makeChoices([['a']])),
      { columns: 30, rows: 24 },
      plain,
    )
    expect(lines[0]).toMatch(/xEND$/)
    expect(cursor).toBe(lines[0]?.length)
  })

  it.each([
    [0, 9],
    [4, 9],
    [10, 14],
    [99, 99],
  ])('the selected row %i is in sight, row %i is the last', (selected, last) => {
    const choices = makeChoices(Array.from({ length: 100 }, (_, index) => [`row-${index}`]))
    const state = { ...startOf(100), selected }
    const { lines } = renderPicker(state, makeTable(choices), { columns: 80, rows: 24 }, plain)
    expect(lines).toContain(`>  row-${selected}`)
    expect(lines).toHaveLength(12)
    expect(lines.at(-1)?.slice(3)).toBe(`row-${last}`)
  })

  it('never draws more rows than there are, a line as wide as the terminal, or a control character', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b[31m', '👩‍💻', '日本'),
    )
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(19),
        cell,
        (rows, columns, height, selected, before) => {
          const line = { before: before.replace(/[\u0000-\u001f\u007f-\u009f]/g, ''), after: 'x' }
          const state = {
            ...startOf(rows.length),
            line,
            selected: Math.min(selected, Math.max(0, rows.length - 1)),
          }
          const { lines, cursor } = renderPicker(
            state,
            makeTable(makeChoices(rows)),
            { columns, rows: height },
            plain,
          )
          expect(lines.length).toBeLessThanOrEqual(height)
          for (const each of lines) {
            expect(stringWidth(each)).toBeLessThanOrEqual(Math.max(1, columns - 1))
            expect(each).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
          }
          expect(cursor).toBeLessThan(Math.max(2, columns))
        },
      ),
    )
  })

  it.each([
    [1, 0],
    [2, 1],
    [4, 3],
    [5, 3],
    [24, 10],
    [50, 23],
  ])('on %i rows %i choices are shown', (rows, shown) => {
    expect(countShown({ rows })).toBe(shown)
  })
})
