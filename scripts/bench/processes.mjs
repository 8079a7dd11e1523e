import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const canTrace = spawnSync('strace', ['-V']).status === 0

/** How many processes a program starts, itself included; threads are none. */
export function countProcesses(world, program, args, env) {
  const trace = join(world.home, 'trace')
  const calls = 'trace=fork,vfork,clone,clone3,execve'
  world.run('strace', ['-f', '-qq', '-e', calls, '-o', trace, program, ...args], env)
  const lines = readFileSync(trace, 'utf8').split('\n')
  return lines.filter((line) => /(fork|clone|clone3|execve)\(/.test(line) && !line.includes('CLONE_THREAD'))
    .length
}
