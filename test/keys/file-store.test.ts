import {
  chmodSync,
  chownSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AssumeError } from '../../src/errors.ts'
import { findKeyFacts, listKeyFacts } from '../../src/keys/key-facts.ts'
import { openKeyStore } from '../../src/keys/open-key-store.ts'
import type { StoredKey } from '../../src/keys/stored-key.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createContext } from '../support/context.ts'
import { createDisk } from '../support/disk.ts'
import { createHome, type Home } from '../support/home.ts'
import { passphrase, storeKey } from '../support/stored-key.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const key: StoredKey = {
  accessKeyId: 'AKIAEXAMPLE000000001',
  secretAccessKey: secret,
  createdAt: 1_764_000_000_000,
}

/** A process: what it asks is answered in this order. Without answers there is no terminal. */
function open(home: Home, answers?: readonly string[], env: Record<string, string> = {}) {
  const screen: string[] = []
  const context = createContext(home, { ...(answers && { answers }), env, screen })
  const paths = locatePaths(context.env, context.platform)
  const store = openKeyStore(context, paths, 'file', { mayAsk: true })
  return { context, paths, screen, store }
}

async function write(
  home: Home,
  profileName: string,
  answers: readonly string[],
  value = key,
): Promise<void> {
  await (await open(home, answers).store).write(profileName, value)
}

async function read(
  home: Home,
  profileName: string,
  answers?: readonly string[],
): Promise<StoredKey | undefined> {
  return (await open(home, answers).store).read(profileName)
}

async function failureOf(
  action: Promise<unknown>,
): Promise<{ code: string; message: string; hint: string | undefined }> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AssumeError)) throw error ?? new Error('it did not fail')
  return { code: error.code, message: error.message, hint: error.hint }
}

const folderOf = (home: Home) => join(home.path, '.config/assume/keys')

it('keeps a key, asks twice at the first and once in each process afterwards, and shows no passphrase', async () => {
  const home = createHome()
  const first = open(home, [passphrase, passphrase])
  const store = await first.store
  await store.write('ci', key)
  const other = { ...key, accessKeyId: 'AKIAEXAMPLE000000002' }
  await store.write('-odd/näme ', other)
  expect(await store.read('ci')).toEqual(key)
  expect(first.screen.join('')).toBe('New passphrase for key files: \nThe same again: \n')
  const second = open(home, [passphrase])
  expect(await (await second.store).read('-odd/näme ')).toEqual(other)
  expect(await (await second.store).read('ci')).toEqual(key)
  expect(second.screen.join('')).toBe('Passphrase for the key of -odd/näme : \n')
  expect(statSync(folderOf(home)).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(folderOf(home))) {
    const path = join(folderOf(home), name)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).not.toContain(secret)
  }
})

it('says what is there without the passphrase', async () => {
  const home = createHome()
  await storeKey(home, 'ci', key)
  const { context, paths } = open(home)
  const facts = { profileName: 'ci', store: 'file', accessKeyId: key.accessKeyId, createdAt: key.createdAt }
  expect(listKeyFacts(context, paths)).toEqual([facts])
  expect(findKeyFacts(context, paths, 'ci')).toEqual([facts])
  expect(findKeyFacts(context, paths, 'other')).toEqual([])
})

it('takes for a new key only the passphrase of those that are there', async () => {
  const home = createHome()
  await write(home, 'ci', [passphrase, 'another', passphrase, passphrase])
  await write(home, 'second', ['wrong', passphrase])
  const failure = await failureOf(write(home, 'third', ['wrong', 'wrong', 'wrong']))
  expect(failure).toMatchObject({ code: 'passphrase-refused' })
  expect(await read(home, 'third', [passphrase])).toBeUndefined()
})

it('tells a wrong passphrase from a damaged file as far as can be', async () => {
  const home = createHome()
  await storeKey(home, 'ci', key)
  const failure = await failureOf(read(home, 'ci', ['wrong', 'wrong', 'wrong']))
  expect(failure.code).toBe('passphrase-refused')
  expect(failure.message).toMatch(/not its passphrase, or .*ci\.key is damaged$/)
  await write(home, 'second', [passphrase])
  const path = join(folderOf(home), 'ci.key')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace(key.accessKeyId, 'AKIAEXAMPLE000000009'))
  expect(await failureOf(read(home, 'ci', [passphrase]))).toMatchObject({
    code: 'damaged-key',
    hint: 'assume keys remove ci',
  })
  for (const damaged of [
    text.slice(0, -20),
    text.replace('"v":1', '"v":2'),
    '',
    text.replace('"ci"', '"di"'),
  ]) {
    writeFileSync(path, damaged)
    expect((await failureOf(read(home, 'ci', [passphrase]))).code).toBe('damaged-key')
  }
  expect(await read(home, 'second', [passphrase])).toEqual(key)
  await write(home, 'ci', [passphrase])
  expect(await read(home, 'ci', [passphrase])).toEqual(key)
})

it('asks nobody without a terminal', async () => {
  const home = createHome()
  await storeKey(home, 'ci', key)
  expect(await failureOf(read(home, 'ci'))).toMatchObject({
    code: 'passphrase-needed',
    hint: 'run it again on a terminal',
  })
})

it('removes a key without the passphrase', async () => {
  const home = createHome()
  await storeKey(home, 'ci', key)
  await (await open(home).store).remove('ci')
  await (await open(home).store).remove('ci')
  expect(readdirSync(folderOf(home))).toEqual([])
})

it('believes no link and no file of another user', async () => {
  const home = createHome()
  await storeKey(home, 'ci', key)
  symlinkSync(join(folderOf(home), 'ci.key'), join(folderOf(home), 'link.key'))
  expect((await failureOf(read(home, 'link', [passphrase]))).code).toBe('unsafe-file')
  const { context, paths, screen } = open(home)
  expect(listKeyFacts(context, paths)).toHaveLength(1)
  expect(screen.join('')).toContain('link.key is not used: it is a link')
  chownSync(join(folderOf(home), 'ci.key'), 12_345, 0)
  expect(await failureOf(read(home, 'ci', [passphrase]))).toMatchObject({ code: 'unsafe-file' })
  chownSync(join(folderOf(home), 'ci.key'), 0, 0)
  chmodSync(folderOf(home), 0o777)
  expect((await failureOf(read(home, 'ci', [passphrase]))).code).toBe('unsafe-file')
})

it('leaves the key that is there where the disk is full', async () => {
  const home = createHome()
  const disk = createDisk()
  const env = { XDG_CONFIG_HOME: disk.path }
  await (await open(home, [passphrase, passphrase], env).store).write('ci', key)
  disk.fill()
  const { store } = open(home, [passphrase], env)
  const failure = await failureOf((await store).write('ci', { ...key, secretAccessKey: secret.repeat(200) }))
  expect(failure.message).toMatch(/ci\.key: the disk is full$/)
  expect(await (await store).read('ci')).toEqual(key)
  expect(readdirSync(join(disk.path, 'assume/keys'))).toEqual(['ci.key'])
})

it('says what cannot be read, and that the rest is not known', async () => {
  const home = createHome()
  await storeKey(home, 'ci', key)
  const refuse = (path: string): never => {
    throw Object.assign(new Error('EACCES'), { code: 'EACCES', path })
  }
  const screen: string[] = []
  const context = createContext(home, { files: { list: refuse, readEntry: refuse }, answers: [], screen })
  const paths = locatePaths(context.env, context.platform)
  expect(listKeyFacts(context, paths)).toEqual([])
  expect(screen.join('')).toContain(
    `warning: cannot read ${paths.keys}: permission denied\n  ls -l ${paths.keys}`,
  )
  const store = await openKeyStore(context, paths, 'file', { mayAsk: true })
  const failure = { code: 'unreadable-file', message: `cannot read ${paths.keys}/ci.key: permission denied` }
  expect(await failureOf(store.read('ci'))).toMatchObject(failure)
  expect((await failureOf(store.write('ci', key))).code).toBe('unreadable-file')
})
