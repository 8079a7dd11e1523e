import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Files } from '../../src/context.ts'
import { formatToken, parseToken } from '../../src/sso/token.ts'
import { lookUpSession, readToken, removeToken, writeToken } from '../../src/sso/token-cache.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { parseJsonObject } from '../../src/text/json-object.ts'
import { quoteAnywhere } from '../../src/text/words.ts'
import { createContext } from '../support/context.ts'
import { canMount, createDisk } from '../support/disk.ts'
import { createHome, type Home } from '../support/home.ts'
import { bundleWorker, Worker } from '../support/worker.ts'

const session = { name: 'my-sso', startUrl: 'https://d-abc123.awsapps.com/start' }
const fileName = '0ad374308c5a4e22f723adf10145eafad7c4031c.json'
const now = Date.UTC(2026, 10, 21)
const token = {
  startUrl: session.startUrl,
  region: 'us-west-2',
  accessToken: 'fake-new',
  expiresAt: now + 3_600_000,
  clientId: 'c',
  clientSecret: 's',
  registrationExpiresAt: now + 90 * 86_400_000,
  refreshToken: 'fake-refresh',
}
const oldText = formatToken({ ...token, accessToken: 'fake-old' })

let home: Home
let cache: string
let path: string
beforeEach(() => {
  home = createHome()
  useCache(join(home.path, '.aws/sso/cache'))
})
function useCache(folder: string): void {
  cache = folder
  path = join(cache, fileName)
}

const modeOf = (path: string) => statSync(path).mode & 0o777
const temporaries = () => readdirSync(cache).filter((name) => !name.endsWith('.json'))
const write = () => writeToken(nodeFiles, cache, session, token)
const failure = (action: () => void) => {
  try {
    action()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

describe('writing a token', () => {
  const usual = process.umask()
  afterEach(() => void process.umask(usual))

  it.each([0o000, 0o022, 0o077])('makes private folders and a private file under umask %o', (umask) => {
    process.umask(umask)
    write()
    expect(readFileSync(path, 'utf8')).toBe(formatToken(token))
    const modes = ['.aws', '.aws/sso', '.aws/sso/cache'].map((name) => modeOf(join(home.path, name)))
    expect([modeOf(path), ...modes]).toEqual([0o600, 0o700, 0o700, 0o700])
  })

  it('makes a file private that another tool has left open, and leaves the folder as it is', () => {
    mkdirSync(cache, { recursive: true })
    chmodSync(cache, 0o755)
    writeFileSync(path, oldText)
    chmodSync(path, 0o644)
    write()
    expect([modeOf(path), modeOf(cache)]).toEqual([0o600, 0o755])
  })

  it('goes through a folder that is a link, and replaces a file that is one', () => {
    mkdirSync(join(home.path, 'elsewhere'))
    mkdirSync(join(home.path, '.aws/sso'), { recursive: true })
    symlinkSync(join(home.path, 'elsewhere'), cache)
    write()
    expect(lstatSync(cache).isSymbolicLink()).toBe(true)
    expect(readToken(createContext(home), cache, session, now)?.accessToken).toBe('fake-new')

    writeFileSync(join(home.path, 'token'), oldText)
    removeToken(nodeFiles, cache, session)
    symlinkSync(join(home.path, 'token'), path)
    write()
    expect(lstatSync(path).isSymbolicLink()).toBe(false)
    expect(readFileSync(path, 'utf8')).toBe(formatToken(token))
    expect(readFileSync(join(home.path, 'token'), 'utf8')).toBe(oldText)
  })

  it('touches no other file', () => {
    home.write('.aws/sso/cache/kiro-auth-token.json', 'not ours')
    home.write('.aws/sso/cache/x.tmp', 'not ours')
    write()
    removeToken(nodeFiles, cache, session)
    expect(readdirSync(cache).sort()).toEqual(['kiro-auth-token.json', 'x.tmp'])
    expect(readFileSync(join(cache, 'kiro-auth-token.json'), 'utf8')).toBe('not ours')
  })
})

describe('a token that cannot be written', () => {
  it.skipIf(!canMount)('on a full disk (only where root may mount) loses nothing', () => {
    const disk = createDisk()
    useCache(join(disk.path, '.aws/sso/cache'))
    mkdirSync(cache, { recursive: true })
    writeFileSync(path, oldText)
    disk.fill()
    expect(failure(write)).toMatchObject({
      code: 'unwritable-file',
      message: `cannot write ${path}: the disk is full`,
      hint: `df ${quoteAnywhere(cache)}`,
    })
    expect(readFileSync(path, 'utf8')).toBe(oldText)
    expect(temporaries()).toEqual([])
  })

  it.skipIf(!canMount)('in a read-only home (only where root may mount) says so', () => {
    const disk = createDisk()
    useCache(join(disk.path, '.aws/sso/cache'))
    disk.makeReadOnly()
    expect(failure(write)).toMatchObject({
      code: 'unwritable-file',
      message: `cannot write ${path}: its file system is read-only`,
      hint: `df ${quoteAnywhere(disk.path)}`,
    })
  })

  it('without permission says so, and can be neither written nor removed', () => {
    mkdirSync(cache, { recursive: true })
    // Whatever the umask, the other user can get there.
    for (const name of ['.aws', '.aws/sso']) chmodSync(join(home.path, name), 0o755)
    writeFileSync(path, oldText)
    chmodSync(path, 0o644)
    chmodSync(home.path, 0o755)
    chmodSync(cache, 0o555)
    const [written, removed] = withoutRoot(() => [
      failure(write),
      failure(() => removeToken(nodeFiles, cache, session)),
    ])
    chmodSync(cache, 0o755)
    const hint = `ls -ld ${quoteAnywhere(cache)}`
    expect(written).toMatchObject({
      code: 'unwritable-file',
      message: `cannot write ${path}: permission denied`,
      hint,
    })
    expect(removed).toMatchObject({
      code: 'unwritable-file',
      message: `cannot remove ${path}: permission denied`,
      hint,
    })
    expect(readFileSync(path, 'utf8')).toBe(oldText)
    expect(temporaries()).toEqual([])
  })

  it('because its folder is a link to nothing, or it is a folder, says so', () => {
    mkdirSync(join(home.path, '.aws/sso'), { recursive: true })
    symlinkSync(join(home.path, 'nowhere'), cache)
    expect(failure(write)).toMatchObject({
      message: `${cache} is a link to a folder that does not exist`,
      hint: `ls -l ${quoteAnywhere(cache)}`,
    })
    mkdirSync(join(home.path, 'nowhere', fileName, 'kept'), { recursive: true })
    for (const action of [write, () => removeToken(nodeFiles, cache, session)])
      expect(failure(action)).toMatchObject({
        code: 'unwritable-file',
        hint: `ls -ld ${quoteAnywhere(path)}`,
      })
    expect(existsSync(join(path, 'kept'))).toBe(true)
    expect(temporaries()).toEqual([])
  })
})

/** Runs a synchronous action as a user whom file modes bind. */
function withoutRoot<T>(action: () => T): T {
  if (process.geteuid?.() !== 0) return action()
  chownSync(cache, 65534, 65534)
  process.seteuid?.(65534)
  try {
    return action()
  } finally {
    process.seteuid?.(0)
  }
}

describe('reading a token', () => {
  /** Files where reading gives one text after the other, the last for ever. */
  const filesOf = (texts: string[], age: number): Partial<Files> => ({
    readEntry: () => ({
      bytes: Buffer.from((texts.length > 1 ? texts.shift() : texts[0]) ?? ''),
      stat: {
        mtimeNs: BigInt(now - age) * 1_000_000n,
        ctimeNs: BigInt(now - age) * 1_000_000n,
        inode: 1n,
        device: 1n,
        size: 1,
        mode: 0o600,
        isDirectory: false,
        kind: 'file',
        userId: 0,
        groupId: 0,
      },
    }),
  })

  const worldOf = (texts: string[], age: number) => createContext(home, { files: filesOf(texts, age) })

  it.each([
    ['once more while it is being written', 500, 'fake-new', 'valid'],
    ['not again when it is broken for longer', 1500, undefined, 'none'],
  ])('%s', (_title, age, accessToken, state) => {
    const texts = () => [oldText.slice(0, 30), formatToken(token)]
    expect(readToken(worldOf(texts(), age), cache, session, now)?.accessToken).toBe(accessToken)
    expect(lookUpSession(worldOf(texts(), age), cache, session, now).state).toBe(state)
  })

  it('gives up at once when it stays broken', () => {
    expect(readToken(worldOf(['{'], 500), cache, session, now)).toBeUndefined()
  })

  it('finds none in a folder, and where there is no cache', () => {
    expect(readToken(createContext(home), cache, session, now)).toBeUndefined()
    mkdirSync(path, { recursive: true })
    expect(readToken(createContext(home), cache, session, now)).toBeUndefined()
    expect(lookUpSession(createContext(home), cache, session, now)).toEqual({ state: 'none' })
  })
})

describe('removing a token', () => {
  it('is no error when there is none', () => {
    removeToken(nodeFiles, cache, session)
    write()
    removeToken(nodeFiles, cache, session)
    removeToken(nodeFiles, cache, session)
    expect(readdirSync(cache)).toEqual([])
  })
})

describe('killed writers', () => {
  const program = bundleWorker(join(import.meta.dirname, 'workers/write-tokens.ts'))

  it('never leave a part of a file, whenever they are killed', async () => {
    let writes = 0
    let reads = 0
    while (writes < 200) {
      const writer = new Worker(program, [cache])
      await writer.says('.')
      const end = Date.now() + Math.random() * 100
      while (Date.now() < end) {
        const accessToken = parseToken(parseJsonObject(readFileSync(path, 'utf8')))?.accessToken ?? 'broken'
        expect(accessToken).toBe(accessToken.charAt(0).repeat(100_000))
        reads += 1
        await sleep(0)
      }
      await writer.kill()
      writes += writer.output.length
    }
    expect(parseToken(parseJsonObject(readFileSync(path, 'utf8')))?.accessToken).toHaveLength(100_000)
    expect(reads).toBeGreaterThan(50)

    writeFileSync(join(cache, '.assume-0123456789abcdef.tmp'), 'left')
    writeFileSync(join(cache, '.assume-fedcba9876543210.tmp'), 'in use')
    for (const name of temporaries().filter((name) => !name.includes('fedc'))) {
      const hourAgo = Date.now() / 1000 - 3600
      utimesSync(join(cache, name), hourAgo, hourAgo)
    }
    write()
    expect(temporaries()).toEqual(['.assume-fedcba9876543210.tmp'])
  })
})
