import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCore } from './support/core.ts'
import { createHome, type Home, repository } from './support/home.ts'

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

/** The bundler's own, for the packages that are CommonJS. */
const isRuntime = (file: string) => file.startsWith('chunks/rolldown-runtime-')

describe('what a switch does not need is not loaded', () => {
  it.each([
    'env keys --shell bash',
    'env keys --format json',
    'keys --dry-run',
    'env session --shell bash',
    'env session --shell fish --no-login',
    'session --dry-run',
  ])('assume %s loads one file', (line) => {
    const { files } = listLoaded(line.split(' '))
    expect(files.filter((file) => !isRuntime(file))).toEqual(['main.js'])
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
})
