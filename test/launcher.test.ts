import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const launcher = join(import.meta.dirname, '../bin/assume')
const starter = join(import.meta.dirname, '../bin/start.sh')

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'assume launcher-')))
  write('package.json', '{"type":"module"}')
  write('dist/main.js', 'console.log(JSON.stringify({ args: process.argv.slice(2), main: process.argv[1] }))')
  mkdirSync(join(root, 'bin'))
  copyFileSync(launcher, join(root, 'bin/assume'))
  copyFileSync(starter, join(root, 'bin/start.sh'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(name: string, text: string): string {
  const path = join(root, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

/** A program called node that says it is `version`, notes how it was called, and is this Node in truth. */
function fakeNode(folder: string, version: string): string {
  const path = write(
    `${folder}/node`,
    `#!/bin/sh
echo "${folder} $1" >>'${root}/calls'
if [ "$1" = --version ]; then echo ${version}; exit; fi
exec '${process.execPath}' "$@"
`,
  )
  chmodSync(path, 0o755)
  return path
}

function record(node: string): void {
  const { atime, mtime } = statSync(node)
  utimesSync(node, atime, new Date(Math.floor(mtime.getTime() / 1000) * 1000))
  utimesSync(write('node', `${node}\n`), atime, statSync(node).mtime)
}

function launch(path: string, args: readonly string[] = [], program = join(root, 'bin/assume'), env = {}) {
  const options = {
    encoding: 'utf8',
    cwd: root,
    env: { HOME: join(root, 'home'), PATH: path, ...env },
  } as const
  const { status, stdout, stderr } = spawnSync(program, args, options)
  return { status, stdout, stderr }
}

const calls = () => readFileSync(join(root, 'calls'), 'utf8').split('\n').slice(0, -1)
const main = () => join(root, 'dist/main.js')

describe('which Node', () => {
  it('the first on PATH, whose version is checked', () => {
    fakeNode('new', 'v24.1.0')
    expect(launch(`/nowhere:${root}/new`).status).toBe(0)
    expect(calls()).toEqual(['new --version', `new ${main()}`])
  })

  it('without a check when it is the one that was recorded, untouched since', () => {
    record(fakeNode('new', 'v24.1.0'))
    expect(launch(`${root}/new`).status).toBe(0)
    expect(calls()).toEqual([`new ${main()}`])
  })

  it.each([
    ['newer', 10],
    ['older', -10],
  ])('with a check again when that file was replaced by a %s one', (_name, seconds) => {
    const node = fakeNode('new', 'v24.1.0')
    record(node)
    const time = statSync(node).mtimeMs / 1000 + seconds
    utimesSync(node, time, time)
    expect(launch(`${root}/new`).status).toBe(0)
    expect(calls()).toEqual(['new --version', `new ${main()}`])
  })

  it('the recorded one when the one on PATH is too old', () => {
    fakeNode('old', 'v20.18.9')
    record(fakeNode('new', 'v20.19.0'))
    expect(launch(`${root}/old`).status).toBe(0)
    expect(calls()).toEqual(['old --version', 'new --version', `new ${main()}`])
  })

  it('the newest in the usual places when the recorded one is gone too', () => {
    fakeNode('old', 'v18.20.0')
    write('node', `${root}/gone/node\n`)
    fakeNode('home/.nvm/versions/node/v97.0.0/bin', 'v97.0.0')
    fakeNode('home/.nvm/versions/node/v9.0.0/bin', 'v9.0.0')
    fakeNode('home/.local/share/fnm/node-versions/v98.0.0/installation/bin', 'v98.0.0')
    fakeNode('home/.volta/bin', 'v96.0.0')
    expect(launch(`${root}/old`).status).toBe(0)
    expect(calls().at(-1)).toBe(`home/.local/share/fnm/node-versions/v98.0.0/installation/bin ${main()}`)
  })

  it('never one from a relative entry of PATH', () => {
    write('here/node', 'x')
    fakeNode('new', 'v24.1.0')
    fakeNode('evil', 'v99.0.0')
    expect(launch(`evil::.:${root}/new`).status).toBe(0)
    expect(calls().at(-1)).toBe(`new ${main()}`)
  })
})

describe('what it passes on', () => {
  const path = process.env['PATH'] ?? ''

  it('the arguments, and it finds its folder through links and relative paths', () => {
    symlinkSync('bin/assume', join(root, 'one'))
    symlinkSync(join(root, 'one'), join(root, 'two'))
    const args = ['', 'a b', "it's", '$(x)', '--', '*']
    const expected = { status: 0, stdout: `${JSON.stringify({ args, main: main() })}\n`, stderr: '' }
    for (const program of ['bin/assume', 'one', 'two']) {
      expect(launch(path, args, join(root, program))).toEqual(expected)
      expect(launch(path, args, `./${program}`)).toEqual(expected)
      expect(launch(path, [program, ...args], '/bin/sh')).toEqual(expected)
    }
    expect(launch(`${root}/bin:${path}`, ['-c', 'assume x'], '/bin/sh').stdout).toContain('"args":["x"]')
  })

  it('the environment and descriptor 3 as they were', () => {
    write(
      'dist/main.js',
      `import { writeSync } from 'node:fs'
const { _, SHLVL, OLDPWD, PWD, ...env } = process.env
writeSync(3, JSON.stringify(env))`,
    )
    const env = {
      node: '1',
      root: '2',
      dir: '3',
      version: '4',
      found: '5',
      CDPATH: '/',
      ENV: '/nowhere',
    }
    const [always = ''] = readFileSync(launcher, 'utf8').split('\nunset _assume_account')
    const text = always + readFileSync(starter, 'utf8')
    const own = text.match(/(?<=\s)_assume_\w+(?==)|(?<=for )_assume_\w+/g) ?? []
    expect(own.length).toBeGreaterThan(15)
    const inherited = Object.fromEntries(own.map((name) => [name, 'foreign']))
    const script = `exec 3>&1 1>&2; '${root}/bin/assume'`
    const { stdout } = launch(path, ['-c', script], '/bin/sh', { ...env, ...inherited })
    expect(JSON.parse(stdout)).toMatchObject({ HOME: join(root, 'home'), PATH: path, ...env })
    expect(Object.keys(JSON.parse(stdout)).filter((name) => name.startsWith('_assume'))).toEqual([])
  })
})

it('says when the checkout is not built, and when an installation has lost its program', () => {
  rmSync(join(root, 'dist'), { recursive: true })
  expect(launch(process.env['PATH'] ?? '')).toMatchObject({
    status: 1,
    stderr: `assume: ${root} has lost dist/main.js: run install.sh of a clone again, or with --uninstall to remove it\n`,
  })
  writeFileSync(join(root, 'install.sh'), '')
  const { status, stderr } = launch(process.env['PATH'] ?? '')
  const what = `assume: ${root} is not built: run ./install.sh there, or npm ci and npm run build\n`
  expect([status, stderr]).toEqual([1, what])
})

it('says when it has lost a part of its own, with the status of exec where that is asked', () => {
  rmSync(join(root, 'bin/start.sh'))
  const what = `assume: ${root}/bin has lost start.sh: run install.sh of a clone again, or with --uninstall to remove it\n`
  const answer = { stdout: '', stderr: what }
  expect(launch(process.env['PATH'] ?? '', ['list'])).toEqual({ ...answer, status: 1 })
  expect(launch(process.env['PATH'] ?? '', ['exec', 'x', 'true'])).toEqual({ ...answer, status: 125 })
})

it('the entry for npm is read by old versions of Node: no syntax after ES2019', () => {
  const text = readFileSync(join(import.meta.dirname, '../bin/assume.cjs'), 'utf8')
  expect(text).not.toMatch(/\?\?|\?\.|^\s*await|\bstatic\b|#[a-z]+\b(?<!#!)\s*[=(]/m)
  expect(statSync(launcher).mode & 0o111).toBe(0o111)
})
