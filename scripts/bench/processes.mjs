import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const canTrace = spawnSync('strace', ['-V']).status === 0

/** How often a program starts a process or a process becomes another program, its own start included; threads are none. */
export function countProcesses(world, program, args, env) {
  const trace = join(world.home, 'trace')
  const calls = 'trace=fork,vfork,clone,clone3,execve'
  world.run('strace', ['-f', '-qq', '-e', calls, '-o', trace, program, ...args], env)
  return readFileSync(trace, 'utf8').split('\n').filter(isStart).length
}

/** A search on PATH tries to run what is not there. */
const isStart = (line) =>
  /(fork|clone|clone3|execve)\(/.test(line) && !line.includes('CLONE_THREAD') && !line.includes(' = -1 E')
