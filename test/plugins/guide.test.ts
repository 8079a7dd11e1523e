import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'rolldown'
import typescript from 'typescript'
import { beforeEach, describe, expect, it } from 'vitest'
import { findFault } from '../../src/plugins/runner/validate.ts'
import { repository } from '../support/home.ts'
import { failure, PluginWorld, readExamples } from './world.ts'

const [plugin = '', test = ''] = readExamples('write-your-own.md', 'ts')
const [, program = ''] = readExamples('write-your-own.md', 'sh')
const [request = ''] = readExamples('write-your-own.md', 'json')

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld(`[profile shop-dev]
sso_session = work
sso_account_id = 111122223333
sso_role_name = ReadOnly
[profile shop.admin]
role_arn = arn:aws:iam::111122223333:role/admin
source_profile = shop-dev
`)
})

describe('the example in TypeScript', () => {
  let path: string
  beforeEach(() => {
    path = world.home.write('.config/assume/plugins/database.ts', plugin)
    mkdirSync(join(dirname(path), 'node_modules'))
    symlinkSync(repository, join(dirname(path), 'node_modules/assume-cli'))
  })

  it('passes the check, and works as the guide says', async () => {
    expect((await world.assume('check', path)).stdout).toMatch(/\ngood\n$/)
    await world.enable('database', 'host = {profile}.db.example.com')
    expect((await world.consult('shop-dev')).set).toEqual([
      ['PGHOST', 'shop-dev.db.example.com'],
      ['DATABASE_URL', 'postgres://app@shop-dev.db.example.com/app'],
    ])
    expect(await failure(world.consult('shop.admin', { answers: ['no'] }))).toContain('cancelled')
    expect(world.screen).toContain('Connect to the database of shop.admin as an administrator? [Y/n]')
  })

  it('has a test that passes, with the package as it is published', async () => {
    const entry = world.home.write('.config/assume/plugins/database.test.ts', test)
    const outfile = world.at('.config/assume/plugins/database.test.mjs')
    await build({
      input: entry,
      platform: 'node',
      external: ['assume-cli/plugin'],
      output: { file: outfile, format: 'esm' },
    })
    const { status, stdout } = spawnSync(process.execPath, ['--test', outfile], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, expect.stringContaining('pass 2')])
  })

  it('has the right types, with those that are published', () => {
    const entry = world.home.write('.config/assume/plugins/database.test.ts', test)
    const wrong = world.home.write(
      '.config/assume/plugins/wrong.ts',
      plugin
        .replace('profile.name', 'profile.nmae')
        .replace('options.host', 'options.hots')
        .replace("'confirm'", "'perhaps'"),
    )
    const compilerOptions: typescript.CompilerOptions = {
      strict: true,
      noEmit: true,
      module: typescript.ModuleKind.NodeNext,
      target: typescript.ScriptTarget.ES2023,
      allowImportingTsExtensions: true,
      types: ['node'],
      typeRoots: [join(repository, 'node_modules/@types')],
      skipLibCheck: false,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
    }
    const faults = typescript
      .getPreEmitDiagnostics(typescript.createProgram([entry, wrong], compilerOptions))
      .filter(({ file }) => !file?.fileName.includes('@types'))
      .map(({ file, messageText }) => [
        file?.fileName.split('/').at(-1),
        typescript.flattenDiagnosticMessageText(messageText, ' ').slice(0, 60),
      ])
    expect(faults).toEqual([
      ['wrong.ts', expect.stringContaining("'hots' does not exist")],
      ['wrong.ts', expect.stringContaining("'nmae' does not exist")],
      ['wrong.ts', expect.any(String)],
    ])
  })
})

describe('the example for a shell', () => {
  it('passes the check, and works as the guide says', async () => {
    const path = world.program('stage', '')
    world.home.write('.config/assume/plugins/assume-plugin-stage', program)
    chmodSync(path, 0o700)
    expect((await world.assume('check', path)).stdout).toMatch(
      /env for sample-keys: \{"set":\{"STAGE":"keys"\}\}\ngood\n$/,
    )
    await world.enable('stage')
    expect(world.settingsText).toContain('variables = STAGE\n')
    expect((await world.consult('shop-dev')).set).toEqual([['STAGE', 'dev']])
    expect((await world.consult('shop.admin')).set).toEqual([])
    expect(world.said).toContain('stage: no stage in the name shop.admin')
  })

  it('gets the request that the guide shows', async () => {
    expect(findFault('request', JSON.parse(request))).toBeUndefined()
    world.program('tell', 'cat >&2')
    await world.enable('tell')
    await world.consult('shop-dev', { region: 'eu-west-1' })
    const [line = ''] = world.said
    const shown = line
      .replace('tell: ', '')
      .replaceAll(world.home.path, '/home/me')
      .replace('plugins/tell', 'plugins/stage')
      .replace('"terminal":false', '"terminal":true')
    expect(request).toBe(`${shown}\n`)
  })
})

describe('the published package', () => {
  it('has a schema, and no dependency in what plugins import', () => {
    const read = (name: string) => readFileSync(join(repository, 'dist', name), 'utf8')
    expect(JSON.parse(read('plugin-schema.json')).$defs.request).toBeDefined()
    expect(read('plugin.mjs')).not.toMatch(/\bfrom ["'](?!node:)/)
    const script = `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
console.log(Object.keys(await import('assume-cli/plugin')).join(), Object.keys(require('assume-cli/plugin-schema.json').$defs).length > 5)`
    mkdirSync(world.at('node_modules'))
    symlinkSync(repository, world.at('node_modules/assume-cli'))
    const path = world.home.write('main.mjs', script)
    expect(execFileSync(process.execPath, [path], { encoding: 'utf8' })).toBe('definePlugin,runPlugin true\n')
  })
})
