import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compileFunction } from 'node:vm'
import { build } from 'rolldown'
import typescript from 'typescript'
import { digestInputs } from './inputs.mjs'

const root = join(import.meta.dirname, '..')

/**
 * Loads Node's own modules when something of them is first used, not at the start: crypto takes 3 ms, child_process and
 * tty with net 2 ms each, and a switch uses none of them. Node itself has begun with fs and path.
 */
const loadNodeModulesOnUse = {
  name: 'load-node-modules-on-use',
  // A module that is imported as a whole is assigned again, in the next line, and stays as it is.
  renderChunk: (code) =>
    code.replaceAll(
      /^let (\w+) = require\("(node:(?!fs"|path")[\w/]+)"\);(?!\n\1 = )/gm,
      'let $1_loaded; const $1 = new Proxy({}, { get: (_, key) => ($1_loaded ??= require("$2"))[key] });',
    ),
}

/**
 * The files that are started from compiled code: they bring what they need of the bundler, and are text of one byte a
 * character, which is read five times as fast.
 */
const finishCompiled = {
  name: 'finish-compiled',
  generateBundle: (_, bundle) => {
    const chunks = Object.values(bundle)
    const runtime = chunks.find(({ name }) => name === 'rolldown-runtime')
    const inlined = `(() => { const exports = {};\n${runtime.code}\nreturn exports })()`
    for (const chunk of chunks) {
      if (!chunk.isEntry && chunk.name !== 'reader') continue
      const own = chunk.code.replace(`require("./${runtime.fileName}")`, () => inlined)
      chunk.code = own.replaceAll(/[\u0080-\uffff]/g, escapeUnit)
    }
  },
}

function escapeUnit(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** What answers for profiles without the network, and all that it imports. */
const readerModules =
  /\bsrc[\\/](commands[\\/](list|status)|switch[\\/](prepare-from-files|provide|kept-credentials))\.ts$/

// Whoever can write to what is built decides what the shells run.
process.umask(process.umask() | 0o022)
if (process.argv.includes('--generate')) await generateShellTables()
else await buildBundle()

/**
 * Writes one file with everything that main.ts imports statically, which is all that a switch reads, one with what reads the
 * AWS files and their caches, a chunk for each other dynamic import, and `dist/main.js`, which starts these. Another program needs a build of its own: what two entries
 * share would become a further file. `dist/inputs` comes last and says what all that was built from.
 */
async function buildBundle() {
  // Before anything is read: what is saved from now on may be in the bundle or not.
  const inputs = digestInputs(root)
  const { output } = await build({
    cwd: root,
    input: 'src/main.ts',
    platform: 'node',
    // ES modules where a package has them: what is not used of the AWS SDK is then left out.
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'node20.19' },
    plugins: [loadNodeModulesOnUse, finishCompiled],
    checks: { emptyImportMeta: false },
    output: {
      dir: 'dist',
      cleanDir: true,
      // CommonJS: Node's loader for ES modules takes 4 ms for the first file and more for each other.
      format: 'cjs',
      strict: true,
      dynamicImportInCjs: false,
      // Else what a chunk shares with the core would be a chunk, too.
      codeSplitting: {
        groups: [
          { name: 'main', tags: ['$initial'], priority: 1 },
          { name: 'reader', test: readerModules },
        ],
      },
      entryFileNames: 'core-[hash].js',
      chunkFileNames: ({ name }) => (name === 'reader' ? 'reader-[hash].js' : 'chunks/[name]-[hash].js'),
      comments: false,
      // Names and lines stay as they are, for the report of a bug.
      minify: { compress: true, mangle: false, codegen: false },
    },
  })
  const host = await buildHost()
  const reader = output.find(({ name }) => name === 'reader')
  await writeStart('main', [output[0].fileName, reader.fileName], 'latin1')
  await writeStart('plugin-host', [host], 'utf8')
  await writeFile(join(root, 'dist/package.json'), '{"type":"commonjs"}\n')
  await buildModule('src/plugins/kit.ts', 'plugin')
  await buildModule('src/console/hand-over/program.ts', 'hand-over')
  await copyFile(join(root, 'src/plugins/schema.json'), join(root, 'dist/plugin-schema.json'))
  await emitTypes('src/plugins/kit.ts', 'plugin')
  await emitTypes('src/plugins/api.ts', 'plugin-api')
  await writeHelp()
  for (const path of ['dist', 'dist/chunks', 'dist/help', 'dist/main.js'])
    await chmod(join(root, path), 0o755)
  await writeFile(join(root, 'dist/inputs'), inputs)
}

/** Writes a file for each command, with its help as a terminal shows it. */
async function writeHelp() {
  const { generateHelpFiles } = await loadSource('src/cli/help.ts')
  await mkdir(join(root, 'dist/help'))
  for (const [name, text] of await generateHelpFiles()) await writeFile(join(root, 'dist/help', name), text)
}

/** Writes what runs a plugin, in CommonJS as the core, and returns the name of the file. */
async function buildHost() {
  const { output } = await build({
    cwd: root,
    input: 'src/plugins/runner/host.ts',
    platform: 'node',
    transform: { target: 'node20.19' },
    checks: { emptyImportMeta: false },
    output: {
      dir: 'dist',
      format: 'cjs',
      strict: true,
      codeSplitting: false,
      entryFileNames: 'plugin-host-[hash].js',
      comments: false,
    },
  })
  return output[0].fileName
}

/** Writes what starts these files, the first at once, from compiled code; they are text in that encoding. */
async function writeStart(name, files, encoding) {
  const text = await readFile(join(root, 'src/start.cjs'), 'utf8')
  const own = text.replace('FILES', files.join(' ')).replace('ENCODING', encoding)
  await writeFile(join(root, `dist/${name}.js`), own)
}

/** Writes an ES module of one file. */
async function buildModule(input, name) {
  await build({
    cwd: root,
    input,
    platform: 'node',
    transform: { target: 'node20.19' },
    output: { file: `dist/${name}.mjs`, format: 'esm', codeSplitting: false, comments: false },
  })
}

/** Writes the declarations of a module that imports types from its own folder at most. */
async function emitTypes(source, name) {
  const text = await readFile(join(root, source), 'utf8')
  const { outputText } = typescript.transpileDeclaration(text, { fileName: source, compilerOptions: {} })
  await writeFile(join(root, `dist/${name}.d.mts`), outputText.replaceAll("'./api.ts'", "'./plugin-api.mjs'"))
}

/** Writes the data files below shell/, and the list of direct words into the wrappers. */
async function generateShellTables() {
  const { generateShellTables, updateDirectWords, wrappers } = await loadSource('src/cli/shell-tables.ts')
  const { generateServiceTables } = await loadSource('src/console/shell-tables.ts')
  for (const [path, text] of [...generateShellTables(), ...generateServiceTables()])
    await writeFile(join(root, 'shell', path), text)
  for (const path of wrappers) {
    const file = join(root, 'shell', path)
    await writeFile(file, updateDirectWords(path, await readFile(file, 'utf8')))
  }
}

/** What a source file exports, without a build of all. CommonJS: yargs asks for the file that it is in, and here is none. */
async function loadSource(input) {
  const { output } = await build({
    cwd: root,
    input,
    platform: 'node',
    write: false,
    checks: { emptyImportMeta: false },
    output: { format: 'cjs', codeSplitting: false },
  })
  const exports = {}
  const load = compileFunction(output[0].code, ['exports', 'require', '__filename'])
  load(exports, createRequire(import.meta.url), import.meta.filename)
  return exports
}
