import {
  chownSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callCommand, type RunCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home } from '../support/home.ts'

const sectionOf = (number: number) => `[profile p${number}]\nregion = eu-west-1\n`
const config = Array.from({ length: 300 }, (_, number) => sectionOf(number)).join('')
const keysOf = (id: string) => `[keys]\naws_access_key_id = ${id}\naws_secret_access_key = fake\n`

async function start(): Promise<Home> {
  const home = createHome()
  home.writeAws(config, keysOf('AKIAONE'))
  expect((await callCommand(home, ['list'])).status).toBe(0)
  return home
}

const generationOf = (home: Home) => {
  const cache = join(home.path, '.cache/assume')
  const folders = readdirSync(cache).filter((name) => name.startsWith('index-'))
  expect(folders).toHaveLength(1)
  return join(cache, folders[0] as string)
}
const provide = async (home: Home, run: RunCommand = callCommand) =>
  run(home, ['credential-process', 'keys', '--verbose'])
const isExcerpt = (stderr: string) => stderr.includes('what concerns keys in ')
const listNames = async (home: Home) =>
  (await callCommand(home, ['list', '--names'])).stdout.trim().split('\n')

/** What becomes of a file of the index. */
const damages: readonly [string, (path: string) => void][] = [
  ['cut off', (path) => truncateSync(path, 40)],
  ['empty', (path) => truncateSync(path, 0)],
  ['nonsense', (path) => writeFileSync(path, 'nonsense')],
  [
    'without one of its pages',
    (path) => {
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.fill(0, 60, Math.min(4096, bytes.length - 2)))
    },
  ],
  ['gone', (path) => rmSync(path)],
  [
    'a link',
    (path) => {
      copyFileSync(path, `${path}-copy`)
      rmSync(path)
      symlinkSync(`${path}-copy`, path)
    },
  ],
]
const ofOthers: typeof damages =
  process.getuid?.() === 0 ? [["somebody else's", (path) => chownSync(path, 65_534, 65_534)]] : []

describe('the excerpts of a fresh index', () => {
  it('spare a read of all, and hand out what stands in the files now', async () => {
    const home = await start()
    const first = await provide(home, runCore)
    expect(isExcerpt(first.stderr), first.stderr).toBe(true)
    expect(first.stdout).toContain('AKIAONE')
    home.write('.aws/credentials', keysOf('AKIATWO'))
    const second = await provide(home, runCore)
    expect(isExcerpt(second.stderr)).toBe(false)
    expect(second.stdout).toContain('AKIATWO')
    expect(isExcerpt((await provide(home)).stderr)).toBe(true)
  })

  it.each([...damages, ...ofOthers])(
    'count for nothing where their list is %s, and are made anew',
    async (_what, damage) => {
      const home = await start()
      damage(join(generationOf(home), 'excerpts'))
      const { status, stdout, stderr } = await provide(home)
      expect([status, stdout.includes('AKIAONE'), isExcerpt(stderr)]).toEqual([0, true, false])
      expect(isExcerpt((await provide(home)).stderr)).toBe(true)
    },
  )

  it('are not asked for a name that is in no file', async () => {
    const home = await start()
    expect(await callCommand(home, ['credential-process', 'p1x'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('did you mean p1'),
    })
  })

  it('say what only a whole read tells', async () => {
    const home = createHome()
    home.writeAws(`${config}[profile bad\n[profile x]\nno key\n`, keysOf('AKIAONE'))
    const whole = await callCommand(home, ['status'])
    const excerpt = await callCommand(home, ['status'])
    // Whoever builds the index says once what is not understood.
    const said = /^.*\.aws\/config: 1 line is not understood.*\n/m
    expect(whole.stderr).toMatch(said)
    expect(excerpt).toEqual({ ...whole, stderr: whole.stderr.replace(said, '') })
  })
})

it('are never what an index is built from, also where a plugin is asked for its plans', async () => {
  const home = createHome()
  home.writeAws(config, keysOf('AKIAONE'))
  const vars = '[plugin vars]\nenabled = yes\nhooks = env\nplan = profile\nsecret = no\nEDITOR = vim\n'
  home.write('.config/assume/config', vars)
  const names = await listNames(home)
  expect(names).toHaveLength(301)
  for (const name of ['p1', 'p2', 'keys'])
    expect((await callCommand(home, ['env', name, '--shell', 'bash'])).status).toBe(0)
  expect(await listNames(home)).toEqual(names)
})

it('keep apart why each file is rejected, of which an empty AWS_CONFIG_FILE leaves out one', async () => {
  const home = createHome()
  home.writeAws(
    '[profile b]\nno key\n',
    '[b]\nno key\naws_access_key_id = AKIAX\naws_secret_access_key = y\n',
  )
  const env = { AWS_CONFIG_FILE: '', AWS_PROFILE: 'b' }
  const whole = await callCommand(home, ['status'], { env })
  expect(whole.stdout).toContain('the whole credentials file is rejected')
  expect((await callCommand(home, ['status'], { env })).stdout).toBe(whole.stdout)
})

describe('the list of a fresh index', () => {
  it.each([...damages, ...ofOthers])(
    'counts for nothing where it is %s, and is made anew',
    async (_what, damage) => {
      const home = await start()
      const names = await listNames(home)
      expect(names).toHaveLength(301)
      damage(join(generationOf(home), 'profiles'))
      expect(await listNames(home)).toEqual(names)
      const { stderr } = await callCommand(home, ['list', '--verbose'])
      expect(stderr).not.toContain('301 profiles in ')
    },
  )

  it('holds no key', async () => {
    const home = await start()
    for (const name of readdirSync(generationOf(home))) {
      expect(readFileSync(join(generationOf(home), name), 'utf8')).not.toMatch(/AKIAONE|fake/)
    }
  })
})
