import { expect, it } from 'vitest'
import { readPages } from '../../src/sso/pages.ts'

it('a list that has a new page each time ends after a thousand', async () => {
  let count = 0
  const listing = await readPages(async () => ({ items: [1], odd: 1, nextToken: String(++count) }))
  expect(listing).toBeUndefined()
  expect(count).toBe(1000)
})

it('the odd entries of all pages are counted', async () => {
  const pages = [{ nextToken: 'b' }, {}]
  const listing = await readPages(async (next) => ({ items: [next], odd: 1, ...pages[next === 'b' ? 1 : 0] }))
  expect(listing).toEqual({ items: [undefined, 'b'], odd: 2 })
})
