import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Context } from '../../src/context.ts'
import { refreshIndex } from '../../src/switch/refresh-index.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createHome, type Home } from '../support/home.ts'
import { updateIndex } from '../support/profile-index.ts'

/** Just what loading profiles needs of the world. */
function contextOf(home: Home, env: Record<string, string> = {}): Context {
  return {
    env: { HOME: home.path, ...env },
    platform: 'linux',
    now: Date.now,
    files: nodeFiles,
    trace: () => {},
  } as unknown as Context
}
const cacheOf = (home: Home) => join(home.path, '.cache/assume')
const generationsOf = (home: Home) => readdirSync(cacheOf(home)).filter((name) => name.startsWith('index-'))
const namesOf = (home: Home) =>
  readFileSync(join(cacheOf(home), 'index'), 'utf8')
    .split('\n')
    .slice(6, -1)

const configOf = (home: Home) => join(home.path, '.aws/config')

/** Makes another text of the config file's length by `replace`, and gives it the time that the file had. */
function replaceConfig(home: Home, replace: (text: string) => void): void {
  const { mtimeMs } = statSync(configOf(home))
  replace(readFileSync(configOf(home), 'utf8').replaceAll('ReadOnly', 'FullOnly'))
  utimesSync(configOf(home), mtimeMs / 1000, mtimeMs / 1000)
}

async function start(): Promise<Home> {
  const home = createHome()
  home.useExample('sso-session')
  expect(await updateIndex(contextOf(home))).toBe(true)
  expect(await updateIndex(contextOf(home))).toBe(false)
  return home
}

describe('the profile index', () => {
  it('holds names and descriptions, and no more than the user may read it', async () => {
    const home = await start()
    expect(namesOf(home)).toEqual([
      'dev-profile\t123456789011 FullAccess eu-west-1',
      'test-profile\t123456789012 ReadOnly eu-west-1',
    ])
    expect(statSync(join(cacheOf(home), 'index')).mode & 0o777).toBe(0o600)
    expect(statSync(cacheOf(home)).mode & 0o777).toBe(0o700)
  })

  it('is not distrusted because a timer was early', async () => {
    const home = createHome()
    home.useExample('sso-session')
    const context = contextOf(home)
    const facts = { paths: locatePaths(context.env, context.platform) }
    home.writeAws('[profile lately]\n')
    utimesSync(configOf(home), new Date(), new Date())
    const start = Date.now()
    const now = () => Date.now() - (Date.now() - start > 12 ? 9 : 0)
    expect(await refreshIndex({ ...context, now }, facts)).toBeDefined()
    expect(await refreshIndex(context, facts)).toBeUndefined()
  })

  it('holds the names in the order of their characters', async () => {
    const home = createHome()
    const sorted = ['A', 'B', 'a', 'a b', 'a-b', 'ab', 'b', '\u00e9', '\u65e5']
    home.writeAws(
      [...sorted]
        .reverse()
        .map((name) => `[profile "${name}"]\n`)
        .join(''),
    )
    await updateIndex(contextOf(home))
    expect(namesOf(home).map((line) => line.split('\t')[0])).toEqual(sorted)
  })

  it('leaves out names with control characters', async () => {
    const home = createHome()
    home.writeAws('[profile "tab\there"]\n[profile "esc\u001b"]\n[profile fine]\n')
    await updateIndex(contextOf(home))
    expect(namesOf(home)).toEqual(['fine\tnone'])
  })

  const changes: [string, (home: Home) => void][] = [
    ['a source is edited', (home) => home.writeAws('[profile other]\n')],
    [
      'a source is replaced by one with an older time',
      (home) => {
        const old = home.write('old', '[profile old]\n')
        utimesSync(old, 1_000_000_000, 1_000_000_000)
        copyFileSync(old, join(home.path, '.aws/config'))
        utimesSync(join(home.path, '.aws/config'), 1_000_000_000, 1_000_000_000)
      },
    ],
    [
      'a source is replaced by one with the same time and size',
      (home) => replaceConfig(home, (text) => renameSync(home.write('other', text), configOf(home))),
    ],
    [
      'a source is written over with the same time and size',
      (home) => replaceConfig(home, (text) => writeFileSync(configOf(home), text)),
    ],
    ['what is said of a source changes', (home) => chmodSync(configOf(home), 0o640)],
    [
      'a link takes the place of a source, and leads to the same file',
      (home) => {
        renameSync(configOf(home), join(home.path, 'moved'))
        symlinkSync('../moved', configOf(home))
      },
    ],
    ['a source vanishes', (home) => rmSync(join(home.path, '.aws/config'))],
    ['the credentials file appears', (home) => void home.write('.aws/credentials', '[c]\n')],
    ['the settings appear', (home) => void home.write('.config/assume/config', '')],
    [
      'the plugin folder appears',
      (home) => {
        home.write('.config/assume/plugins/x', '')
        utimesSync(join(home.path, '.config/assume/plugins'), 1_000_000_001, 1_000_000_001)
      },
    ],
    [
      'the stamps and rows are gone',
      (home) => rmSync(join(cacheOf(home), generationsOf(home)[0] as string), { recursive: true }),
    ],
    ['the index is broken', (home) => void home.write('.cache/assume/index', 'assume-index 6\u001f\n')],
  ]
  it.each(changes)('is built anew when %s', async (_title, change) => {
    const home = await start()
    change(home)
    expect(await updateIndex(contextOf(home))).toBe(true)
    expect(await updateIndex(contextOf(home))).toBe(false)
    expect(generationsOf(home)).toHaveLength(1)
  })

  it('is built anew for other path variables', async () => {
    const home = await start()
    const env = { AWS_CONFIG_FILE: home.write('elsewhere', '[profile there]\n') }
    expect(await updateIndex(contextOf(home, env))).toBe(true)
    expect(await updateIndex(contextOf(home, env))).toBe(false)
    expect(await updateIndex(contextOf(home))).toBe(true)
  })

  it('is not built again and again where the disk has no links', async () => {
    const home = createHome()
    home.useExample('sso-session')
    renameSync(configOf(home), join(home.path, 'config'))
    symlinkSync(join(home.path, 'config'), configOf(home))
    const context = contextOf(home)
    const createLink = () => {
      throw Object.assign(new Error('no links'), { code: 'EPERM' })
    }
    const linkless = { ...context, files: { ...context.files, createLink } }
    expect(await updateIndex(linkless)).toBe(true)
    expect(await updateIndex(linkless)).toBe(false)
  })

  it('is not trusted while a second save could have the same time', async () => {
    const home = createHome()
    const path = home.write('.aws/config', '[profile first]\n')
    const now = Date.now() / 1000
    utimesSync(path, now, now)
    await updateIndex(contextOf(home))
    expect(generationsOf(home)).toEqual([])
    home.write('.aws/config', '[profile second]\n')
    utimesSync(path, now, now)
    expect(await updateIndex(contextOf(home))).toBe(true)
    expect(namesOf(home)).toEqual(['second\tnone'])
  })

  it('has no rows where a time says nothing and there is no link, and is not written for nothing', async () => {
    const home = createHome()
    home.useExample('sso-session')
    utimesSync(configOf(home), 1, 1)
    expect(await updateIndex(contextOf(home))).toBe(true)
    expect(generationsOf(home)).toEqual([])
    expect(await updateIndex(contextOf(home))).toBe(false)
    writeFileSync(configOf(home), '[profile other]\n')
    utimesSync(configOf(home), 1, 1)
    expect(await updateIndex(contextOf(home))).toBe(true)
    expect(namesOf(home)).toEqual(['other\tnone'])
  })

  it('has none either where only the home folder itself is behind a link', async () => {
    const home = createHome()
    const outside = join(home.path, 'link')
    home.store('real/.aws/config', '[profile x]\n')
    symlinkSync('real', outside)
    await updateIndex(contextOf(home, { HOME: outside }))
    expect(readdirSync(join(outside, '.cache/assume'))).toEqual(['index'])
    renameSync(join(outside, '.aws'), join(outside, 'aws'))
    symlinkSync('aws', join(outside, '.aws'))
    await updateIndex(contextOf(home, { HOME: outside }))
    expect(readdirSync(join(outside, '.cache/assume'))).toHaveLength(2)
  })

  it('is not fresh when a source was put in place of another while that was read', async () => {
    const home = createHome()
    home.useExample('sso-session')
    home.store('store/once', '[profile saved-once]\n')
    home.store('store/again', '[profile saved-again]\n')
    home.store('.aws/config', readFileSync(configOf(home), 'utf8'))
    renameSync(configOf(home), join(home.path, 'first'))
    symlinkSync('../first', configOf(home))
    const context = contextOf(home)
    const others = ['once', 'again']
    const files = {
      ...nodeFiles,
      read(path: string) {
        const bytes = nodeFiles.read(path)
        if (path === configOf(home)) {
          rmSync(path)
          symlinkSync(`../store/${others.shift()}`, path)
        }
        return bytes
      },
    }
    // What is no longer as it was read is read once more.
    await updateIndex({ ...context, files })
    expect(namesOf(home)).toEqual(['saved-once\tnone'])
    expect(await updateIndex(context)).toBe(true)
    expect(namesOf(home)).toEqual(['saved-again\tnone'])
  })

  it('takes away what earlier versions have left beside it', async () => {
    const home = createHome()
    home.useExample('sso-session')
    const former = `assume-index 2\u001f${home.path}\u001f\u001f\u001f\nab12\u001f1\u001f0\ndev-profile\told\n`
    home.write('.cache/assume/index', former)
    for (const name of ['index-ab12/keys-dev-profile', 'index-cd34-old/0-older', 'stamps-ef56/0-older'])
      home.write(`.cache/assume/${name}`, '')
    mkdirSync(join(cacheOf(home), 'registrations'))
    expect(await updateIndex(contextOf(home))).toBe(true)
    const [generation] = generationsOf(home)
    expect(readdirSync(cacheOf(home)).sort()).toEqual(['index', generation, 'registrations'])
    expect(readFileSync(join(cacheOf(home), 'index'), 'utf8')).toMatch(/^assume-index 6/)
  })

  it('sees a save between the read and the write', async () => {
    const home = createHome()
    home.useExample('sso-session')
    const context = contextOf(home)
    const files = {
      ...nodeFiles,
      create(path: string, bytes: Uint8Array, mode: number) {
        home.writeAws('[profile saved-meanwhile]\n')
        nodeFiles.create(path, bytes, mode)
      },
    }
    await updateIndex({ ...context, files })
    expect(await updateIndex(context)).toBe(true)
    expect(namesOf(home)).toEqual(['saved-meanwhile\tnone'])
  })

  it('is not written where a path has a control character', async () => {
    const home = createHome()
    const env = { AWS_CONFIG_FILE: home.write('odd\nname', '[profile x]\n') }
    expect(await updateIndex(contextOf(home, env))).toBe(true)
    expect(existsSync(join(cacheOf(home), 'index'))).toBe(false)
  })
})
