import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { StoredKey } from '../../src/keys/stored-key.ts'
import { createContext } from '../support/context.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { type KeyAnswer, type KeyStep, takeStep } from '../support/key-steps.ts'
import { killAtEachChange } from '../support/kill.ts'
import { preload } from '../support/preload.ts'
import { baseEnvironment } from '../support/shell.ts'
import { bundleWorker } from '../support/worker.ts'

const driver = bundleWorker('test/support/key-driver.ts')
const names = ['one', 'two'] as const
const keyOf = (name: string): StoredKey => ({
  accessKeyId: `AKIAEXAMPLE-${name}`,
  secretAccessKey: `wJalrXUtnFEMI/K7MDENG/bPxRfiCY-${name}`,
  createdAt: 1_764_000_000_000,
})
const write = (profile: string): KeyStep => ({ do: 'write', store: 'file', profile, key: keyOf(profile) })
const read = (profile: string): KeyStep => ({ do: 'read', store: 'file', profile })
const change: KeyStep = { do: 'passphrase' }

function envOf(home: Home, steps: readonly KeyStep[], answers?: readonly string[]): Record<string, string> {
  return {
    ...baseEnvironment(home),
    ...preload('keep-derivations'),
    TERM: 'dumb',
    KEY_JOB: JSON.stringify({ installation: repository, steps, answers }),
  }
}

/** Takes the steps as a process does: one that knows no passphrase yet. */
async function run(home: Home, steps: readonly KeyStep[], answers?: readonly string[]): Promise<KeyAnswer[]> {
  const context = createContext(home, answers && { answers })
  const taken: KeyAnswer[] = []
  for (const step of steps) taken.push(await takeStep(context, step))
  return taken
}

const folderOf = (home: Home) => join(home.path, '.config/assume/keys')
const saltsOf = (home: Home) =>
  new Set(
    names
      .map((profile) => `${profile}.key`)
      .map((name) => /"salt":"([^"]+)"/.exec(readFileSync(join(folderOf(home), name), 'utf8'))?.[1]),
  )

it('asks for the old one and twice for the new, and writes all files anew', async () => {
  const home = createHome()
  await run(home, names.map(write), ['old', 'old'])
  const answers = await run(
    home,
    [change, ...names.map(read)],
    ['wrong', 'old', 'new', 'mistyped', 'new', 'new'],
  )
  expect(answers.map(({ value }) => value)).toEqual([
    ['all 2 key files have the new passphrase'],
    ...names.map(keyOf),
  ])
  expect((await run(home, names.map(read), ['new'])).map(({ value }) => value)).toEqual(names.map(keyOf))
  const [refused] = await run(home, [read('one')], ['old', 'old', 'old'])
  expect(refused?.code).toBe('passphrase-refused')
})

it('needs a terminal, a key file, and whole ones', async () => {
  const home = createHome()
  const none = runCore(home, ['keys', 'passphrase'])
  expect([none.status, none.stderr]).toEqual([1, 'assume: no key lies in an encrypted file\n  assume keys\n'])
  await run(home, names.map(write), ['old', 'old'])
  const blind = runCore(home, ['keys', 'passphrase'])
  expect([blind.status, blind.stderr]).toEqual([
    3,
    'assume: the passphrase of the key files is needed, and there is nobody to ask\n  assume keys passphrase\n',
  ])
  const path = join(folderOf(home), 'one.key')
  writeFileSync(path, readFileSync(path, 'utf8').replace('AKIAEXAMPLE-one', 'AKIAEXAMPLE-two'))
  const [damaged] = await run(home, [change], ['old', 'new', 'new'])
  expect(damaged).toMatchObject({ code: 'damaged-key', hint: 'assume keys remove one' })
  expect(saltsOf(home).size).toBe(1)
})

it('killed at any change, loses nothing, and the next run finishes it', async () => {
  const home = createHome()
  await run(home, names.map(write), ['p', 'p'])
  const states = new Set<number>()
  // The same one again, for no run knows which one an earlier run has come to.
  const env = envOf(home, [change], ['p', 'p', 'p'])
  const killedAt = killAtEachChange(4, {
    program: process.execPath,
    words: () => [driver],
    env,
    folder: join(home.path, '.config'),
    check: () => states.add(saltsOf(home).size),
  })
  expect(killedAt).toEqual([
    'openSync assume/keys/.assume-*.tmp',
    'writeSync assume/keys/.assume-*.tmp',
    'renameSync assume/keys/one.key',
    'renameSync assume/keys/two.key',
  ])
  expect([...states].sort()).toEqual([1, 2])
  await run(home, [change], ['p', 'p', 'p'])
  expect(saltsOf(home).size).toBe(1)
  expect((await run(home, names.map(read), ['p'])).map(({ value }) => value)).toEqual(names.map(keyOf))
})

it('asks for both passphrases after such a kill, and so does whoever adds a key', async () => {
  const home = createHome()
  await run(home, names.map(write), ['old', 'old'])
  const before = readFileSync(join(folderOf(home), 'one.key'))
  await run(home, [change], ['old', 'new', 'new'])
  writeFileSync(join(folderOf(home), 'one.key'), before)
  const [mixed] = await run(home, [write('three')], ['new'])
  expect(mixed).toMatchObject({ code: 'passphrase-refused', hint: 'assume keys passphrase' })
  expect(mixed?.message).toBe(
    'that passphrase does not open the key of one: a change of the passphrase was interrupted',
  )
  expect((await run(home, names.map(read), ['old', 'new'])).map(({ value }) => value)).toEqual(
    names.map(keyOf),
  )
  const [unfinished] = await run(home, [change], ['new', 'wrong', 'wrong', 'wrong'])
  expect(unfinished?.message).toBe('that is not the passphrase of one; nothing was changed')
  const [finished] = await run(home, [change], ['new', 'old', 'new', 'new'])
  expect(finished?.value).toEqual(['all 2 key files have the new passphrase'])
  expect((await run(home, names.map(read), ['new'])).map(({ value }) => value)).toEqual(names.map(keyOf))
})
