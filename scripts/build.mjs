import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

const wrappers = [
  'bash/assume.bash',
  'zsh/assume.plugin.zsh',
  'fish/functions/assume.fish',
  'powershell/Assume/Assume.psm1',
]
const root = join(import.meta.dirname, '..')

if (process.argv.includes('--generate')) await generateShellTables()
else await buildBundle()

async function buildBundle() {
  await rm(join(root, 'dist'), { recursive: true, force: true })
  await build({
    absWorkingDir: root,
    entryPoints: { main: 'src/main.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // ES modules where a package has them: what is not used of the AWS SDK is then left out.
    mainFields: ['module', 'main'],
    minifySyntax: true,
    legalComments: 'none',
    chunkNames: 'chunks/[name]-[hash]',
    // yargs and its like are CommonJS inside: they call require for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  })
  await chmod(join(root, 'dist/main.js'), 0o755)
}

/** Writes the data files below shell/, and the list of direct words into the wrappers. */
async function generateShellTables() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/shell-tables.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  })
  const source = Buffer.from(outputFiles[0].contents).toString('base64')
  const { generateShellTables, updateDirectWords } = await import(`data:text/javascript;base64,${source}`)
  for (const [path, text] of generateShellTables()) await writeFile(join(root, 'shell', path), text)
  for (const path of wrappers) {
    const file = join(root, 'shell', path)
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text !== undefined) await writeFile(file, updateDirectWords(path, text))
  }
}
