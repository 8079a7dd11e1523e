import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join, relative } from 'node:path'
import { Script } from 'node:vm'
import { beforeEach, describe, expect, it } from 'vitest'
import { runCore } from './support/core.ts'
import { createHome, type Home, repository } from './support/home.ts'
import { killAtEachChange } from './support/kill.ts'
import { makeIndex } from './support/profile-index.ts'
import { baseEnvironment } from './support/shell.ts'

interface Loaded {
  /** Below `dist`. */
  readonly files: readonly string[]
  /** Node's own, beyond those that it starts with. */
  readonly nodeModules: readonly string[]
}

const config = `
[profile keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
region = eu-west-1
[profile session]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Dev
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
`

/** A home whose index is fresh. */
async function start(): Promise<Home> {
  const home = createHome()
  home.writeAws(config)
  home.logInEverywhere(config)
  await makeIndex(home)
  return home
}

const loaded = new Map<string, Loaded>()

/** What the command loads when the profile index is fresh; a line is run once. */
async function listLoaded(line: string): Promise<Loaded> {
  const known = loaded.get(line) ?? (await recordLoaded(line.split(' ')))
  loaded.set(line, known)
  return known
}

async function recordLoaded(args: readonly string[]): Promise<Loaded> {
  const home = await start()
  const record = join(home.path, 'modules')
  const recorder = join(repository, 'test/support/record-modules.cjs')
  const env = { NODE_OPTIONS: `--require "${recorder}"`, MODULES: record }
  expect(runCore(home, args, { env })).toMatchObject({ status: 0, stderr: '' })
  const { files, nodeModules } = JSON.parse(readFileSync(record, 'utf8')) as Loaded
  return { files: files.map((file) => relative(join(repository, 'dist'), file)), nodeModules }
}

const isCore = /^core-[^/]*\.js$/
const isReader = /^reader-[^/]*\.js$/
/** The bundler's own, for the packages that are CommonJS. */
const isRuntime = (file: string) => file.startsWith('chunks/rolldown-runtime-')

describe('what a switch does not need is not loaded', () => {
  it.each([
    'env keys --shell bash',
    'env keys --format json',
    '-p keys --dry-run',
    'env session --shell bash',
    'session --dry-run',
  ])('assume %s loads the core alone', async (line) => {
    const { files } = await listLoaded(line)
    expect(files.filter((file) => !isRuntime(file))).toEqual(['main.js', expect.stringMatching(isCore)])
  })

  it.each(['env keys --shell bash', 'list --help'])(
    'of Node itself nothing for programs, networks, terminals, streams or keys by assume %s in a pipe',
    async (line) => {
      const { nodeModules } = await listLoaded(line)
      expect(nodeModules).toContain('vm')
      expect(
        nodeModules.filter((name) => /^(child_process|net|tty|stream|crypto|http|readline)/.test(name)),
      ).toEqual([])
    },
  )

  it.each([
    'env --export keys --shell bash',
    'credential-process keys',
    'exec --export keys true',
    'status',
    'list',
    'list --json',
  ])('assume %s loads what reads the files besides, and no module for keys', async (line) => {
    const { files, nodeModules } = await listLoaded(line)
    expect(files).toEqual(['main.js', expect.stringMatching(isCore), expect.stringMatching(isReader)])
    expect(
      nodeModules.filter((name) => /^(child_process|net|stream|crypto|http|readline)/.test(name)),
    ).toEqual([])
  })

  it.each(['planChain', 'findSource', 'findRoleFile', 'planKeyRenewal', 'withLock', 'readEnd'])(
    '%s is in what reads the files, not in the core',
    (name) => {
      const dist = join(repository, 'dist')
      const textOf = (file: RegExp) =>
        readFileSync(join(dist, readdirSync(dist).find((each) => file.test(each)) ?? ''), 'utf8')
      const definition = `function ${name}(`
      expect(textOf(isCore)).not.toContain(definition)
      expect(textOf(isReader)).toContain(definition)
    },
  )

  it('and this test would see it', async () => {
    const { files, nodeModules } = await listLoaded('sandbox -- true')
    expect(files).toContainEqual(expect.stringMatching(/^chunks\/sandbox-/))
    expect(nodeModules).toEqual(expect.arrayContaining(['tty', 'http', 'child_process', 'crypto']))
  })

  it('list loads nothing that measures text beyond ASCII', async () => {
    const { files } = await listLoaded('list')
    expect(files.filter((file) => /help|width/.test(file))).toEqual([])
  })

  it.each(['--help', 'list --help', 'help exec'])(
    'assume %s loads neither yargs nor what it is laid out by',
    async (line) => {
      const { files } = await listLoaded(line)
      expect(files.filter((file) => !isRuntime(file))).toEqual([
        'main.js',
        expect.stringMatching(isCore),
        expect.stringMatching(/^chunks\/help-/),
      ])
      expect(readFileSync(join(repository, 'dist', files.at(-1) as string), 'utf8').length).toBeLessThan(4000)
    },
  )
})

describe('the compiled code of the core', () => {
  const switchLine = ['env', 'keys', '--shell', 'bash']
  let home: Home
  let dist: string
  beforeEach(async () => {
    home = await start()
    dist = join(home.path, 'assume/dist')
    cpSync(join(repository, 'dist'), dist, { recursive: true, filter: (path) => !path.includes('.v8-') })
    chmodSync(dist, 0o755)
    writeFileSync(join(home.path, 'assume/package.json'), '{"version":"1.2.3"}')
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
    expect(kept()).toEqual([expect.stringMatching(/^core-.*\.js\.v8-[\d.]+.*-\w+-env$/)])
    const { ino } = statSync(file())
    expectSwitch()
    expect([kept().length, statSync(file()).ino]).toEqual([1, ino])
  })

  it('is not kept by a command that fails', () => {
    run(['env', 'nobody', '--shell', 'bash'])
    run(['--nonsense'])
    expect(kept()).toEqual([])
  })

  it('is kept of what reads the files, too, and for each use by itself', () => {
    const names = () => kept().map((name) => name.replace(/-[\w-]{8}\.js\.v8-.*-(\w+)$/, ' $1'))
    const shown = run(['list']).stdout
    expect(names()).toEqual(['core list', 'reader list'])
    expectSwitch()
    run(['--help'])
    expect(names()).toEqual(['core env', 'core list', 'core other', 'reader list'])
    const before = kept().map((name) => statSync(join(dist, name)).ino)
    expect(run(['list'])).toMatchObject({ stdout: shown, stderr: '' })
    expect(kept().map((name) => statSync(join(dist, name)).ino)).toEqual(before)
    const reader = join(dist, kept().find((name) => name.startsWith('reader')) as string)
    const good = readFileSync(reader)
    writeFileSync(reader, Buffer.concat([good.subarray(0, -9), Buffer.alloc(9, 7)]))
    expect(run(['list'])).toMatchObject({ stdout: shown, stderr: '' })
    expect(readFileSync(reader).length).toBeGreaterThan(good.length / 2)
    expect(statSync(reader).ino).not.toBe(before.at(-1))
  })

  it('is kept anew with what the first call for the second file has compiled besides', () => {
    const calls = [switchLine, ['env', '--export', 'keys', '--shell', 'bash'], switchLine]
    const core = () => readFileSync(join(dist, kept().find((name) => /^core-.*-env$/.test(name)) as string))
    const sizes = [...calls, ...calls].map((line) => {
      expect(run(line)).toMatchObject({ status: 0, stderr: '' })
      return core().length
    })
    const [first = 0, second = 0, ...later] = sizes
    expect(second).toBeGreaterThan(first)
    expect(new Set(later)).toEqual(new Set([second]))
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

  /** Puts compiled code into the place of ours that says PWNED. V8 takes it: it looks at the length of the text only. */
  function plant(): string {
    const core = readdirSync(dist).find((name) => /^core-[^.]*\.js$/.test(name)) as string
    const [head, tail] = ['(function (exports, require, module, __filename, __dirname) { ', '\n})']
    const text = "console.log('PWNED');".padEnd(readFileSync(join(dist, core), 'utf8').length)
    const code = new Script(head + text + tail, { filename: join(dist, core) }).createCachedData()
    const path = join(dist, `${core}.v8-${process.versions.v8}-${process.arch}-env`)
    writeFileSync(path, Buffer.concat([code, code]))
    chmodSync(path, 0o644)
    return path
  }
  const isPlanted = () => run(switchLine).stdout.includes('PWNED')
  const modeOf = (path: string) => statSync(path).mode & 0o777

  it.each([0o000, 0o002, 0o022, 0o077])(
    'is for all to read and for nobody else to write under umask %o',
    (umask) => {
      chmodSync(dist, 0o755)
      const before = process.umask(umask)
      try {
        expectSwitch()
      } finally {
        process.umask(before)
      }
      expect(modeOf(file())).toBe(0o644)
    },
  )

  it("runs when it is the user's own, as this test would see", () => {
    plant()
    expect(isPlanted()).toBe(true)
  })

  it.each([0o664, 0o646, 0o666])(
    'is not run and made anew when others could have written it (%o)',
    (mode) => {
      const path = plant()
      chmodSync(path, mode)
      expectSwitch()
      expect(modeOf(path)).toBe(0o644)
      expect(isPlanted()).toBe(false)
    },
  )

  it.each([0o775, 0o757, 0o1777])(
    'is neither run nor kept in a folder that others can write to (%o)',
    (mode) => {
      const path = plant()
      chmodSync(dist, mode)
      expect(isPlanted()).toBe(false)
      rmSync(path)
      expectSwitch()
      expect(kept()).toEqual([])
    },
  )

  describe.skipIf(process.getuid?.() !== 0)('where there are other users (only as root)', () => {
    const nobody = 65_534
    const runAs = (uid: number) =>
      spawnSync(process.execPath, [join(dist, 'main.js'), ...switchLine], {
        env: baseEnvironment(home),
        encoding: 'utf8',
        uid,
        gid: uid,
      })
    /** Lets everybody read what is in the home. */
    function open(): void {
      for (const name of ['.', ...readdirSync(home.path, { recursive: true, encoding: 'utf8' })]) {
        const path = join(home.path, name)
        chmodSync(path, modeOf(path) | 0o055)
      }
    }

    it('is not run when it is that of another user, and made anew', () => {
      const path = plant()
      chownSync(path, nobody, nobody)
      expectSwitch()
      expect(statSync(path).uid).toBe(0)
      expect(isPlanted()).toBe(false)
    })

    it('is neither run nor kept in a folder of another user', () => {
      const path = plant()
      chownSync(dist, nobody, nobody)
      expect(isPlanted()).toBe(false)
      rmSync(path)
      expectSwitch()
      expect(kept()).toEqual([])
    })

    it('of root is run by everybody, and theirs by nobody but them', () => {
      const path = plant()
      open()
      expect(runAs(nobody).stdout).toContain('PWNED')
      chownSync(path, nobody, nobody)
      expect(runAs(nobody).stdout).toContain('PWNED')
      expect(runAs(nobody - 1)).toMatchObject({ status: 0, stdout: expect.not.stringContaining('PWNED') })
    })
  })

  it('is not run and made anew when a page of it is lost: every eighth, and the last', () => {
    expectSwitch()
    const good = readFileSync(file())
    const size = 4096
    const last = Math.ceil(good.length / size) - 1
    for (let page = last % 8; page <= last; page += 8) {
      const bad = Buffer.from(good)
      bad.fill(0, page * size, Math.min((page + 1) * size, bad.length))
      writeFileSync(file(), bad)
      expectSwitch()
      expect(readFileSync(file()).equals(bad), `page ${page}`).toBe(false)
    }
  })

  it('clears away what other cores have compiled and killed runs have left, and leaves that of other Nodes', () => {
    const core = readdirSync(dist).find((name) => /^core-[^.]*\.js$/.test(name)) as string
    const others = [
      'core-Other123.js.v8-11.3.244.8-node.33-x64',
      `${core}.v8-1.2.3-node.4-x64-env.4711`,
      `${core}.v8-11.3.244.8-node.33-arm64-switch.12`,
    ]
    const ofAnotherNode = `${core}.v8-99.9.9-node.9-${process.arch}-env`
    for (const name of [...others, ofAnotherNode]) writeFileSync(join(dist, name), 'x')
    expectSwitch()
    expect(kept().sort()).toEqual([basename(plant()), ofAnotherNode].sort())
  })

  it('stands beside that of the host of plugins, and neither clears the other away', () => {
    const text = `export default { name: 'x', apiVersion: 1, env: (): object => ({ set: { A: '1' } }) }`
    const plugin = { name: 'x', form: 'module', path: '/x/x.ts', text }
    const requests = [{ protocol: 1, hook: 'describe' }]
    const ask = () => {
      const { status, output } = spawnSync(process.execPath, [join(dist, 'plugin-host.js')], {
        env: baseEnvironment(home),
        input: JSON.stringify({ plugin, requests, abortsAt: Date.now() + 60_000 }),
        stdio: ['pipe', 'pipe', 'pipe', 'ignore', 'pipe'],
        encoding: 'utf8',
      })
      const answer = { name: 'x', apiVersion: 1, hooks: ['env'] }
      expect([status, JSON.parse(output[4] ?? '')]).toEqual([0, [{ answer }]])
    }
    expectSwitch()
    const [ofCore] = kept()
    ask()
    const [, ofHost] = kept().sort()
    expect(kept().sort()).toEqual([ofCore, expect.stringMatching(/^plugin-host-.*\.js\.v8-/)])
    const { ino } = statSync(join(dist, ofHost as string))
    ask()
    rmSync(join(dist, ofCore as string))
    expectSwitch()
    expect([kept().length, statSync(join(dist, ofHost as string)).ino]).toEqual([2, ino])
  })

  it('survives kills at each step of writing it: the next run works, and nothing stays', () => {
    // Five changes and the end, after which it begins anew.
    const killedAt = killAtEachChange(6, {
      program: process.execPath,
      words: () => [join(dist, 'main.js'), ...switchLine],
      env: baseEnvironment(home),
      folder: dist,
      check: (run) => {
        expectSwitch()
        expect(kept(), `run ${run}`).toHaveLength(1)
        rmSync(file())
      },
    })
    expect(new Set(killedAt).size).toBe(5)
    expect(killedAt).toContainEqual(expect.stringMatching(/^renameSync .*\.v8-/))
  })

  it.each(['fsync', 'chmod', 'fchmodat', 'rename'])('survives a kill at %s', (call) => {
    const trace = ['-f', '-qq', '-o', '/dev/null', '-e', `inject=${call}:signal=SIGKILL:when=1`]
    spawnSync('strace', [...trace, process.execPath, join(dist, 'main.js'), ...switchLine], {
      env: baseEnvironment(home),
    })
    expectSwitch()
    expect(kept()).toHaveLength(1)
  })

  it('finds the errors of the core where they are', () => {
    expectSwitch()
    expect(run(['env', 'nobody', '--shell', 'bash'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no profile nobody'),
    })
  })
})
