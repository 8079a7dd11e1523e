import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const source = join(import.meta.dirname, '../src')

const pure = ['core', 'redact', 'words', 'errors']

/** A module may import modules of its own folder and of what is listed here; types may come from context.ts. */
const mayImport: Record<string, readonly string[]> = {
  main: ['commands', 'cli', 'adapters', 'emit', ...pure],
  'plugin-host': ['plugins'],
  commands: ['switching', 'aws', 'store', 'plugins', 'ui', 'setup', 'emit', 'sandbox', 'cli', ...pure],
  switching: ['aws', 'store', 'plugins', 'ui', ...pure],
  adapters: ['redact', 'errors'],
  aws: pure,
  store: pure,
  plugins: pure,
  ui: pure,
  sandbox: pure,
  cli: ['emit', ...pure],
  emit: ['core', 'redact', 'words', 'errors'],
  setup: pure,
  core: ['redact', 'words', 'errors'],
  context: ['core', 'words'],
  redact: [],
  words: ['redact'],
  errors: ['words'],
}
/** Folders whose modules do not import each other: what two of them need belongs one layer down. */
const islands = ['commands']

const layerOf = (path: string) => path.split('/')[0]?.replace(/\.ts$/, '') ?? ''

const modules = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: withoutComments(readFileSync(join(source, path), 'utf8')) }))

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}

function importsOf(module: { path: string; text: string }): { target: string; typeOnly: boolean }[] {
  return [
    ...module.text.matchAll(/(?:(import|export)\s+(type\s)?[^'"()]*?from\s*|import\(|import\s)'(\.[^']+)'/g),
  ].map((match) => ({
    target: relative(source, join(source, dirname(module.path), match[3] as string)),
    typeOnly: match[2] !== undefined,
  }))
}

describe('the import direction', () => {
  it.each(modules.map((module) => [module.path, module] as const))('%s', (path, module) => {
    const layer = layerOf(path)
    const allowed = mayImport[layer]
    expect(allowed, `src/${path} is in no known layer`).toBeDefined()
    for (const { target, typeOnly } of importsOf(module)) {
      const targetLayer = layerOf(target)
      const isOwn = targetLayer === layer && !(islands.includes(layer) && target !== path)
      const isType =
        typeOnly && targetLayer === 'context' && !['core', 'emit', 'setup', 'cli'].includes(layer)
      expect(isOwn || isType || allowed?.includes(targetLayer), `src/${path} imports ${target}`).toBe(true)
    }
  })
})

describe('the process', () => {
  it.each(modules.map((module) => [module.path, module.text] as const))('%s', (path, text) => {
    if (['main.ts', 'plugin-host.ts'].includes(path) || path.startsWith('adapters/')) return
    expect(text).not.toMatch(/(?<![.\w-])process\.|from 'node:process'|globalThis\.process/)
  })

  it.each(
    modules
      .filter(({ path }) => /^(core|emit|setup)\//.test(path))
      .map(({ path, text }) => [path, text] as const),
  )('src/%s is pure', (_path, text) => {
    expect(text).not.toMatch(/from 'node:(fs|child_process|net|http|https|os|tty|readline)/)
    expect(text).not.toMatch(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/)
  })
})
