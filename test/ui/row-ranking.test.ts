import { expect, it } from 'vitest'
import { rankProfiles } from '../../src/ui/ranking.ts'
import { prepareRows } from '../../src/ui/row-ranking.ts'

const rows = [
  ['Sandbox 111', '222233334444', 'prod@example.com'],
  ['Production', '111122223333', ''],
  ['Staging', '333344445555', 'staging@example.com'],
]

it.each([
  ['', [0, 1, 2]],
  ['prod', [1, 0]],
  ['1111', [1]],
  ['stag 3333', [2]],
  ['nothing like it', []],
])('%j finds %j', (query, expected) => {
  expect(rankProfiles(query, prepareRows(rows))).toEqual(expected)
})
