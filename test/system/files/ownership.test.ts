import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { FileStat, Files, User } from '../../../src/context.ts'
import { nodeFiles } from '../../../src/system/files/files.ts'
import { findObjection, keepsOwnership } from '../../../src/system/files/ownership.ts'
import { createContext } from '../../support/context.ts'
import { createHome, type Home } from '../../support/home.ts'
import { isRoot, otherGroup, otherUser } from '../../support/other-user.ts'

let home: Home
let file: string
beforeEach(() => {
  home = createHome()
  file = home.write('a/b/file', '')
})

const at = (name: string) => join(home.path, name)
const judge = (path = file, user?: User) => {
  const objection = findObjection({ ...createContext(home), ...(user && { user }) }, path)
  return objection && [objection.flaw, objection.path]
}

describe('a file', () => {
  it('of the user in folders of the user is believed, and one that is not there', () => {
    expect([judge(), judge(at('a/b/c/d'))]).toEqual([undefined, undefined])
  })

  it.each(['a/b/file', 'a/b', 'a', ''])('is not where others can write to it or above it: %s', (name) => {
    const open = at(name).replace(/\/$/, '')
    chmodSync(open, 0o757)
    expect(judge()).toEqual(['open-to-others', open])
  })

  it('is whatever is above the home', () => {
    mkdirSync(at('a/home'))
    chmodSync(at('a'), 0o777)
    const inner = { ...createContext(home), env: { HOME: at('a/home') } }
    expect(findObjection(inner, at('a/home/x'))).toBeUndefined()
    expect(findObjection(inner, at('a/b/file'))).toMatchObject({ path: at('a') })
  })

  it('is judged with the folders on the way of a link, and by where it leads', () => {
    symlinkSync('a', at('link'))
    symlinkSync(at('link/b/file'), at('a/far'))
    expect([judge(at('link/b/file')), judge(at('a/far'))]).toEqual([undefined, undefined])
    chmodSync(at('a/b'), 0o777)
    expect([judge(at('link/b/file')), judge(at('a/far'))]).toEqual([
      ['open-to-others', at('a/b')],
      ['open-to-others', at('a/b')],
    ])
    symlinkSync('loop', at('loop'))
    expect(judge(at('loop/x'))).toBeUndefined()
  })

  it('is judged outside of the home up to the root', () => {
    const inner = { ...createContext(home), env: { HOME: at('a') } }
    symlinkSync('../out', at('a/link'))
    home.write('out/file', '')
    expect(findObjection(inner, at('a/link/file'))).toBeUndefined()
    chmodSync(home.path, 0o777)
    expect(findObjection({ ...inner, user: { id: 0, groupId: 0 } }, at('a/link/file'))).toMatchObject({
      path: home.path,
    })
  })

  it('is believed from a group that nobody else is in', () => {
    chmodSync(file, 0o660)
    chmodSync(at('a'), 0o775)
    const { userId, groupId } = nodeFiles.stat(file) ?? { userId: 0, groupId: 0 }
    expect(judge(file, { id: userId, groupId: userId })).toBe(
      userId === groupId ? undefined : expect.anything(),
    )
  })

  describe.skipIf(!isRoot)('of others (only where root can give files away)', () => {
    it.each(['a/b/file', 'a/b', 'a'])('is not believed: %s', (name) => {
      chownSync(at(name), otherUser, otherUser)
      expect(judge()).toEqual(['foreign', at(name)])
    })

    it('is believed from root, and from the owner of the home where root is the user', () => {
      chownSync(file, otherUser, otherUser)
      const { user } = createContext(home)
      expect(judge(file, { ...(user as User), homeOwnerId: otherUser })).toBeUndefined()
      chownSync(file, 0, 0)
      expect(judge(file, { id: otherUser, groupId: otherUser })).toBeUndefined()
    })

    it('is not from a group that somebody else may be in', () => {
      chownSync(file, 0, otherGroup)
      chmodSync(file, 0o660)
      expect(judge()).toEqual(['open-to-group', file])
    })

    it('is not through a link of somebody else', () => {
      chmodSync(at('a'), 0o1777)
      symlinkSync(at('a/b/file'), at('a/link'))
      expect(judge(at('a/link'))).toBeUndefined()
      lchownSync(at('a/link'), otherUser, otherUser)
      expect(judge(at('a/link'))).toEqual(['foreign', at('a/link')])
    })
  })
})

describe('a disk', () => {
  /** Whether the disk of the file does, by an objection to a path. */
  const tryOut = (files: Partial<Files> = {}, path = file) =>
    keepsOwnership(createContext(home, { files }), {
      subject: file,
      path,
      flaw: 'open-to-others',
      ownership: nodeFiles.stat(path) as FileStat,
    })

  it('that keeps modes and owners is told by what becomes of a file there', () => {
    expect(tryOut()).toBe(true)
    expect(nodeFiles.list(at('a/b'))).toEqual(['file'])
  })

  it('that keeps none, simulated at the port, too', () => {
    const probe = (path: string) => ({ ...nodeFiles.probe(path), mode: 0o777 })
    expect(tryOut({ probe })).toBe(false)
    expect(tryOut({ probe: (path: string) => ({ ...nodeFiles.probe(path), userId: otherUser }) })).toBe(false)
  })

  it('is tried where it can be written to, and nowhere else', () => {
    const refuseAt = (folders: string[]) => (path: string) => {
      if (folders.includes(dirname(path))) throw Object.assign(new Error('EACCES'), { code: 'EACCES' })
      return { ...nodeFiles.probe(path), mode: 0o777 }
    }
    expect(tryOut({ probe: refuseAt([dirname(home.path), home.path]) }, home.path)).toBe(false)
    expect(tryOut({ probe: refuseAt([at('a/b')]) }, at('a'))).toBe(false)
    expect(tryOut({ probe: refuseAt([at('a/b'), dirname(home.path), home.path]) }, home.path)).toBe(true)
    const stat = (path: string) => {
      const found = nodeFiles.stat(path)
      return found && { ...found, device: path === home.path ? 1n : found.device }
    }
    const statEntry = (path: string) => ({ ...(nodeFiles.statEntry(path) as FileStat), device: 1n })
    expect(tryOut({ probe: refuseAt([home.path]), stat, statEntry }, home.path)).toBe(true)
  })
})
