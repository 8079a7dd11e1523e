import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Context } from '../../src/context.ts'
import { openIndex } from '../../src/index/profile-index.ts'
import { lookUpRow } from '../../src/index/row-lookup.ts'
import { loadProfiles } from '../../src/profiles/profiles.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createHome, type Home } from '../support/home.ts'
import { updateIndex } from '../support/profile-index.ts'

/** Just what a look into the index needs of the world; `files` takes the place of what is named. */
function contextOf(home: Home, files: Partial<typeof nodeFiles> = {}, now = Date.now): Context {
  const context = { env: { HOME: home.path }, platform: 'linux', now, trace: () => {} }
  return { ...context, files: { ...nodeFiles, ...files } } as unknown as Context
}

function lookUp(home: Home, name: string, context = contextOf(home)) {
  const paths = locatePaths(context.env, context.platform)
  const row = lookUpRow(context, paths, openIndex(context, paths), name)
  return typeof row === 'object' ? row.plan.change.set[0]?.[1] : undefined
}

function generationOf(home: Home): string {
  const cache = join(home.path, '.cache/assume')
  return join(cache, readdirSync(cache).find((name) => name.startsWith('index-')) as string)
}

const listOf = (home: Home) => join(generationOf(home), 'sessions')

async function start(): Promise<Home> {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  await updateIndex(contextOf(home))
  return home
}

function tokenOf(home: Home): string {
  const folder = join(home.path, '.aws/sso/cache')
  return join(folder, readdirSync(folder)[0] as string)
}

describe('a row of the index', () => {
  it('is found while the sources are as they were', async () => {
    const home = await start()
    expect(lookUp(home, 'dev-profile')).toBe('dev-profile')
    expect(lookUp(home, 'dev')).toBeUndefined()
    expect(lookUp(home, 'dev-profile\u001f1')).toBeUndefined()
    home.writeAws('[profile dev-profile]\n')
    utimesSync(join(home.path, '.aws/config'), 1_700_000_000, 1_700_000_000)
    expect(lookUp(home, 'dev-profile')).toBeUndefined()
  })

  it('is not used when 15 minutes or less are left of its session', async () => {
    const home = createHome()
    home.useExample('sso-session')
    const now = Date.now()
    home.logIn('devto-article', now + 3600_000)
    await updateIndex(contextOf(home))
    const at = (minutes: number) =>
      lookUp(
        home,
        'dev-profile',
        contextOf(home, {}, () => now + minutes * 60_000),
      )
    expect(at(44)).toBe('dev-profile')
    expect(at(45)).toBeUndefined()
  })

  it('is not used when the token is gone, or no older than the list', async () => {
    const home = await start()
    const token = tokenOf(home)
    renameSync(token, `${token}.away`)
    expect(lookUp(home, 'dev-profile')).toBeUndefined()
    renameSync(`${token}.away`, token)
    expect(lookUp(home, 'dev-profile')).toBe('dev-profile')
    const { mtimeMs } = statSync(listOf(home))
    utimesSync(token, mtimeMs / 1000 + 0.001, mtimeMs / 1000 + 0.001)
    expect(lookUp(home, 'dev-profile')).toBeUndefined()
  })

  it('of a torn bucket is not used, and makes the next core build the index anew', async () => {
    const home = await start()
    for (const name of readdirSync(generationOf(home)).filter((each) => each.startsWith('rows-'))) {
      const path = join(generationOf(home), name)
      writeFileSync(path, readFileSync(path, 'utf8').slice(0, -20))
    }
    expect(lookUp(home, 'dev-profile')).toBeUndefined()
    expect(await updateIndex(contextOf(home))).toBe(true)
    expect(lookUp(home, 'dev-profile')).toBe('dev-profile')
  })

  it('is for nobody else to read', async () => {
    const home = await start()
    expect(statSync(generationOf(home)).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(generationOf(home))) {
      expect(statSync(join(generationOf(home), name)).mode & 0o777).toBe(0o600)
    }
  })
})

describe('the list of sessions', () => {
  const read = (home: Home) => readFileSync(listOf(home), 'utf8')

  it('has each session once, with the end of its token in seconds', async () => {
    const home = createHome()
    home.useExample('sso-session')
    home.logIn('devto-article', 1_999_999_999_000)
    await updateIndex(contextOf(home))
    expect(read(home)).toBe(`${tokenOf(home)}\u001f1999999999\n`)
  })

  it('has 0 where no token can be used', async () => {
    const home = createHome()
    home.useExample('sso-session')
    await updateIndex(contextOf(home))
    expect(read(home)).toMatch(/\u001f0\n$/)
    home.logInRaw('devto-article', 'no token')
    await updateIndex(contextOf(home))
    expect(read(home)).toMatch(/\u001f0\n$/)
  })

  it('is made anew with the whole index when it has lost a session', async () => {
    const home = createHome()
    home.useExample('sso-session')
    home.logIn('devto-article')
    await updateIndex(contextOf(home))
    writeFileSync(listOf(home), '')
    expect(lookUp(home, 'dev-profile')).toBeUndefined()
    await updateIndex(contextOf(home))
    expect(lookUp(home, 'dev-profile')).toBe('dev-profile')
  })

  it('is older than a token that is saved while the tokens are read', async () => {
    const home = createHome()
    home.useExample('sso-session')
    home.logIn('devto-article')
    const path = tokenOf(home)
    const saves = {
      readEntry(file: string) {
        const entry = nodeFiles.readEntry(file)
        if (file === path) {
          writeFileSync(path, entry.bytes)
          // As a file system does that keeps hundredths of a second.
          const time = Math.floor(Date.now() / 10) / 100
          utimesSync(path, time, time)
        }
        return entry
      },
    }
    await updateIndex(contextOf(home, saves))
    expect(lookUp(home, 'dev-profile')).toBeUndefined()
  })

  it('is older than a token that a file system with whole seconds has put back by two', async () => {
    const home = createHome()
    home.useExample('sso-session')
    home.logIn('devto-article')
    const path = tokenOf(home)
    const second = Math.floor(Date.now() / 1000)
    utimesSync(path, second - 60, second - 60)
    await updateIndex(contextOf(home, {}, () => second * 1000 + 900))
    utimesSync(path, second - 1, second - 1)
    expect(lookUp(home, 'dev-profile')).toBeUndefined()
  })

  it('alone is written anew after a refresh, a login and a logout', async () => {
    const home = await start()
    const generation = generationOf(home)
    const minuteAgo = Date.now() / 1000 - 60
    utimesSync(listOf(home), minuteAgo, minuteAgo)
    home.logIn('devto-article', 1_999_999_999_000)
    utimesSync(tokenOf(home), minuteAgo + 30, minuteAgo + 30)
    expect(lookUp(home, 'dev-profile')).toBeUndefined()
    expect(await updateIndex(contextOf(home))).toBe(false)
    expect(read(home)).toMatch(/\u001f1999999999\n$/)
    expect(lookUp(home, 'dev-profile')).toBe('dev-profile')
    rmSync(tokenOf(home))
    await updateIndex(contextOf(home))
    expect(read(home)).toMatch(/\u001f0\n$/)
    expect(generationOf(home)).toBe(generation)
  })

  it('is left alone while nothing has changed', async () => {
    const home = await start()
    const { ino } = statSync(listOf(home))
    await updateIndex(contextOf(home))
    expect(statSync(listOf(home)).ino).toBe(ino)
  })
})

describe('a source that the user may not look at', () => {
  it('is an error with its name for whoever reads it, and none of ours', async () => {
    const home = createHome()
    home.useExample('sso-session')
    const refuse =
      <Answer>(ask: (path: string) => Answer) =>
      (path: string) => {
        if (path.includes('/.aws/')) throw Object.assign(new Error('refused'), { code: 'EACCES' })
        return ask(path)
      }
    const refusing = { read: refuse(nodeFiles.read), stat: refuse(nodeFiles.stat) }
    expect(() => loadProfiles(contextOf(home, refusing))).toThrow(
      /cannot read .*\/\.aws\/config: permission denied/,
    )
    expect(existsSync(join(home.path, '.cache/assume/index'))).toBe(false)
  })
})
