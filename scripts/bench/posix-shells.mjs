import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { findPrograms, isAtLeast } from './installed.mjs'

/** What `sh` is somewhere, and compares times finely enough to answer from a note. */
const candidates = [
  { program: 'dash' },
  { program: 'bash', oldest: 5 },
  { program: 'zsh' },
  { program: 'mksh' },
]

/** The installed ones as `{ name, path }`: each path is called `sh`, since shells go by their own name. */
export function linkPosixShells(world) {
  return candidates
    .map((each) => ({ ...each, target: findPrograms(each.program, world.env)[0] }))
    .filter(({ target, oldest }) => target !== undefined && isAtLeast(target, oldest))
    .map(({ program, target }) => {
      const folder = join(world.home, 'sh', program)
      mkdirSync(folder, { recursive: true })
      const path = join(folder, 'sh')
      symlinkSync(target, path)
      return { name: `${program} as sh`, path }
    })
}
