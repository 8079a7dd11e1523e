/** Takes a lock: `LOCK HOW [FILE]`, where HOW says what it does with it: `block` is busy until the file is there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../../../../src/context.ts'
import { nodeFiles } from '../../../../src/system/files/files.ts'
import { withLock } from '../../../../src/system/lock/lock.ts'

const [lock = '', how = 'hold', file = ''] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)

const interruption = new AbortController()
if (how === 'wait') process.on('SIGINT', () => interruption.abort(new Error('interrupted')))

const world = {
  files: nodeFiles,
  platform: process.platform,
  interruption: interruption.signal,
  cleanups: new Set(),
  pid: process.pid,
  notify: say,
} as unknown as Context

try {
  await withLock(world, lock, `test of ${how}`, async () => {
    say('has it')
    if (how.startsWith('count')) await count()
    if (how === 'count-and-die') process.kill(process.pid, 'SIGKILL')
    if (how === 'block') while (!existsSync(file));
    if (how === 'hold') await new Promise((resolve) => process.stdin.once('data', resolve))
    say('is done')
  })
} catch (error) {
  say(`failed: ${(error as Error).message}`)
}
process.exit()

async function count(): Promise<void> {
  const value = Number(readFileSync(file, 'utf8'))
  await sleep(Math.random() * 20)
  writeFileSync(file, String(value + 1))
}
