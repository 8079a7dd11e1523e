import { describe, expect, it } from 'vitest'
import { orderByUse, scoreUses } from '../../src/core/history.ts'
import { findNearest, isTypo, matchesPattern } from '../../src/core/matching.ts'

describe('a typo', () => {
  it.each(['stauts', 'statu', 'tatu', 'statis'])('of status is %s', (name) =>
    expect(isTypo(name, 'status')).toBe(true),
  )

  it.each([
    ['nope', 'role'],
    ['prod', 'profile'],
  ])('is not what has other letters: %s for %s', (name, word) => expect(isTypo(name, word)).toBe(false))
})

describe('the nearest names', () => {
  const names = ['dev-profile', 'test-profile', 'prod-admin', 'Team A prod', 'x']
  it.each([
    ['dev-profil', ['dev-profile']],
    ['DEV-PROFILE', ['dev-profile', 'test-profile']],
    ['prod', ['prod-admin', 'Team A prod']],
    ['profile', ['dev-profile', 'test-profile']],
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
