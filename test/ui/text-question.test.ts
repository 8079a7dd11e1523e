import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, it } from 'vitest'
import { renderQuestion } from '../../src/ui/text-question.ts'

const check = () => undefined
const typed = (before: string, complaint = '') => ({ line: { before, after: '' }, complaint })
const size = (columns: number) => ({ columns, rows: 24 })

it('shows the default, what is typed and what is wrong with it', () => {
  const question = { label: 'Start URL', fallback: 'https://a.awsapps.com/start', check }
  const frame = renderQuestion(typed('http:', 'no\u001b[2Jgood'), question, size(80), false)
  expect(frame).toEqual({
    lines: ['Start URL [https://a.awsapps.com/start]: http:', 'no?[2Jgood'],
    cursor: 'Start URL [https://a.awsapps.com/start]: http:'.length,
  })
})

it('cuts a default that would leave no room, then the label', () => {
  const question = { label: 'Start URL', fallback: 'https://my-company.awsapps.com/start', check }
  expect(renderQuestion(typed(''), question, size(50), false).lines).toEqual(['Start URL [https://my…]: '])
  expect(renderQuestion(typed(''), question, size(16), false).lines).toEqual(['Star…: '])
})

it('never fills a line of the terminal, whatever is typed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string(),
      fc.string(),
      fc.integer({ min: 1, max: 120 }),
      (before, label, fallback, columns) => {
        const frame = renderQuestion(typed(before, label), { label, fallback, check }, size(columns), false)
        for (const line of frame.lines) expect(stringWidth(line)).toBeLessThan(Math.max(2, columns))
        expect(frame.cursor).toBeLessThan(Math.max(2, columns))
      },
    ),
  )
})
