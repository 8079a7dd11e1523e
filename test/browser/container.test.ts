import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatContainerLink } from '../../src/browser/container.ts'

it('a link gives each value back when it is decoded once', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.constantFrom('granted' as const, 'container' as const),
      (name, url, addOn) => {
        const link = formatContainerLink(url, { addOn, name, color: 'red' })
        const [, scheme, query] = /^(ext\+[a-z-]+):([!-~]*)$/.exec(link) ?? []
        expect(scheme).toBe(addOn === 'granted' ? 'ext+granted-containers' : 'ext+container')
        expect([...new URLSearchParams(query)]).toEqual([
          ['name', name],
          ['url', url],
          ['color', 'red'],
        ])
      },
    ),
    { seed: 19, numRuns: 300 },
  )
})

it('a name that is no UTF-8 can be in a link', () => {
  const link = formatContainerLink('https://x/', { addOn: 'granted', name: 'a\udcffb' })
  expect(link).toBe('ext+granted-containers:name=a%EF%BF%BDb&url=https%3A%2F%2Fx%2F')
})
