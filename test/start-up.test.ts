import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { runCore } from './support/core.ts'
import { createHome, type Home, repository } from './support/home.ts'
import { baseEnvironment } from './support/shell.ts'

interface Loaded {
  /** Below `dist`. */
  readonly files: readonly string[]
  /** Node's own, beyond those that it starts with. */
  readonly nodeModules: readonly string[]
}

const config = `
[profile keys]
region = eu-west-1
[profile session]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Dev
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
`

function start(): Home {
  const home = createHome()
  home.writeAws(config)
  home.logInEverywhere(config)
  return home
}

/** What the command loads when the profile index is fresh. */
function listLoaded(args: readonly string[]): Loaded {
  const home = start()
  expect(runCore(home, ['list']).status).toBe(0)
  const record = join(home.path, 'modules')
  const recorder = join(repository, 'test/support/record-modules.cjs')
  const env = { NODE_OPTIONS: `--require "${recorder}"`, MODULES: record }
  expect(runCore(home, args, { env })).toMatchObject({ status: 0, stderr: '' })
  const { files, nodeModules } = JSON.parse(readFileSync(record, 'utf8')) as Loaded
  return { files: files.map((file) => relative(join(repository, 'dist'), file)), nodeModules }
}

const isCore = /^core-[^/]*\.js$/
/** The bundler's own, for the packages that are CommonJS. */
const isRuntime = (file: string) => file.startsWith('chunks/rolldown-runtime-')

describe('what a switch does not need is not loaded', () => {
  it.each([
    'env keys --shell bash',
    'env keys --format json',
    'keys --dry-run',
    'env session --shell bash',
    'session --dry-run',
  ])('assume %s loads the core alone', (line) => {
    const { files } = listLoaded(line.split(' '))
    expect(files.filter((file) => !isRuntime(file))).toEqual(['main.js', expect.stringMatching(isCore)])
  })

  it('of Node itself nothing for programs, networks, terminals, streams or keys', () => {
    const { nodeModules } = listLoaded(['env', 'keys', '--shell', 'bash'])
    expect(nodeModules).toContain('internal/util/parse_args/parse_args')
    expect(
      nodeModules.filter((name) => /^(child_process|net|tty|stream|crypto|http|readline)/.test(name)),
    ).toEqual([])
  })

  it('and this test would see it', () => {
    const { files, nodeModules } = listLoaded(['list'])
    expect(files).toContainEqual(expect.stringMatching(/^chunks\/list-/))
    expect(nodeModules).toContain('tty')
  })

  it('list loads no yargs, and nothing that measures text beyond ASCII', () => {
    const { files } = listLoaded(['list'])
    expect(files.filter((file) => /help|width/.test(file))).toEqual([])
    expect(listLoaded(['list', '--help']).files).toContainEqual(expect.stringMatching(/^chunks\/help-/))
  })
})

describe('the compiled code of the core', () => {
  const switchLine = ['env', 'keys', '--shell', 'bash']
  let home: Home
  let dist: string
  beforeEach(() => {
    home = start()
    dist = join(home.path, 'assume/dist')
    cpSync(join(repository, 'dist'), dist, { recursive: true, filter: (path) => !path.includes('.v8-') })
    writeFileSync(join(home.path, 'assume/package.json'), '{"version":"1.2.3"}')
    expect(run(['list']).status).toBe(0)
  })

  const run = (args: readonly string[]) =>
    spawnSync(process.execPath, [join(dist, 'main.js'), ...args], {
      env: baseEnvironment(home),
      cwd: home.path,
      encoding: 'utf8',
    })
  const kept = () => readdirSync(dist).filter((name) => name.includes('.v8-'))
  const file = () => join(dist, kept()[0] as string)
  const expectSwitch = () =>
    expect(run(switchLine)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining("='keys'"),
    })

  it('is kept by the first switch, and taken by the next', () => {
    expect(kept()).toEqual([])
    expectSwitch()
    expect(kept()).toEqual([expect.stringMatching(/^core-.*\.js\.v8-[\d.]+.*-\w+$/)])
    const { ino } = statSync(file())
    expectSwitch()
    expect([kept().length, statSync(file()).ino]).toEqual([1, ino])
  })

  it('is not kept by a command that fails or that needs more than the core', () => {
    run(['list'])
    run(['env', 'nobody', '--shell', 'bash'])
    run(['--nonsense'])
    expect(kept()).toEqual([])
  })

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['of another V8', (bytes: Buffer) => Buffer.concat([Buffer.alloc(16, 7), bytes.subarray(16)])],
  ])('is made anew when it is %s', (_name, spoil) => {
    expectSwitch()
    const good = readFileSync(file())
    writeFileSync(file(), spoil(good))
    expectSwitch()
    expect([kept().length, statSync(file()).size > good.length / 2]).toEqual([1, true])
    const { ino } = statSync(file())
    expectSwitch()
    expect(statSync(file()).ino).toBe(ino)
  })

  it('is done without where it cannot be written', () => {
    expectSwitch()
    const path = file()
    rmSync(path)
    mkdirSync(path)
    expectSwitch()
    expect(kept()).toEqual([basename(path)])
  })

  it('finds the errors of the core where they are', () => {
    expectSwitch()
    expect(run(['env', 'nobody', '--shell', 'bash'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no profile nobody'),
    })
  })
})
