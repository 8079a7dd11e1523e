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

describe('the profile index of linked files', () => {
  it('is never wrong, at whichever change a core that writes it is killed', {
    timeout: 240_000,
  }, async () => {
    const home = createHome()
    relink(home, 0)
    await write(home, 0).ended
    relink(home, 1)
    const whole = write(home, 0)
    await whole.ended
    const changes = Number(/^(\d+) changes$/m.exec(whole.output)?.[1])
    expect(changes).toBeGreaterThan(10)
    for (let point = changes; point > 0; point -= 1) {
      const region = relink(home, 1 + point)
      const worker = write(home, point)
      await worker.ended
      expect(worker.process.signalCode).toBe('SIGKILL')
      expect(regionOf(home)).toBe(region)
    }
    const last = relink(home, 2 + changes)
    await write(home, 0).ended
    expect(cacheOf(home).filter((name) => name.startsWith('index-'))).toHaveLength(1)
    expect(regionOf(home)).toBe(last)
  })
})
