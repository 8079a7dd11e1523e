import { readdirSync, renameSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { awsOf, dumpTo, readDump, runScript } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { bundleWorker, Worker } from '../support/worker.ts'

const program = bundleWorker(join(import.meta.dirname, 'workers/write-index.ts'))

const write = (home: Home, killAt: number) => new Worker(program, [String(killAt)], { HOME: home.path })

/** Without keys a switch would warn. */
const keys = 'aws_access_key_id = A\naws_secret_access_key = B\n'

/** Puts another file of a store, of the same time as every other, in the place of the config file. */
function relink(home: Home, number: number): string {
  const region = `region-${number}`
  const target = home.store(
    `store/${number}/config`,
    `[profile one]\nregion = ${region}\n${keys}[profile two]\n${keys}`,
  )
  symlinkSync(dirname(target), join(home.path, 'next'))
  renameSync(join(home.path, 'next'), join(home.path, '.aws'))
  return region
}

function regionOf(home: Home): string | undefined {
  const lines = ['assume one', bash.expectStatus(0), dumpTo(bash, home, 'at')]
  expect(runScript(bash, home, lines)).toMatchObject({ status: 0, stderr: '' })
  return awsOf(readDump(home, 'at'))['AWS_REGION']
}

const cacheOf = (home: Home) => readdirSync(join(home.path, '.cache/assume')).sort()

/** Numbers from 1 to `limit` that look drawn by lot, the same in every run. */
function* draw(limit: number): Generator<number, never> {
  for (let state = 20_260_101; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    yield 1 + (Math.floor(state / 65_536) % limit)
  }
}

describe('the profile index of linked files', () => {
  it('is never wrong, whenever one of 60 cores that write it is killed', { timeout: 240_000 }, async () => {
    const home = createHome()
    relink(home, 0)
    await write(home, 0).ended
    relink(home, 1)
    const whole = write(home, 0)
    await whole.ended
    const changes = Number(/^(\d+) changes$/m.exec(whole.output)?.[1])
    expect(changes).toBeGreaterThan(10)
    const points = draw(changes)
    const killed = new Set<number>()
    for (let number = 2; number < 62; number += 1) {
      const region = relink(home, number)
      const point = points.next().value
      const worker = write(home, point)
      await worker.ended
      expect(worker.process.signalCode).toBe('SIGKILL')
      killed.add(point)
      expect(regionOf(home)).toBe(region)
    }
    // At the end, in the middle and at the start of it.
    expect(killed.size).toBeGreaterThan(changes / 2)
    relink(home, 62)
    await write(home, 0).ended
    expect(cacheOf(home).filter((name) => name.startsWith('index-'))).toHaveLength(1)
    expect(regionOf(home)).toBe('region-62')
  })
})
