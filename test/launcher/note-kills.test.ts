import { readdirSync, renameSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { bundleWorker, Worker } from '../support/worker.ts'
import { keysFor, launch, profile, roleFile, session, textOf } from './world.ts'

const program = bundleWorker(join(import.meta.dirname, '../index/workers/write-note.ts'))

const accountOf = (number: number) => String(number).padStart(12, '0')
const write = (home: Home, number: number, killAt: number) =>
  new Worker(program, [String(killAt), basename(roleFile(accountOf(number)))], { HOME: home.path })

/** Makes `dev` a role in another account, by another file of a store, of the same time as every other. */
function relink(home: Home, number: number): void {
  const keys = { ...keysFor(60, 20), AccessKeyId: `ASIA${number}` }
  home.write(roleFile(accountOf(number)), textOf(keys))
  const target = home.store(`store/${number}/config`, session + profile('dev', accountOf(number)))
  symlinkSync(target, join(home.path, 'next'))
  renameSync(join(home.path, 'next'), join(home.path, '.aws/config'))
}

const answer = (home: Home) => /"AccessKeyId": "(\w+)"|core\n/.exec(launch(home).stdout)?.slice(0, 2)

it('the launcher hands out no other keys, at whichever change a core that notes them is killed', {
  timeout: 240_000,
}, async () => {
  const home = createHome()
  home.writeAws('')
  relink(home, 0)
  await write(home, 0, 0).ended
  expect(answer(home)?.[1]).toBe('ASIA0')
  relink(home, 1)
  const whole = write(home, 1, 0)
  await whole.ended
  const changes = Number(/^(\d+) changes$/m.exec(whole.output)?.[1])
  expect(changes).toBeGreaterThan(15)
  const last = 2 + changes
  for (let number = 2; number < last; number += 1) {
    await write(home, number - 1, 0).ended
    expect(answer(home)?.[1]).toBe(`ASIA${number - 1}`)
    relink(home, number)
    const worker = write(home, number, last - number)
    await worker.ended
    expect(worker.process.signalCode).toBe('SIGKILL')
    // The note is there with the last change alone.
    expect(answer(home)?.[0]).toBe('core\n')
  }
  relink(home, last)
  await write(home, last, 0).ended
  expect(answer(home)?.[1]).toBe(`ASIA${last}`)
  expect(readdirSync(join(home.path, '.cache/assume/keys'))).toEqual(['of-dev'])
})
