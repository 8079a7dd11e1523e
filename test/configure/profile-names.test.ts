import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseNames } from '../../src/configure/profile-names.ts'

/** `ACCOUNT ROLE NAME` */
const choose = (wishes: readonly string[], ...taken: string[]) =>
  chooseNames(
    wishes.map((wish) => {
      const [accountId = '', roleName = '', name = ''] = wish.split(' ')
      return { accountId, roleName, name }
    }),
    new Set(taken),
  )

describe('names', () => {
  it.each<[string, string[], string[], string[]]>([
    ['that differ stay', ['1 r a', '2 r b'], [], ['a', 'b']],
    ['that are the same all get the account', ['1 r a', '2 r a', '3 r b'], [], ['a-1', 'a-2', 'b']],
    ['within an account get the role too', ['1 r a', '1 s a'], [], ['a-1-r', 'a-1-s']],
    ['that are taken get the account', ['1 r a'], ['a'], ['a-1']],
    ['whose second choice is taken go on', ['1 r a'], ['a', 'a-1'], ['a-1-r']],
    ['whose every choice is taken get a number', ['1 r a'], ['a', 'a-1', 'a-1-r', 'a-1-r-2'], ['a-1-r-3']],
    [
      'that another one leads to are left to neither',
      ['1 r a', '2 r a', '3 r a-1'],
      [],
      ['a-1-r', 'a-2', 'a-1-3'],
    ],
    ['whose roles are spelled the same in the end', ['1 x=y a', '1 x,y a'], [], ['a-1-x-y-2', 'a-1-x-y']],
    ['case matters', ['1 r A', '2 r a'], [], ['A', 'a']],
    ['never the default profile', ['1 r default'], [], ['default-1']],
  ])('%s', (_name, wishes, taken, expected) => {
    expect(choose(wishes, ...taken)).toEqual(expected)
  })

  it('are all different, free, and the same in any order', () => {
    const part = fc.constantFrom<string>('1', '2', '3', 'a', 'a-1', 'a-1-1', 'a-1-1-2')
    const wish = fc.tuple(part, part, part).map((parts) => parts.join(' '))
    const wishes = fc.uniqueArray(wish, {
      selector: (text) => text.split(' ').slice(0, 2).join(' '),
      maxLength: 12,
    })
    fc.assert(
      fc.property(wishes, fc.array(part), fc.infiniteStream(fc.nat()), (list, taken, random) => {
        const names = choose(list, ...taken)
        expect(new Set(names).size).toBe(list.length)
        expect(names.filter((name) => taken.includes(name))).toEqual([])
        const shuffled = list
          .map((each, index) => ({ each, index, key: random.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
        expect(
          choose(
            shuffled.map(({ each }) => each),
            ...taken,
          ),
        ).toEqual(shuffled.map(({ index }) => names[index]))
      }),
    )
  })
})
