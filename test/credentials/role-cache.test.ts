import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RoleSession } from '../../src/aws/credentials.ts'
import { keepRole, locateRoleEntry } from '../../src/credentials/role-cache.ts'
import { formatRoleEntry, parseRoleEntry } from '../../src/credentials/role-file-text.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { locateRoleLock, withLock } from '../../src/system/lock/lock.ts'
import { locatePaths, type Paths } from '../../src/system/paths.ts'
import { createContext } from '../support/context.ts'
import { canMount, createDisk } from '../support/disk.ts'
import { createHome, fixtures, type Home } from '../support/home.ts'

const now = Date.UTC(2026, 10, 21, 4, 0)
const minute = 60_000
const golden = join(fixtures, 'awscli/cli-cache')
const readGolden = (hash: string) => readFileSync(join(golden, `${hash}.json`), 'utf8')

function sessionOf(accessKeyId: string, left = 60 * minute): RoleSession {
  return {
    credentials: {
      accessKeyId,
      secretAccessKey: 'fake-secret',
      sessionToken: 'fake-token',
      expiresAt: now + left,
      accountId: '123456789012',
    },
    user: { id: 'AROAX:sess', arn: 'arn:aws:sts::123456789012:assumed-role/R/sess' },
  }
}

describe('the text of an entry', () => {
  it('is that of the AWS CLI for a role of Identity Center', () => {
    const credentials = {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'stoken',
      expiresAt: Date.UTC(2026, 10, 21, 5, 38, 0, 999),
      accountId: '111122223333',
    }
    expect(formatRoleEntry({ credentials })).toBe(readGolden('360f093cdc0bddf23eecc38b9cb6222fca5a195a'))
  })

  it('is that of the AWS CLI for an assumed role, less the metadata of the answer', () => {
    const credentials = {
      accessKeyId: 'ASIACHAIN',
      secretAccessKey: 'sec',
      sessionToken: 'tok',
      expiresAt: Date.UTC(2026, 10, 21, 5, 38, 2),
      accountId: '123456789012',
    }
    const { user } = sessionOf('x')
    const text = formatRoleEntry(user ? { credentials, user } : { credentials })
    const theirs = readGolden('c03ce438bc208f6214854d85d3ca930ff73e3004')
    expect(text).toBe(theirs.replace(/, "ResponseMetadata": .*/s, '}'))
  })

  it.each(readdirSync(golden))('of the AWS CLI is understood: %s', (name) => {
    const text = readFileSync(join(golden, name), 'utf8')
    expect(parseRoleEntry(text, now)).toMatchObject({ secretAccessKey: expect.stringMatching(/^sec/) })
    expect(parseRoleEntry(text.replace(/Z"|\+00:00"/, 'UTC"'), now)).toEqual(parseRoleEntry(text, now))
  })

  const text = formatRoleEntry(sessionOf('ASIA', 15 * minute))
  it('counts with a quarter of an hour to go, and not with less', () => {
    expect(parseRoleEntry(text, now)).toMatchObject({ accessKeyId: 'ASIA', expiresAt: now + 15 * minute })
    expect(parseRoleEntry(text, now + 1)).toBeUndefined()
  })

  it.each([
    undefined,
    '',
    text.slice(0, -10),
    `${text}"}`,
    '[]',
    'null',
    '{"Credentials": null}',
    '{"Credentials": "x"}',
    text.replace('"SessionToken": "fake-token", ', ''),
    text.replace('"ASIA"', '1'),
    text.replace('2026', 'year'),
  ])('counts as none: %j', (broken) => {
    expect(parseRoleEntry(broken, now - 1000 * minute)).toBeUndefined()
  })
})

describe('keeping a role', () => {
  const file = { name: 'c03ce438bc208f6214854d85d3ca930ff73e3004.json', isShared: true }
  let home: Home
  let paths: Paths
  let screen: string[]
  beforeEach(() => {
    home = createHome()
    paths = locatePaths({ HOME: home.path }, 'linux')
    screen = []
  })

  async function keep(session: RoleSession | Error, { refresh = false, isShared = true } = {}) {
    let count = 0
    const fetch = async () => {
      count += 1
      if (session instanceof Error) throw session
      return session
    }
    const world = createContext(home, { now: () => now, screen })
    const credentials = await keepRole(
      world,
      paths,
      { ...file, isShared },
      { task: 'a test', refresh },
      fetch,
    )
    return { count, id: credentials.accessKeyId }
  }
  const path = (isShared = true) => locateRoleEntry(paths, { ...file, isShared })
  const modeOf = (path: string) => statSync(path).mode & 0o777
  const warnings = () => screen.filter((line) => line.startsWith('assume: '))

  it.each([true, false])(
    'writes it for the owner alone and takes it from there (shared: %s)',
    async (isShared) => {
      expect(await keep(sessionOf('ONE'), { isShared })).toEqual({ count: 1, id: 'ONE' })
      expect(await keep(sessionOf('TWO'), { isShared })).toEqual({ count: 0, id: 'ONE' })
      expect([modeOf(path(isShared)), modeOf(dirname(path(isShared)))]).toEqual([0o600, 0o700])
      expect(readdirSync(dirname(path(isShared)))).toEqual([file.name])
      expect(warnings()).toEqual([])
    },
  )

  it('keeps ours apart from theirs', async () => {
    await keep(sessionOf('ONE'), { isShared: false })
    expect(await keep(sessionOf('TWO'))).toEqual({ count: 1, id: 'TWO' })
    expect(await keep(sessionOf('THREE'), { isShared: false })).toEqual({ count: 0, id: 'ONE' })
  })

  it('fetches anew what is nearly over, or when it is told to', async () => {
    await keep(sessionOf('ONE', 15 * minute - 1))
    expect(await keep(sessionOf('TWO'))).toEqual({ count: 1, id: 'TWO' })
    expect(await keep(sessionOf('THREE'), { refresh: true })).toEqual({ count: 1, id: 'THREE' })
    expect(await keep(sessionOf('FOUR'))).toEqual({ count: 0, id: 'THREE' })
  })

  it('replaces what is broken, and makes it private', async () => {
    home.write('.aws/cli/cache/session.db', 'not ours')
    home.write(`.aws/cli/cache/${file.name}`, '{"Credentials": {"Acc')
    chmodSync(path(), 0o644)
    expect(await keep(sessionOf('ONE'))).toEqual({ count: 1, id: 'ONE' })
    expect(await keep(sessionOf('TWO'))).toEqual({ count: 0, id: 'ONE' })
    expect(modeOf(path())).toBe(0o600)
    expect(readdirSync(dirname(path())).sort()).toEqual([file.name, 'session.db'])
  })

  it('keeps what is there when the fetch fails, and gives the lock back', async () => {
    const text = formatRoleEntry(sessionOf('OLD', minute))
    home.write(`.aws/cli/cache/${file.name}`, text)
    await expect(keep(new Error('of the fetch'))).rejects.toThrow('of the fetch')
    expect(readFileSync(path(), 'utf8')).toBe(text)
    expect(readdirSync(paths.locks)).toEqual([])
  })

  it('fetches once for many at once', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, index) => keep(sessionOf(`K${index}`))))
    expect(results.filter(({ count }) => count === 1)).toHaveLength(1)
    expect(new Set(results.map(({ id }) => id)).size).toBe(1)
  })

  it('ends its wait for another process when it is interrupted', async () => {
    const interruption = new AbortController()
    const world = { ...createContext(home, { screen }), interruption: interruption.signal }
    await withLock(world, locateRoleLock(paths.locks, file.name), 'test', async () => {
      const waiting = keepRole(world, paths, file, { task: 'a test', refresh: false }, async () =>
        sessionOf('X'),
      )
      interruption.abort(new Error('Ctrl-C'))
      await expect(waiting).rejects.toThrow('Ctrl-C')
    })
  })

  it('hands out what cannot be written, with a warning', async () => {
    mkdirSync(path(), { recursive: true })
    expect(await keep(sessionOf('ONE'))).toEqual({ count: 1, id: 'ONE' })
    expect(warnings()).toEqual([
      `assume: warning: cannot write ${path()}: it is a directory; the next command has to fetch the credentials again\n`,
    ])
  })

  it('hands out what it has fetched where there can be no lock', async () => {
    home.write('.local/state/assume', 'no folder')
    expect(await keep(sessionOf('ONE'))).toEqual({ count: 1, id: 'ONE' })
    expect(await keep(sessionOf('TWO'))).toEqual({ count: 0, id: 'ONE' })
    expect(warnings()).toEqual([])
  })

  it.skipIf(!canMount)('survives a full disk and a read-only home (only where root may mount)', async () => {
    const disk = createDisk()
    paths = locatePaths({ HOME: disk.path }, 'linux')
    mkdirSync(paths.cliCache, { recursive: true })
    disk.fill()
    expect(await keep(sessionOf('ONE'))).toEqual({ count: 1, id: 'ONE' })
    disk.makeReadOnly()
    expect(await keep(sessionOf('TWO'))).toEqual({ count: 1, id: 'TWO' })
    const reasons = warnings().map(
      (line) => / (the disk is full|its file system is read-only);/.exec(line)?.[1],
    )
    expect(reasons).toEqual(['the disk is full', 'its file system is read-only'])
    expect(nodeFiles.list(paths.cliCache)).toEqual([])
  })
})
