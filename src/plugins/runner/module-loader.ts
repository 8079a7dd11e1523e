import { createRequire, isBuiltin } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { runInThisContext } from 'node:vm'
import { createJiti } from 'jiti/static'

/** The files of a plugin, by their paths without links. */
export interface PluginFiles {
  has(path: string): boolean
  /** The text of one of them. Throws an Error when it is not as it was when it was looked at. */
  read(path: string): string
}

/** A module as those in CommonJS see it. */
interface LoadedModule {
  readonly id: string
  readonly filename: string
  exports: unknown
  loaded: boolean
}

/** What a module gets; the last two in place of `import(…)` and `import.meta.resolve`, as jiti has it. */
const parameters = 'exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve'

/** It finds files, and makes CommonJS of ES modules and TypeScript. Its variables have no say in that. */
const jiti = createJiti('/dev/null', {
  extensions: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.json'],
  alias: {},
  nativeModules: [],
  tsconfigPaths: false,
  tryNative: false,
  interopDefault: true,
  jsx: false,
  // What lies in a cache would run unseen.
  fsCache: false,
})
const native = createRequire(import.meta.url)

/**
 * Loads the modules of a plugin: its files, Node's own modules, and those that are `given` by name. Anything else is not
 * found, wherever Node would find it: in a folder above, in NODE_PATH, by its path.
 */
export class ModuleLoader {
  readonly #files: PluginFiles
  readonly #given: ReadonlyMap<string, unknown>
  readonly #modules = new Map<string, LoadedModule>()

  constructor(files: PluginFiles, given: ReadonlyMap<string, unknown>) {
    this.#files = files
    this.#given = given
  }

  /** What the module `id` exports, as the module at the path `from` calls it. Throws an Error, and what the module throws. */
  async import(id: string, from: string): Promise<unknown> {
    const found = this.#find(id, from, 'import')
    if (typeof found === 'object') return found.exports
    const module = this.#enter(found)
    try {
      await this.#run(module, true)
    } catch (error) {
      this.#modules.delete(found)
      throw error
    }
    return leave(module)
  }

  #require(id: string, from: string): unknown {
    const found = this.#find(id, from, 'require')
    if (typeof found === 'object') return found.exports
    const module = this.#enter(found)
    try {
      this.#run(module, false)
    } catch (error) {
      this.#modules.delete(found)
      throw error
    }
    return leave(module)
  }

  /** What it exports, as far as it has come when it is under way, or the path of a file that is to be run. */
  #find(id: string, from: string, condition: 'import' | 'require'): { readonly exports: unknown } | string {
    if (this.#given.has(id)) return { exports: this.#given.get(id) }
    if (isBuiltin(id)) return { exports: native(id) }
    const path = this.#resolve(id, from, condition)
    return this.#modules.get(path) ?? path
  }

  #resolve(id: string, from: string, condition: 'import' | 'require'): string {
    // The file of a plugin of one file is nowhere.
    const near = join(dirname(from), id)
    if (/^\.\.?\//.test(id) && this.#files.has(near)) return near
    const conditions = ['node', condition]
    const url = jiti.esmResolve(id, { parentURL: pathToFileURL(from).href, conditions, try: true })
    const path = url?.startsWith('file:') ? fileURLToPath(url) : ''
    if (this.#files.has(path)) return path
    throw Object.assign(new Error(`Cannot find module '${id}' in the plugin`), { code: 'MODULE_NOT_FOUND' })
  }

  #enter(path: string): LoadedModule {
    const module = { id: path, filename: path, exports: {}, loaded: false }
    this.#modules.set(path, module)
    return module
  }

  /** A promise of the end where the module may wait for others. */
  #run(module: LoadedModule, isAsync: boolean): unknown {
    const { filename } = module
    const text = this.#files.read(filename)
    const extension = extname(filename)
    if (extension === '.json') module.exports = JSON.parse(text)
    else if (extension === '.node') module.exports = native(filename)
    else return this.#evaluate(module, translate(filename, text, isAsync), isAsync)
    return undefined
  }

  #evaluate(module: LoadedModule, source: string, isAsync: boolean): unknown {
    const { filename } = module
    const head = `(${isAsync ? 'async ' : ''}function (${parameters}) {`
    const body = runInThisContext(`${head}${source}\n})`, { filename }) as (...parts: unknown[]) => unknown
    const require = Object.assign((id: string) => this.#require(id, filename), {
      resolve: (id: string) => (isBuiltin(id) ? id : this.#resolve(id, filename, 'require')),
    })
    return body.call(
      module.exports,
      module.exports,
      require,
      module,
      filename,
      dirname(filename),
      (id: unknown) => this.import(String(id), filename),
      (id: string) => pathToFileURL(this.#resolve(id, filename, 'import')).href,
    )
  }
}

/** The text in CommonJS; a dynamic `import` is a function there too. */
function translate(filename: string, text: string, isAsync: boolean): string {
  const ts = /\.[cm]?ts$/.test(filename)
  const isCommonJs = !ts && extname(filename) !== '.mjs' && !/\b(import|export)\b/.test(text)
  const source = isCommonJs ? text : jiti.transform({ filename, source: text, ts, async: isAsync })
  return source.replace(/^#!/, '//')
}

/** What jiti makes of a text that it does not understand exports what is wrong with it. */
function leave(module: LoadedModule): unknown {
  const { __JITI_ERROR__: fault } = Object(module.exports) as {
    __JITI_ERROR__?: { message: string; filename: string; line: number; column: number }
  }
  if (fault) throw new SyntaxError(`${fault.message} (${fault.filename}:${fault.line}:${fault.column})`)
  module.loaded = true
  return module.exports
}
