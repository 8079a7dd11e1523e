import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

const record = join(import.meta.dirname, '../../node')

/**
 * Notes in the checkout, as install.sh does in an installation, that the Node on PATH will do: else `bin/assume` starts it twice, to
 * ask for its version first. Taken back after the tests, unless it was there before.
 */
export default function recordNode(): (() => void) | undefined {
  const node = findNode()
  if (node === undefined || existsSync(record)) return undefined
  writeFileSync(record, `${node}\n`, { mode: 0o644 })
  spawnSync('touch', ['-r', node, record])
  return () => rmSync(record, { force: true })
}

/** The one that the launcher takes. */
function findNode(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  return folders
    .map((folder) => `${folder}/node`)
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
}
