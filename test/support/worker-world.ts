import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll } from 'vitest'
import { endAwsCliHost } from './aws-cli-host.ts'
import { endPowerShellHost } from './shells/pwsh.ts'

/**
 * Gives each test file a HOME and a folder for temporary files of its own, no other folder of the user, and a PATH on which
 * there is no `assume`: a test that means one brings it.
 */
const userFolders = ['CACHE_HOME', 'CONFIG_HOME', 'DATA_HOME', 'RUNTIME_DIR', 'STATE_HOME'].map(
  (name) => `XDG_${name}`,
)
const before = Object.fromEntries(
  ['HOME', 'PATH', 'TMPDIR', ...userFolders].map((name) => [name, process.env[name]]),
)
// Short: the path of a socket below it has to fit into 107 bytes.
const world = mkdtempSync(join(tmpdir(), 'w'))
// A test that runs something as another user has to get that user there.
chmodSync(world, 0o711)
const home = join(world, 'home')
mkdirSync(home)
const folders = (before['PATH'] ?? '').split(delimiter)
const path = folders.map((folder, index) =>
  existsSync(join(folder, 'assume')) ? mirror(folder, index) : folder,
)
for (const name of userFolders) delete process.env[name]
Object.assign(process.env, { HOME: home, TMPDIR: world, PATH: path.join(delimiter) })

/** A folder with links to all that is in another but `assume`: npm puts that beside `node`. */
function mirror(folder: string, index: number): string {
  const own = join(world, `path-${index}`)
  mkdirSync(own)
  for (const name of readdirSync(folder)) {
    if (name !== 'assume') symlinkSync(join(folder, name), join(own, name))
  }
  return own
}

// Commands that are called in this process ask for the same passphrase again and again.
createRequire(import.meta.url)('./keep-derivations.cjs')

afterAll(async () => {
  await endPowerShellHost()
  endAwsCliHost()
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  // What a test has killed may still be clearing away its own folder.
  rmSync(world, { recursive: true, force: true, maxRetries: 5 })
})
