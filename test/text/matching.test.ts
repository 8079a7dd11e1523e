import { describe, expect, it } from 'vitest'
import { orderByUse, scoreUses } from '../../src/index/use-order.ts'
import { findNearest, matchesPattern, rankTypo } from '../../src/text/matching.ts'

describe('a typo', () => {
  it.each([
    ['stauts', 'status', 1],
    ['statu', 'status', 1],
    ['statis', 'status', 1],
    ['exprot', 'export', 1],
    ['tsatus-x', 'status', undefined],
    ['nope', 'role', undefined],
    ['prod', 'profile', undefined],
  ])('%s of %s: %s', (name, word, edits) => expect(rankTypo(name, word)).toBe(edits))
})

describe('the nearest names', () => {
  const names = ['dev-profile', 'test-profile', 'prod-admin', 'Team A prod', 'x']
  it.each([
    ['dev-profil', ['dev-profile']],
    ['DEV-PROFILE', ['dev-profile', 'test-profile']],
    ['prod', ['prod-admin', 'Team A prod']],
    ['profile', ['dev-profile', 'test-profile']],
    ['vde-profile', ['dev-profile']],
    ['zzz', []],
    ['', []],
  ])('of %j', (name, nearest) => {
    expect(findNearest(name, names)).toEqual(nearest)
  })
})

describe('a pattern', () => {
  it.each([
    ['dev', 'my-DEV-x', true],
    ['dev*', 'my-dev', false],
    ['*dev', 'my-dev', true],
    ['a.c', 'abc', false],
    ['a?c', 'abc', true],
    ['(*', '(x', true],
  ])('%s and %s', (pattern, name, expected) => {
    expect(matchesPattern(name, pattern)).toBe(expected)
  })
})

describe('the order of use', () => {
  const week = 7 * 24 * 3600
  it('counts uses, halved for each week', () => {
    const history = [
      `${10 * week}\told`,
      `${10 * week}\told`,
      `${12 * week}\tnew`,
      'broken',
      '\tx',
      `${12 * week}\t`,
    ].join('\n')
    const scores = scoreUses(history, 12 * week)
    expect([...scores]).toEqual([
      ['old', 0.5],
      ['new', 1],
    ])
    expect(orderByUse(['a', 'old', 'b', 'new'], scores)).toEqual(['new', 'old', 'a', 'b'])
  })
})
