import { describe, expect, it } from 'vitest'
import { type Candidate, locateIn, prepareCandidates, rankProfiles } from '../../src/ui/ranking.ts'

const candidates: Candidate[] = [
  { name: 'acme-production', accountId: '111122223333', roleName: 'ReadOnly', region: 'eu-west-1' },
  { name: 'acme-dev', accountId: '444455556666', roleName: 'Admin', region: 'us-east-1' },
  { name: 'admin', accountId: '777788889999', roleName: 'Support', region: 'eu-west-1' },
  { name: 'Größe' },
  { name: 'prod' },
  { name: 'zeta-dev' },
  { name: 'beta-dev' },
]

function rank(query: string): string[] {
  return rankProfiles(query, prepareCandidates(candidates)).map((index) => candidates[index]?.name ?? '')
}

describe('rankProfiles', () => {
  it.each([
    ['an exact name is first', 'prod', ['prod', 'acme-production']],
    ['letters need not be side by side', 'acprd', ['acme-production']],
    ['a part of an account', '44445', ['acme-dev']],
    ['a role', 'readonly', ['acme-production']],
    ['the name counts more than the role', 'admin', ['admin', 'acme-dev']],
    ['every word must match, in any field and order', 'us-east acme', ['acme-dev']],
    ['a word that matches nowhere excludes', 'acme xyz', []],
    ['white space around and between words', '  dev   acme ', ['acme-dev']],
    ['case does not matter', 'PROD', ['prod', 'acme-production']],
    ['accents may be left out', 'größe', ['Größe']],
    ['accents may be left out of the query', 'groß', ['Größe']],
    ['equal matches stay in the order given', 'ta-dev', ['zeta-dev', 'beta-dev']],
  ])('%s: %s', (_title, query, expected) => {
    expect(rank(query)).toEqual(expected)
  })

  it.each(['', '  ', '\t'])('an empty query (%j) gives all, in the order given', (query) => {
    expect(rank(query)).toEqual(candidates.map(({ name }) => name))
  })

  it('takes any characters in query and candidates', () => {
    const hostile = prepareCandidates([
      { name: '\u001b[31m$(x)' },
      { name: '[' },
      { name: '' },
      { name: 'İ\ud800' },
    ])
    for (const query of ['\u001b[', '$(', '[', '\\', '*', 'i', '\ud800']) {
      expect(rankProfiles(query, hostile)).not.toContain(2)
    }
    expect(rankProfiles('$(', hostile)).toEqual([0])
  })

  it('answers one query after another from the same preparation', () => {
    const prepared = prepareCandidates(candidates)
    const first = rankProfiles('acme dev', prepared)
    rankProfiles('beta eu', prepared)
    expect(rankProfiles('acme dev', prepared)).toEqual(first)
  })
})

describe('locateIn', () => {
  it('says in which column each word of the query matches, and where', () => {
    expect(locateIn('us-east acd', prepareCandidates(candidates), 1)).toEqual([
      { column: 3, indexes: [0, 1, 2, 3, 4, 5, 6] },
      { column: 0, indexes: [0, 1, 5] },
    ])
    expect(locateIn('', prepareCandidates(candidates), 1)).toEqual([])
  })
})
