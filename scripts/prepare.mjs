// Runs before the tests: installs the dependencies when they are missing or older than the lock file, and builds.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const timeOf = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0

function run(program, ...args) {
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}

if (timeOf('node_modules/.package-lock.json') < timeOf('package-lock.json'))
  run('npm', 'ci', '--no-audit', '--no-fund')
run(process.execPath, 'scripts/build.mjs')
