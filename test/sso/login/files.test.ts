import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { quoteAnywhere } from '../../../src/text/words.ts'
import { canMount, createDisk, type Disk } from '../../support/disk.ts'
import { takeSnapshot } from '../../support/snapshot.ts'
import { openWorld, type World } from './world.ts'

const login = ['login', '--device-code']
const switching = ['env', 'dev-profile', '--format', 'dotenv']
const minutes = 60_000

/** Runs assume with this umask: a login by the executable, all else in this process. */
async function assumeWithUmask(world: World, umask: number, words: readonly string[]) {
  const before = process.umask(umask)
  try {
    return await (words === login ? world.assume(words) : world.call(words))
  } finally {
    process.umask(before)
  }
}

/** The permissions of all that is in the folders that hold secrets or are ours. */
function listModes({ home }: World): Record<string, string> {
  const roots = ['.aws/sso', '.cache/assume', '.local/state/assume'].filter((root) =>
    existsSync(join(home.path, root)),
  )
  const names = roots.flatMap((root) => [
    root,
    ...readdirSync(join(home.path, root), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(root, name),
    ),
  ])
  return Object.fromEntries(
    names.map((name) => {
      const stat = lstatSync(join(home.path, name))
      return [name, `${stat.isDirectory() ? 'folder' : 'file'} ${(stat.mode & 0o777).toString(8)}`]
    }),
  )
}

describe.each([0o000, 0o022, 0o077])('under umask %o', (umask) => {
  it('every file is 0600 and every folder 0700, after a login, a refresh and a logout', async () => {
    const world = await openWorld({ accessTokenLifetime: 600 })
    for (const words of [login, switching, ['list'], ['logout'], login]) {
      expect((await assumeWithUmask(world, umask, words)).status).toBe(0)
      const modes = listModes(world)
      expect(new Set(Object.values(modes))).toEqual(new Set(['file 600', 'folder 700']))
    }
    expect(Object.keys(listModes(world))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\.cache\/assume\/registrations\/.*\.json$/)]),
    )
  })

  it('a token that another tool has left open to others is closed by the refresh', async () => {
    const world = await openWorld()
    await world.logIn(5 * minutes)
    chmodSync(world.tokenPath, 0o644)
    chmodSync(dirname(world.tokenPath), 0o755)
    expect((await assumeWithUmask(world, umask, switching)).status).toBe(0)
    expect(statSync(world.tokenPath).mode & 0o777).toBe(0o600)
    // The folder is the AWS CLI's, and other programs of the user may want to read it.
    expect(statSync(dirname(world.tokenPath)).mode & 0o777).toBe(0o755)
  })
})

/** Moves the home to a disk of its own, and returns the environment that leads there. */
function moveTo(disk: Disk, world: World): { env: Record<string, string> } {
  execFileSync('cp', ['-a', `${world.home.path}/.`, disk.path])
  return { env: { HOME: disk.path } }
}

describe.skipIf(!canMount)(
  `a home on a read-only disk${canMount ? '' : ' (mounting is not permitted)'}`,
  () => {
    async function open(left?: number) {
      const world = await openWorld()
      if (left !== undefined) await world.logIn(left)
      const disk = createDisk()
      const at = moveTo(disk, world)
      disk.makeReadOnly()
      const before = takeSnapshot(disk.path)
      return { world, at, expectSame: () => expect(takeSnapshot(disk.path)).toEqual(before) }
    }

    it('takes no login, and says so before anybody is asked', async () => {
      const { world, at, expectSame } = await open()
      const result = await world.assume(login, at)
      expect(result).toMatchObject({ status: 1, stdout: '' })
      expect(result.stderr).toMatch(
        /^assume: cannot write \/.*: its file system is read-only\n {2}df '?\/.*\n$/,
      )
      expect(world.sandbox.requests.all).toEqual([])
      expectSame()
    })

    it('lets a session that is good be used', async () => {
      const { world, at, expectSame } = await open(60 * minutes)
      expect(await world.assume(switching, at)).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('AWS_PROFILE'),
        stderr: '',
      })
      expectSame()
    })

    it('lets a session be used that is good for some minutes, with a warning and without a refresh', async () => {
      const { world, at, expectSame } = await open(5 * minutes)
      const result = await world.assume(switching, at)
      expect(result).toMatchObject({ status: 0, stdout: expect.stringContaining('AWS_PROFILE') })
      expect(result.stderr).toMatch(/^assume: warning: cannot write .*: its file system is read-only\n$/)
      expect(world.sandbox.requests.all).toEqual([])
      expectSame()
    })

    it('does not refresh a token that is over, which would use up its refresh token', async () => {
      const { world, at, expectSame } = await open(-5 * minutes)
      const result = await world.assume(switching, at)
      expect(result).toMatchObject({ status: 1, stdout: '' })
      expect(result.stderr).toMatch(/^assume: cannot write .*: its file system is read-only\n {2}df /)
      expect(world.sandbox.requests.all).toEqual([])
      expectSame()
    })

    it('keeps its token in a logout, which says so', async () => {
      const { world, at, expectSame } = await open(60 * minutes)
      const result = await world.assume(['logout'], at)
      expect(result).toMatchObject({ status: 1, stdout: '' })
      expect(result.stderr).toMatch(/cannot remove .*\.json: its file system is read-only\n {2}df /)
      expectSame()
    })
  },
)

describe.skipIf(!canMount)(`a full disk${canMount ? '' : ' (mounting is not permitted)'}`, () => {
  /** All of the home, or only what AWS tools share, is on the disk. */
  async function open(part: 'the home' | '~/.aws', left?: number) {
    const world = await openWorld()
    if (left !== undefined) await world.logIn(left)
    const disk = createDisk()
    let at: { env?: Record<string, string> } = {}
    if (part === 'the home') at = moveTo(disk, world)
    else {
      const aws = join(world.home.path, '.aws')
      execFileSync('cp', ['-a', aws, disk.path])
      renameSync(aws, `${aws}-before`)
      symlinkSync(join(disk.path, '.aws'), aws)
    }
    disk.fill()
    const look = () => takeSnapshot(join(disk.path, '.aws'))
    const before = look()
    return { world, at, disk, expectSame: () => expect(look()).toEqual(before) }
  }

  it.each(['the home', '~/.aws'] as const)(
    'with %s on it: a login is refused before anybody is asked',
    async (part) => {
      const { world, at, expectSame } = await open(part)
      const result = await world.call(login, at)
      expect(result).toMatchObject({ status: 1, stdout: '' })
      expect(result.stderr).toMatch(/^assume: cannot write \/.*: the disk is full\n {2}df '?\/.*\n$/)
      expect(world.sandbox.requests.all).toEqual([])
      expectSame()
    },
  )

  it.each(['the home', '~/.aws'] as const)(
    'with %s on it: a token that is over keeps its refresh token, and is renewed when there is room',
    async (part) => {
      const { world, at, disk, expectSame } = await open(part, -5 * minutes)
      const result = await world.call(switching, at)
      expect(result).toMatchObject({ status: 1, stdout: '' })
      expect(result.stderr).toMatch(/^assume: cannot write \/.*: the disk is full\n {2}df /)
      expect(world.sandbox.requests.all).toEqual([])
      expectSame()
      for (const name of readdirSync(disk.path).filter((name) => name.startsWith('filling-')))
        rmSync(join(disk.path, name))
      expect((await world.call(switching, at)).status).toBe(0)
    },
  )

  it.each(['the home', '~/.aws'] as const)(
    'with %s on it: a token with some minutes left is used, with a warning',
    async (part) => {
      const { world, at, expectSame } = await open(part, 5 * minutes)
      const result = await world.call(switching, at)
      expect(result).toMatchObject({ status: 0, stdout: expect.stringContaining('AWS_PROFILE') })
      expect(result.stderr).toMatch(/^assume: warning: cannot write \/.*: the disk is full\n$/)
      expectSame()
    },
  )

  it('lets go of a session in a logout', async () => {
    const { world, at } = await open('~/.aws', 60 * minutes)
    expect(await world.call(['logout'], at)).toMatchObject({ status: 0 })
    expect(existsSync(world.tokenPath)).toBe(false)
  })
})

describe('a link', () => {
  it('in place of the cache folder stays, and what it leads to gets the token', async () => {
    const world = await openWorld()
    const folder = join(world.home.path, 'elsewhere')
    const link = dirname(world.tokenPath)
    mkdirSync(folder)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(folder, link)
    expect((await world.call(login)).status).toBe(0)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readdirSync(folder)).toHaveLength(1)
    expect(statSync(world.tokenPath).mode & 0o777).toBe(0o600)
    expect((await world.call(switching)).status).toBe(0)
    expect((await world.call(['logout'])).status).toBe(0)
    expect(readdirSync(folder)).toEqual([])
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
  })

  it('in place of the token is not followed, and a login replaces it', async () => {
    const world = await openWorld()
    await world.logIn(60 * minutes)
    const elsewhere = join(world.home.path, 'elsewhere.json')
    renameSync(world.tokenPath, elsewhere)
    symlinkSync(elsewhere, world.tokenPath)
    const before = readFileSync(elsewhere, 'utf8')
    const { status, stderr } = await world.call(switching)
    expect({ status, stderr }).toMatchObject({
      status: 3,
      stderr: expect.stringContaining(
        `${world.tokenPath} is not used: it is a link\n  ls -l ${quoteAnywhere(world.tokenPath)}\n`,
      ),
    })
    expect((await world.call(login)).status).toBe(0)
    expect(lstatSync(world.tokenPath).isFile()).toBe(true)
    expect(readFileSync(world.tokenPath, 'utf8')).not.toBe(before)
    expect(readFileSync(elsewhere, 'utf8')).toBe(before)
  })

  it.each(['.aws/sso/cache', '.aws/sso'])(
    'that leads nowhere in place of %s: a login is refused before anybody is asked',
    async (name) => {
      const world = await openWorld()
      const link = join(world.home.path, name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(join(world.home.path, 'nowhere'), link)
      const before = takeSnapshot(world.home.path)
      const result = await world.call(login)
      expect(result).toEqual({
        status: 1,
        stdout: '',
        stderr: `assume: ${link} is a link to a folder that does not exist\n  ls -l ${quoteAnywhere(link)}\n`,
      })
      expect(world.sandbox.requests.all).toEqual([])
      expect(takeSnapshot(world.home.path)).toMatchObject(before)
      expect(lstatSync(link).isSymbolicLink()).toBe(true)
    },
  )
})

it('a file in place of the cache folder is left alone, and a login is refused before anybody is asked', async () => {
  const world = await openWorld()
  const path = join(world.home.path, '.aws/sso/cache')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, 'precious')
  const result = await world.call(login)
  expect(result).toMatchObject({ status: 1, stdout: '' })
  expect(result.stderr).toMatch(/^assume: cannot write \/.*: a part of its path is no directory\n {2}ls -ld /)
  expect(world.sandbox.requests.all).toEqual([])
  expect(readFileSync(path, 'utf8')).toBe('precious')
})

it('foreign and broken files in the cache folder are not touched', async () => {
  const world = await openWorld()
  const foreign = {
    '.aws/sso/cache/kiro-auth-token.json': '{"accessToken": "x", "expiresAt": "2026',
    '.aws/sso/cache/botocore-client-id-eu-west-2.json': '{"clientId": "x"}',
    '.aws/sso/cache/empty.json': '',
    '.aws/sso/cache/.hidden': '\u0000',
    '.aws/cli/cache/session.db': 'SQLite',
  }
  for (const [name, content] of Object.entries(foreign)) world.home.write(name, content)
  for (const words of [login, switching, ['list'], ['logout'], login, ['logout', '--all']]) {
    expect((await world.call(words)).status).toBe(0)
  }
  for (const [name, content] of Object.entries(foreign)) {
    expect(readFileSync(join(world.home.path, name), 'utf8')).toBe(content)
  }
})
