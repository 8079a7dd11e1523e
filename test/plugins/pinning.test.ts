import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { inspectSource } from '../../src/plugins/inspect-source.ts'
import { callHook } from '../../src/plugins/runner/runner.ts'
import { failure, PluginWorld } from './world.ts'

const plugins = '.config/assume/plugins'

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld()
})

/** A package whose files are these; `value` in its main module becomes the variable A. */
function write(name: string, files: Readonly<Record<string, string>>, manifest: object = {}): void {
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    world.home.write(`${plugins}/${name}/${path}`, text)
  }
}

const define = (name: string, value: string) =>
  `export default { name: '${name}', apiVersion: 1, env: async () => ({ set: { A: String(${value}) } }) }\n`

/** A module that can be found in many ways, none of which is the folder of a plugin. */
function writeOutside(path: string): string {
  world.home.write(`${path}/package.json`, '{"name":"stray","main":"index.js"}')
  return world.home.write(
    `${path}/index.js`,
    `require('node:fs').writeFileSync(process.env.HOME + '/ran', '')\nexports.a = 'stray'\n`,
  )
}

/** What the package `pack` answers, as it is now; `change` happens when it has been looked at. */
async function askPackage(env: Record<string, string> = {}, change = () => {}): Promise<unknown> {
  const source = { name: 'pack', form: 'package', path: join(world.folder, 'pack') } as const
  const { plugin } = await inspectSource(world.context(), source)
  change()
  return callHook(world.context({ env }), plugin, 'env', {})
}

describe('a package', () => {
  it.each([
    ['../stray/index.js', {}],
    ['./lib/../../stray/index.js', {}],
    ['../stray', { exports: { '.': { import: '../stray/index.js' } } }],
  ])('that begins at %s, outside of its folder, is refused before anything runs', async (main, more) => {
    writeOutside(`${plugins}/stray`)
    write('pack', { 'index.js': define('pack', '1') }, { main, ...more })
    const { status, stderr } = await world.assume('enable', 'pack', '--yes')
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /pack\/package\.json is no plugin: \.\.\/stray\S*, which it names, is not in its folder/,
      ),
    ])
    expect(world.has('ran')).toBe(false)
  })

  it('whose file has a name that would be several lines of the sum is refused', async () => {
    write('pack', { 'index.js': define('pack', '1'), 'a\nb': '' })
    expect((await world.assume('enable', 'pack', '--yes')).stderr).toContain('has a line break')
  })

  /** The main module tries to get `a` of each of some modules, in one way, and tells what comes of it. */
  const ways: readonly (readonly [way: string, file: string, get: string, head: string])[] = [
    ['import()', 'index.ts', '(await import(id)).a', ''],
    ['import()', 'index.mjs', '(await import(id)).a', ''],
    ['require', 'index.cjs', 'require(id).a', ''],
    [
      'a require of its own',
      'index.js',
      'own(id).a',
      `import { createRequire } from 'node:module'\nconst own = createRequire(import.meta.url)`,
    ],
  ]
  it.each(ways)('finds by %s in %s only what is in its folder', async (_way, main, get, head) => {
    const absolute = writeOutside('elsewhere/stray')
    for (const folder of [plugins, '.', '.config']) writeOutside(`${folder}/node_modules/stray`)
    writeOutside('.node_modules/stray')
    world.home.write(`${plugins}/near.js`, `exports.a = 'near'`)
    const ids = ['stray', absolute, '../near.js', './linked.js', 'own', './lib/own.js']
    const code = `async () => {
      const found = []
      for (const id of ${JSON.stringify(ids)}) {
        try { found.push(${get}) } catch (error) { found.push(error.code) }
      }
      return { set: { A: found.join(' ') } }
    }`
    const definition = `{ name: 'pack', apiVersion: 1, env: ${code} }`
    write(
      'pack',
      {
        [main]: `${head}\n${main.endsWith('.cjs') ? 'module.exports =' : 'export default'} ${definition}\n`,
        'node_modules/own/index.js': `exports.a = 'own'`,
        'lib/own.js': `exports.a = 'lib'`,
      },
      { main },
    )
    const env = { NODE_PATH: world.at('elsewhere'), JITI_ALIAS: JSON.stringify({ stray: absolute }) }
    const none = 'MODULE_NOT_FOUND'
    expect(await askPackage(env)).toEqual({ set: { A: [none, none, none, none, 'own', 'lib'].join(' ') } })
    expect(world.has('ran')).toBe(false)
  })

  it.each(['index.ts', 'index.mjs'])('imports in %s only what is in its folder', async (main) => {
    writeOutside('elsewhere/stray')
    write('pack', { [main]: `import * as stray from 'stray'\n${define('pack', 'stray.a')}` }, { main })
    expect(await failure(askPackage({ NODE_PATH: world.at('elsewhere') }))).toBe(
      "plugin-failed: plugin pack, env: Cannot find module 'stray' in the plugin: a package imports nothing from outside of its folder; bundle what it needs",
    )
    expect(world.has('ran')).toBe(false)
  })

  it('has modules of every kind, data and programs of Node', async () => {
    write(
      'pack',
      {
        'index.ts': `import data from './data.json'\nimport { join } from 'node:path'\nimport common, { b } from './lib/common.cjs'\nimport { typed } from './lib/typed.js'\nimport { kit } from '#kit'\nimport { definePlugin } from 'assume-cli/plugin'\nconst later: { c: string } = await import('./lib/later.mjs')\nexport default definePlugin({ name: 'pack', apiVersion: 1, env: () => ({ set: { A: join(data.a, common.b + b, typed, kit, later.c) } }) })\n`,
        'data.json': '{"a":"json"}',
        'lib/common.cjs': `#!/usr/bin/env node\nconst { read } = require('./reader')\nmodule.exports = { b: read() }\n`,
        'lib/reader/index.js': `exports.read = () => require('node:fs').readFileSync(__dirname + '/text', 'utf8')`,
        'lib/reader/text': 'file',
        'lib/typed.ts': `import { round } from './circle.ts'\nexport const typed: string = 'typed' + round()\n`,
        'lib/circle.ts': `import { typed } from './typed.ts'\nexport const round = () => String(typeof typed)\n`,
        'lib/kit.js': `export const kit = new URL(import.meta.url).protocol`,
        'lib/later.mjs': `export const c = await Promise.resolve('later')\n`,
      },
      { type: 'module', main: 'index', imports: { '#kit': './lib/kit.js' } },
    )
    expect(await askPackage()).toEqual({ set: { A: 'json/filefile/typedundefined/file:/later' } })
  })

  it('behind a link is the one that was looked at', async () => {
    world.home.write('dotfiles/pack/package.json', '{}')
    world.home.write('dotfiles/pack/index.js', `import { a } from './a.js'\n${define('pack', 'a')}`)
    world.home.write('dotfiles/pack/a.js', `export const a = 'linked'`)
    mkdirSync(world.folder, { recursive: true })
    symlinkSync(world.at('dotfiles/pack'), join(world.folder, 'pack'))
    expect(await askPackage()).toEqual({ set: { A: 'linked' } })
  })

  it('that changes when it has been looked at does not run', async () => {
    write('pack', {
      'index.js': `import { a } from './a.js'\n${define('pack', 'a')}`,
      'a.js': `export const a = 'good'`,
    })
    writeOutside('stray')
    const change = () => write('pack', { 'a.js': `require('${world.at('stray')}')\nexport const a = 'evil'` })
    expect(await failure(askPackage({}, change))).toContain(
      'pack/a.js is not as it was when it was looked at',
    )
    expect(world.has('ran')).toBe(false)
  })
})

describe('a plugin of one file', () => {
  it.each([
    ['NODE_PATH', 'stray'],
    ['a path', ''],
    ['a URL', 'file://'],
  ])('finds no other by %s', async (_way, id) => {
    const absolute = writeOutside('elsewhere/stray')
    world.module(
      'one',
      `env: () => ({ set: { A: stray.a } })`,
      `import * as stray from '${id === 'stray' ? id : id + absolute}'`,
    )
    const env = { NODE_PATH: world.at('elsewhere') }
    const source = { name: 'one', form: 'module', path: join(world.folder, 'one.ts') } as const
    const { plugin } = await inspectSource(world.context(), source)
    expect(await failure(callHook(world.context({ env }), plugin, 'env', {}))).toMatch(
      /Cannot find module .* a plugin of one file imports nothing/,
    )
    expect(world.has('ran')).toBe(false)
  })
})
