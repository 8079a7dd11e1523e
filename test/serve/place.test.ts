import { describe, expect, it } from 'vitest'
import { canBeSocket, choosePlace } from '../../src/serve/place.ts'

const folders = ['/run/user/1000/assume', '/home/jo/.local/state/assume/serve']

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
  })
})
