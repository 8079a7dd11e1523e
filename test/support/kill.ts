import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { preload } from './preload.ts'

interface Series {
  readonly program: string
  /** The arguments of each run, by its number from 0. */
  readonly words: (run: number) => readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Where the changes are that count. */
  readonly folder: string
  /** Called after each run. */
  readonly check: (run: number) => void
}

/**
 * Runs a program of Node again and again. Each run is killed at the first change below a folder at which none was before;
 * when a run has come to its end they begin anew, until so many were killed. Returns the changes, one for each kill, such
 * as `renameSync .aws/config`. Throws when a run fails or changes nothing.
 */
export function killAtEachChange(kills: number, { program, words, env, folder, check }: Series): string[] {
  const own = mkdtempSync(join(tmpdir(), 'kills-'))
  const list = join(own, 'list')
  const settings = { ...preload('kill-at-change', 'keep-derivations'), KILL_BELOW: folder, KILLED_AT: list }
  const killedAt: string[] = []
  let first = 0
  try {
    for (let run = 0; killedAt.length < kills; run += 1) {
      writeFileSync(list, `${killedAt.slice(first).join('\n')}\n`)
      const before = killedAt.length
      const result = spawnSync(program, words(run), { env: { ...env, ...settings }, encoding: 'utf8' })
      if (result.signal === 'SIGKILL')
        killedAt.push(readFileSync(list, 'utf8').trimEnd().split('\n').at(-1) as string)
      else if (result.status !== 0 || first === before)
        throw new Error(`run ${run} of ${first}: ${result.stderr}`)
      else first = before
      check(run)
    }
  } finally {
    rmSync(own, { recursive: true })
  }
  return killedAt
}
