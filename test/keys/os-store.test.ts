import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import type { StoredKey } from '../../src/keys/stored-key.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import type { KeyJob } from '../support/key-driver.ts'
import type { KeyAnswer, KeyStep } from '../support/key-steps.ts'
import { describeKeyring, startKeyring, type TestKeyring } from '../support/keyring.ts'
import { baseEnvironment } from '../support/shell.ts'
import { bundleWorker } from '../support/worker.ts'

const driver = bundleWorker('test/support/key-driver.ts')
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const key: StoredKey = {
  accessKeyId: 'AKIAEXAMPLE000000001',
  secretAccessKey: secret,
  createdAt: 1_764_000_000_000,
}
const facts = [{ profileName: 'ci', store: 'os', accessKeyId: key.accessKeyId, createdAt: key.createdAt }]
const write: KeyStep = { do: 'write', store: 'os', profile: 'ci', key }
const read: KeyStep = { do: 'read', store: 'os', profile: 'ci' }
const remove: KeyStep = { do: 'remove', store: 'os', profile: 'ci' }

interface Options {
  readonly env?: Readonly<Record<string, string>>
  readonly installation?: string
}

/** A process of its own: libdbus looks for its bus once. */
function start(home: Home, steps: readonly KeyStep[], { env, installation = repository }: Options = {}) {
  const job: KeyJob = { installation, steps }
  const child = spawn(process.execPath, [driver], {
    env: { ...baseEnvironment(home), ...env, KEY_JOB: JSON.stringify(job) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = text(child.stdout)
  return {
    child,
    answers: async () =>
      (await output)
        .trim()
        .split('\n')
        .map((line): KeyAnswer => JSON.parse(line)),
  }
}

function run(home: Home, steps: readonly KeyStep[], options?: Options): Promise<KeyAnswer[]> {
  return start(home, steps, options).answers()
}

/** The files below the home, but for those of the keyring, that hold the secret in any form that is likely. */
function findSecret(home: Home, { folder }: Pick<TestKeyring, 'folder'>): string[] {
  const forms = [
    secret,
    Buffer.from(secret).toString('base64').slice(0, -4),
    Buffer.from(secret).toString('hex'),
  ]
  return readdirSync(home.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(folder))
    .filter((path) => forms.some((form) => readFileSync(path).includes(form)))
}

const noteOf = (home: Home) => join(home.path, '.config/assume/keys/ci.note')

describeKeyring('the keyring of the system', () => {
  it('keeps a key, of which only its facts lie in a file', async () => {
    const home = createHome()
    const keyring = await startKeyring(home)
    const answers = await run(home, [read, write, read, { do: 'facts' }], keyring)
    expect(answers.map(({ value }) => value)).toEqual([undefined, facts, key, facts])
    expect(JSON.parse(keyring.lookUp('ci') ?? '')).toMatchObject({ v: 1, secretAccessKey: secret })
    expect(statSync(noteOf(home)).mode & 0o777).toBe(0o600)
    expect(findSecret(home, keyring)).toEqual([])
    const other = { ...key, accessKeyId: 'AKIAEXAMPLE000000002' }
    const [replaced, back] = await run(home, [{ ...write, key: other }, read], keyring)
    expect([replaced?.value, back?.value]).toEqual([[{ ...facts[0], accessKeyId: other.accessKeyId }], other])
    expect(await run(home, [remove, remove, read], keyring)).toEqual([{ value: [] }, { value: [] }, {}])
    expect(keyring.lookUp('ci')).toBeUndefined()
    expect(findSecret(home, keyring)).toEqual([])
  })

  it('mends the note that a killed process did not write', async () => {
    const home = createHome()
    const keyring = await startKeyring(home)
    await run(home, [write], keyring)
    rmSync(noteOf(home))
    expect(await run(home, [{ do: 'facts' }, read, { do: 'facts' }], keyring)).toEqual([
      { value: [] },
      { value: key },
      { value: facts },
    ])
  })

  it('says that it is locked and nobody unlocks it, and lists what is there all the same', async () => {
    const home = createHome()
    const keyring = await startKeyring(home)
    await run(home, [write], keyring)
    keyring.lock()
    const [reading, list, writing, removing] = await run(
      home,
      [read, { do: 'facts' }, write, remove],
      keyring,
    )
    for (const failed of [reading, writing, removing])
      expect(failed).toMatchObject({
        code: 'keyring-locked',
        message: expect.stringContaining('was dismissed'),
      })
    expect(list).toEqual({ value: facts })
  })

  it('waits for a dialog until Ctrl-C', async () => {
    const home = createHome()
    const keyring = await startKeyring(home)
    await run(home, [write], keyring)
    keyring.leaveDialogsOpen()
    keyring.lock()
    const { child } = start(home, [read], keyring)
    const [said] = await once(child.stderr.setEncoding('utf8'), 'data')
    expect(said).toContain('waiting for the keyring')
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    expect(await ended).toEqual([null, 'SIGINT'])
  })

  it('says both where all is absent: there may be no collection', async () => {
    const home = createHome()
    const keyring = await startKeyring(home, 'no-collection')
    const [reading, writing] = await run(home, [read, write], keyring)
    expect(reading).toEqual({})
    expect(writing).toMatchObject({
      code: 'keyring-missing',
      message: expect.stringContaining('no default collection'),
    })
    home.write(
      '.config/assume/keys/ci.note',
      JSON.stringify({ v: 1, profile: 'ci', accessKeyId: 'AKIAX', createdAt: 1 }),
    )
    chmodSync(join(home.path, '.config'), 0o755)
    const [lost] = await run(home, [read], keyring)
    expect(lost).toMatchObject({ code: 'unknown-key', hint: 'assume keys add ci --store os' })
    expect(lost?.message).toMatch(
      /somebody has removed it there, or this session has another keyring, or none$/,
    )
  })
})

it('takes no other keyring where there is no session bus', async () => {
  const home = createHome()
  const answers = await run(home, [write, read, remove])
  for (const answer of answers)
    expect(answer).toMatchObject({
      code: 'keyring-missing',
      message: expect.stringContaining('no session bus'),
    })
  expect(readdirSync(home.path)).toEqual([])
})

it('loads the package from the installation alone, of the version that it names and from nobody else', async () => {
  const home = createHome()
  const bare = join(home.path, 'lib/assume')
  mkdirSync(bare, { recursive: true })
  writeFileSync(join(bare, 'package.json'), readFileSync(join(repository, 'package.json')))
  const load = async (installation: string) =>
    (await run(home, [read], { installation, env: { NODE_PATH: join(repository, 'node_modules') } }))[0]
  expect(await load(bare)).toMatchObject({
    code: 'keyring-missing',
    message: expect.stringContaining('is not in this installation'),
  })
  const packages = join(bare, 'node_modules/@napi-rs')
  cpSync(join(repository, 'node_modules/@napi-rs'), packages, { recursive: true })
  expect(await load(bare)).toMatchObject({ message: expect.stringContaining('no session bus') })
  const part = join(packages, readdirSync(packages).find((name) => name !== 'keyring') ?? '')
  chmodSync(part, 0o777)
  expect(await load(bare)).toMatchObject({
    code: 'unsafe-file',
    message: expect.stringContaining('is not loaded'),
  })
  chmodSync(part, 0o755)
  // npm lays it out so.
  const global = join(home.path, 'lib/node_modules/assume-cli')
  mkdirSync(global, { recursive: true })
  writeFileSync(join(global, 'package.json'), readFileSync(join(repository, 'package.json')))
  cpSync(packages, join(home.path, 'lib/node_modules/@napi-rs'), { recursive: true })
  expect(await load(global)).toMatchObject({ message: expect.stringContaining('no session bus') })
  writeFileSync(join(part, 'package.json'), '{"version": "2.0.0"}')
  expect(await load(bare)).toMatchObject({ message: expect.stringContaining('is not in this installation') })
})
