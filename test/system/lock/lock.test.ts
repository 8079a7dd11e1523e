import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { nodeFiles } from '../../../src/system/files/files.ts'
import { locateSessionLock, withLock } from '../../../src/system/lock/lock.ts'
import { type Holder, readHolder, removeHolder } from '../../../src/system/lock/lock-claim.ts'
import { locatePaths } from '../../../src/system/paths.ts'
import { identifyUser } from '../../../src/system/user.ts'
import { canMount, createDisk } from '../../support/disk.ts'
import { createHome, type Home } from '../../support/home.ts'
import { bundleWorker, Worker } from '../../support/worker.ts'

const program = bundleWorker(join(import.meta.dirname, 'workers/hold-lock.ts'))

let home: Home
let lock: string
let locks: string
beforeEach(() => {
  home = createHome()
  locks = locatePaths({ HOME: home.path }, 'linux').locks
  lock = locateSessionLock(locks, { name: 'my-sso', startUrl: 'x' })
})

const start = (how: string, path = lock) => new Worker(program, [path, how, join(home.path, 'count')])
async function startHolder(path = lock): Promise<Worker> {
  const holder = start('hold', path)
  await holder.says('has it')
  return holder
}
const world = (signal = new AbortController().signal) => ({
  files: nodeFiles,
  platform: process.platform,
  env: { HOME: home.path },
  user: identifyUser(home.path),
  interruption: signal,
  cleanups: new Set<() => void>(),
  pid: process.pid,
  notify: () => {},
})
const task = 'test'
/** Takes the lock in this process and gives it back. */
const pass = (path = lock) => withLock(world(), path, task, () => 'passed')

describe('a lock', () => {
  it('gives back what its body does, and leaves nothing behind', async () => {
    expect(await pass()).toBe('passed')
    await expect(
      withLock(world(), lock, task, () => Promise.reject(new Error('of the body'))),
    ).rejects.toThrow('of the body')
    expect(await pass()).toBe('passed')
    expect(readdirSync(locks)).toEqual([])
    expect(readdirSync(home.path)).toEqual(['.local'])
  })

  it('lets 50 processes in one by one, though every fifth is killed inside', {
    timeout: 180_000,
  }, async () => {
    const counter = home.write('count', '0')
    const all = Array.from({ length: 50 }, (_, n) => start(n % 5 === 0 ? 'count-and-die' : 'count'))
    await Promise.all(all.map((worker) => worker.ended))
    expect(all.filter(({ output }) => output.includes('is done'))).toHaveLength(40)
    expect(readFileSync(counter, 'utf8')).toBe('50')
    await pass()
    expect(readdirSync(locks)).toEqual([])
  })

  it('is given back, socket and all, by what clears away after a process that ends at once', async () => {
    for (const path of [lock, join(locks, 'x'.repeat(100), 'lock')]) {
      const own = world()
      const before = readdirSync(tmpdir())
      await withLock(own, path, task, () => {
        expect(readdirSync(path)).not.toEqual([])
        for (const clean of own.cleanups) clean()
        expect(existsSync(path)).toBe(false)
        expect(readdirSync(tmpdir())).toEqual(before)
      })
      expect(own.cleanups.size).toBe(0)
    }
  })

  it('lets callers within one process in one by one', async () => {
    let inside = 0
    const enter = async () => {
      inside += 1
      expect(inside).toBe(1)
      // Time for the others to enter, if they could.
      for (let turns = 0; turns < 100; turns += 1) await turn()
      inside -= 1
    }
    await Promise.all(Array.from({ length: 5 }, () => withLock(world(), lock, task, enter)))
  })
})

describe('the owner of a lock', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const)('loses it by %s', async (signal) => {
    const holder = await startHolder()
    const next = start('count', lock)
    home.write('count', '0')
    await holder.kill(signal)
    await next.says('is done')
  })

  it('has lost it too when its process id now belongs to another process', async () => {
    const holder = await startHolder()
    const [claim = ''] = readdirSync(lock).filter((name) => name.endsWith('.json'))
    await holder.kill()
    writeFileSync(join(lock, claim), JSON.stringify({ pid: process.pid, task: 'alive' }))
    expect(await pass()).toBe('passed')
  })

  it('keeps it while it is stopped, and while it is too busy to answer', async () => {
    const holder = await startHolder()
    holder.process.kill('SIGSTOP')
    const next = start('block')
    await next.says(`waiting for test of hold in process ${holder.pid};`)
    // By the time that another has been told so, the first would have it if being stopped were being gone.
    const other = start('wait')
    await other.says(`waiting for test of hold in process ${holder.pid};`)
    await other.kill()
    expect(next.output).not.toContain('has it')
    holder.process.kill('SIGCONT')
    holder.process.stdin?.write('go')
    await next.says('has it')

    const last = start('wait')
    await last.says(`waiting for test of block in process ${next.pid};`)
    expect(last.output).not.toContain('has it')
    home.write('count', '')
    await last.says('has it')
    expect(next.output).toContain('is done')
  })
})

describe('who waits', () => {
  it('can be interrupted, which is no matter for the owner', async () => {
    const holder = await startHolder()
    const before = readdirSync(lock)
    const waiter = start('wait')
    await waiter.says(`waiting for test of hold in process ${holder.pid};`)
    await waiter.kill('SIGINT')
    expect(waiter.output).toContain('failed: interrupted')
    const killed = start('wait')
    await killed.says('waiting for')
    await killed.kill()
    expect([readdirSync(lock), readdirSync(locks)]).toEqual([before, [expect.any(String)]])
    holder.process.stdin?.write('go')
    await holder.says('is done')
    expect(await pass()).toBe('passed')
  })

  it('does not even begin when it is interrupted already', async () => {
    const reason = new Error('interrupted')
    await expect(withLock(world(AbortSignal.abort(reason)), lock, task, () => 1)).rejects.toBe(reason)
    expect(existsSync(locks)).toBe(false)
  })
})

describe('what killed processes have left', () => {
  it.each([
    ['a claim that a crash has emptied', '0123456789ab.json', ''],
    ['a file that is not ours', 'notes', 'x'],
    ['a hidden file', '.DS_Store', 'x'],
  ])('%s stops nobody', async (_title, name, text) => {
    mkdirSync(lock, { recursive: true })
    writeFileSync(join(lock, name), text)
    expect(await pass()).toBe('passed')
    expect(readdirSync(locks)).toEqual([])
  })

  it('beside the lock goes when it is old', async () => {
    const old = `${lock}.0123456789ab`
    const other = locateSessionLock(locks, { name: 'other', startUrl: 'x' })
    for (const folder of [old, `${lock}.ba9876543210`, `${other}.0123456789ab`])
      mkdirSync(folder, { recursive: true })
    for (const folder of [old, `${other}.0123456789ab`]) utimesSync(folder, 1_000_000_000, 1_000_000_000)
    await pass()
    expect(readdirSync(locks).sort()).toEqual(
      [`${lock}.ba9876543210`, `${other}.0123456789ab`].map((path) => path.slice(locks.length + 1)).sort(),
    )
  })
})

describe('a lock in a place', () => {
  it('with a path too long for a socket works all the same', async () => {
    const far = join(locks, 'x'.repeat(100), 'lock')
    const temporary = join(home.path, 'tmp')
    mkdirSync(temporary)
    const holder = new Worker(program, [far, 'hold'], { TMPDIR: temporary })
    await holder.says('has it')
    const waiter = start('wait', far)
    await waiter.says(`in process ${holder.pid};`)
    expect(readdirSync(temporary)).toHaveLength(1)
    await holder.kill()
    await waiter.says('is done')
    expect(readdirSync(temporary)).toEqual([])
  })

  describe('whose path is too long for a socket has that in the folder for temporary files, and it goes', () => {
    const far = () => join(locks, 'x'.repeat(100), 'lock')
    const temporary = () => join(home.path, 'tmp')
    const startFar = (how: string) =>
      new Worker(program, [far(), how, join(home.path, 'count')], { TMPDIR: temporary() })
    beforeEach(() => {
      mkdirSync(temporary())
      home.write('count', '0')
    })

    it('with the claim of a killed process of which a crash has emptied the note', async () => {
      const holder = startFar('hold')
      await holder.says('has it')
      const [note = ''] = readdirSync(far())
      writeFileSync(join(far(), note), '')
      const waiter = startFar('wait')
      await waiter.says('in process 0;')
      expect(waiter.output).not.toContain('has it')
      await holder.kill()
      await waiter.ended
      expect(waiter.output).toContain('is done')
      expect(readdirSync(temporary())).toEqual([])
    })

    it('with old claims beside the lock, of which there may be no note', async () => {
      const noted = '0123456789ab'
      const unnoted = 'ba9876543210'
      for (const id of [noted, unnoted]) {
        writeFileSync(join(temporary(), `assume-${id}.sock`), '')
        mkdirSync(`${far()}.${id}`, { recursive: true })
        utimesSync(`${far()}.${id}`, 1_000_000_000, 1_000_000_000)
      }
      const elsewhere = join(home.path, `assume-${noted}.sock`)
      writeFileSync(elsewhere, '')
      const keep = join(home.path, 'keep')
      writeFileSync(keep, '')
      writeFileSync(join(`${far()}.${noted}`, `${noted}.json`), JSON.stringify({ address: elsewhere }))
      utimesSync(`${far()}.${noted}`, 1_000_000_000, 1_000_000_000)
      writeFileSync(join(`${far()}.${unnoted}`, `${unnoted}.json`), JSON.stringify({ address: keep }))
      utimesSync(`${far()}.${unnoted}`, 1_000_000_000, 1_000_000_000)
      await startFar('count').ended
      expect(readdirSync(dirname(far()))).toEqual([])
      expect([existsSync(elsewhere), existsSync(keep)]).toEqual([false, true])
      mkdirSync(`${far()}.${unnoted}`)
      utimesSync(`${far()}.${unnoted}`, 1_000_000_000, 1_000_000_000)
      await startFar('count').ended
      expect(readdirSync(temporary())).toEqual([`assume-${noted}.sock`])
    })

    it('before the note of where it is', async () => {
      const holder = startFar('hold')
      await holder.says('has it')
      await holder.kill()
      const claim = readHolder(nodeFiles, far())
      const remove = (path: string) => {
        if (path.endsWith('.json')) throw new Error('killed')
        nodeFiles.remove(path)
      }
      expect(() => removeHolder({ ...nodeFiles, remove }, far(), claim as Holder)).toThrow('killed')
      expect(readdirSync(temporary())).toEqual([])
      expect(readdirSync(far())).toHaveLength(1)
    })
  })

  it.skipIf(!canMount)(
    'that is full or read-only (only where root may mount) fails before the body',
    async () => {
      const disk = createDisk()
      const path = join(disk.path, 'locks/lock')
      const attempt = () => withLock(world(), path, task, () => expect.unreachable())
      disk.fill()
      await expect(attempt()).rejects.toMatchObject({
        code: 'unwritable-file',
        message: `cannot write ${dirname(path)}: the disk is full`,
      })
      expect(existsSync(path)).toBe(false)
      disk.makeReadOnly()
      await expect(attempt()).rejects.toMatchObject({
        code: 'unwritable-file',
        message: `cannot write ${dirname(path)}: its file system is read-only`,
      })
    },
  )

  it('that is no folder fails before the body', async () => {
    mkdirSync(locks, { recursive: true })
    writeFileSync(lock, '')
    await expect(withLock(world(), lock, task, () => expect.unreachable())).rejects.toMatchObject({
      code: 'unwritable-file',
    })
    expect(readdirSync(locks)).toHaveLength(1)
  })
})
