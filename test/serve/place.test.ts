import { describe, expect, it } from 'vitest'
import { canBeSocket, choosePlace, keepOwnFolders } from '../../src/serve/place.ts'
import type { Ownership } from '../../src/system/files/objection.ts'

const folders = ['/run/user/1000/assume', '/home/jo/.local/state/assume/serve']

describe('the folders of servers', () => {
  const folder = { isDirectory: true, userId: 1000, mode: 0o700 } as Ownership
  const keep = (stat: Ownership | undefined) =>
    keepOwnFolders(folders, 1000, (path) => {
      expect(path).toBe('/run/user/1000')
      return stat
    })

  it('are that of the session and ours', () => {
    expect(keep(folder)).toEqual(folders)
  })

  it('are both where nobody can tell whose they are', () => {
    expect(keepOwnFolders(folders, undefined, () => folder)).toEqual(folders)
  })

  it.each([
    ['is not there', undefined],
    ["is somebody else's", { ...folder, userId: 0 }],
    ['is no folder', { ...folder, isDirectory: false }],
    ['cannot be written to', { ...folder, mode: 0o500 }],
    ['cannot be entered', { ...folder, mode: 0o600 }],
  ])('are ours alone where that of the session %s', (_name, stat) => {
    expect(keep(stat)).toEqual([folders[1]])
  })
})

describe('the place of a server', () => {
  it('is called like the profile, in the folder of the session', () => {
    expect(choosePlace(folders, 'dev-profile')).toEqual({
      socket: '/run/user/1000/assume/dev-profile.sock',
      token: '/run/user/1000/assume/dev-profile.token',
      client: '/run/user/1000/assume/dev-profile.client',
    })
  })

  it.each([['Dev'], ['acme/Admin'], ['..'], ['-x'], ['x'.repeat(33)], ['0123456789abcdef'], ['ä b'], ['']])(
    'has a hash for a name such as %j, which another can be mistaken for',
    (name) => {
      const { socket } = choosePlace(folders, name)
      expect(socket).toMatch(/^\/run\/user\/1000\/assume\/[0-9a-f]{16}\.sock$/)
    },
  )

  it('is another one for names that differ in case alone', () => {
    expect(choosePlace(folders, 'Dev').socket).not.toBe(choosePlace(folders, 'DEV').socket)
  })

  it('is in our own folder where the other has too long a path, and never too long for a socket', () => {
    const long = `/run/${'x'.repeat(90)}/assume`
    expect(choosePlace([long, folders[1] as string], 'dev').socket).toBe(
      '/home/jo/.local/state/assume/serve/dev.sock',
    )
    expect(canBeSocket(choosePlace([long], 'dev').socket)).toBe(false)
    expect(canBeSocket(`/${'ä'.repeat(49)}`)).toBe(true)
    expect(canBeSocket(`/${'ä'.repeat(50)}`)).toBe(false)
    // It is made in a folder beside its place.
    expect(canBeSocket(`/${'x'.repeat(94)}/s`)).toBe(false)
  })
})
