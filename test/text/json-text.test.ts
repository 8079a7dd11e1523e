import { expect, it } from 'vitest'
import { formatJson } from '../../src/text/json-text.ts'

it('is the same value, and gives a terminal nothing to obey', () => {
  const value = {
    'k\u009b': [
      '\u0000\u001b[2J\n',
      '\u007f\u0080\u009f',
      '\u2028\u2029',
      '\u061c\u200e\u200f\u202a\u202e\u2066\u2069',
    ],
    kept: 'Zürich – 東京 👩‍💻',
    lone: '\ud800',
  }
  const json = formatJson(value)
  expect(JSON.parse(json)).toEqual(value)
  expect(json).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]|\p{Bidi_Control}|[\u2028\u2029]/u)
  expect(json).toContain('Zürich – 東京 👩‍💻')
  expect(json.endsWith('\n}\n')).toBe(true)
})
