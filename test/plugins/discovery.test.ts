import { expect, it } from 'vitest'
import { discoverPlugins } from '../../src/plugins/discovery.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { findPaths } from '../../src/system/glob.ts'
import { runCore } from '../support/core.ts'
import { createHome } from '../support/home.ts'

const folder = '.config/assume/plugins'

it('takes modules, programs and packages for plugins, and nothing else that lies in the folder', async () => {
  const home = createHome()
  const files = [
    ...['stage.ts', 'other.mjs', 'assume-plugin-own', 'packed/package.json'],
    ...['types.d.ts', 'assume-plugin-types.d.ts', 'Upper.ts', 'README', 'notes.md', 'folder/index.js'],
    ...['node_modules/package.json', 'node_modules/dependency/package.json'],
  ]
  for (const name of files) home.write(`${folder}/${name}`, '')
  const found = await discoverPlugins({ files: nodeFiles, glob: findPaths }, `${home.path}/${folder}`, [])
  const own = [...found.values()].filter(({ form }) => form !== 'built-in')
  expect(own.map(({ name, form }) => `${form} ${name}`).sort()).toEqual([
    'executable own',
    'module other',
    'module stage',
    'package packed',
  ])
  for (const name of ['types.d.ts', 'node_modules']) {
    const { status, stderr } = runCore(home, ['plugin', 'check', `${folder}/${name}`])
    expect([status, stderr]).toEqual([1, expect.stringContaining('has no name that a plugin can have')])
  }
})
