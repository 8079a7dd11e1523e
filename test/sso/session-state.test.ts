import { describe, expect, it } from 'vitest'
import { tokenFileName } from '../../src/aws/cache-file-name.ts'
import { describeSpan, formatLocalTime, parseTimestamp } from '../../src/text/time.ts'

describe('the token file name', () => {
  it.each([
    [{ name: 'my-sso', startUrl: 'https://x' }, '0ad374308c5a4e22f723adf10145eafad7c4031c.json'],
    [{ startUrl: 'https://d-abc123.awsapps.com/start' }, '40a89917e3175433e361b710a9d43528d7f1890a.json'],
  ])('of %j', (session, name) => {
    expect(tokenFileName(session)).toBe(name)
  })
})

describe('a timestamp', () => {
  const time = Date.UTC(2026, 10, 21, 5, 37, 12)
  it.each([
    ['2026-11-21T05:37:12Z', time],
    ['2026-11-21T05:37:12.250Z', time + 250],
    ['2026-11-21T05:37:12.123456Z', time + 123],
    ['2026-11-21T05:37:12+00:00', time],
    ['2026-11-21T07:07:12+01:30', time],
    ['2026-11-21T05:37:12UTC', time],
    ['2026-11-21 05:37:12', time],
    ['2026-13-21T05:37:12Z', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [12, undefined],
    [undefined, undefined],
  ])('%j', (text, expected) => {
    expect(parseTimestamp(text)).toBe(expected)
  })
})

describe('a span', () => {
  it.each([
    [59_999, 'less than a minute'],
    [60_000, '1m'],
    [3_600_000, '1h'],
    [7 * 3_600_000 + 12 * 60_000, '7h 12m'],
    [49 * 3_600_000, '2d 1h'],
    [-5, 'less than a minute'],
  ])('%i ms', (span, text) => {
    expect(describeSpan(span)).toBe(text)
  })
})

describe('a time on the clock of the user', () => {
  const now = new Date(2026, 10, 9, 14, 5).getTime()
  it.each([
    [new Date(2026, 10, 9, 8, 3), '08:03'],
    [new Date(2026, 10, 9, 23, 59, 59), '23:59'],
    [new Date(2026, 10, 10, 0, 0), '2026-11-10 00:00'],
    [new Date(2026, 0, 9, 14, 5), '2026-01-09 14:05'],
  ])('%s', (date, text) => {
    expect(formatLocalTime(date.getTime(), now)).toBe(text)
  })
})
