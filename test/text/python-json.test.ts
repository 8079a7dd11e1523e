import { describe, expect, it } from 'vitest'
import { formatPythonJson, type JsonValue } from '../../src/text/python-json.ts'

// The expected texts are what Python 3.11 prints for json.dumps of the same value.
describe('JSON as Python writes it', () => {
  it.each<[JsonValue, string]>([
    [{ b: 1, a: [true, false, null] }, '{"b": 1, "a": [true, false, null]}'],
    [{}, '{}'],
    [[], '[]'],
    [['a', ['b']], '["a", ["b"]]'],
    [-900, '-900'],
    ['jürgen', String.raw`"j\u00fcrgen"`],
    ['\u{1f600}\u2028', String.raw`"\ud83d\ude00\u2028"`],
    ['"\\/\b\f\n\r\t', String.raw`"\"\\/\b\f\n\r\t"`],
    ['\u0000\u001f\u007f\u0080', String.raw`"\u0000\u001f\u007f\u0080"`],
    [{ ключ: '€' }, String.raw`{"\u043a\u043b\u044e\u0447": "\u20ac"}`],
    [{ kept: null, dropped: undefined }, '{"kept": null}'],
  ])('%j', (value, text) => {
    expect(formatPythonJson(value)).toBe(text)
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
  })

  it('sorts the keys of every object when asked to', () => {
    const value = { b: [{ z: 1, y: 2 }], B: 1, a: { d: 1, c: 2 } }
    expect(formatPythonJson(value, { sortKeys: true })).toBe(
      '{"B": 1, "a": {"c": 2, "d": 1}, "b": [{"y": 2, "z": 1}]}',
    )
  })

  it('sorts by code points, which UTF-16 does not', () => {
    expect(formatPythonJson({ '\u{10000}': 1, '\uff5e': 2 }, { sortKeys: true })).toBe(
      String.raw`{"\uff5e": 2, "\ud800\udc00": 1}`,
    )
  })

  it('leaves out blanks when asked to', () => {
    expect(formatPythonJson({ b: [1, 2], a: 'x, y: z' }, { sortKeys: true, compact: true })).toBe(
      '{"a":"x, y: z","b":[1,2]}',
    )
  })
})
