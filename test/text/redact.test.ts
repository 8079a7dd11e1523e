import { expect, it } from 'vitest'
import { isPrintable, printable } from '../../src/text/redact.ts'

it('takes from a text what a terminal would obey, and nothing else', () => {
  expect(printable('a\u0000\u001b[2J\u007f\u0085\u009b1m\r\n\tb')).toBe('a??[2J???1m???b')
  expect(printable('a\u001b\r\n\tb', { multiline: true })).toBe('a??\n\tb')
  expect(
    printable('\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029'),
  ).toBe('?'.repeat(14))
  expect(printable('x\ud800y')).toBe('x?y')
  for (const text of ['', 'plain', 'Zürich – 東京', 'שלום', '👩‍💻']) {
    expect(printable(text)).toBe(text)
    expect(isPrintable(text)).toBe(true)
  }
})
