import { describe, expect, it } from 'vitest'
import { keysCommand } from '../../src/cli/keys-command.ts'
import { parseArguments } from '../../src/cli/parse.ts'
import { run } from '../../src/commands/keys.ts'
import type { Context } from '../../src/context.ts'
import { AssumeError } from '../../src/errors.ts'
import { findKeyFacts } from '../../src/keys/key-facts.ts'
import { openKeyStore } from '../../src/keys/open-key-store.ts'
import { findPaths } from '../../src/system/glob.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createContext, endCommand } from '../support/context.ts'
import { describeKeyring } from '../support/keyring.ts'
import { formatPlainKey, KeysWorld, legacy, me } from './keys-world.ts'

const passphrase = 'a long passphrase'
const csv = `Access key ID,Secret access key\n${me.accessKeyId},${me.secretAccessKey}\n`
const wrongCsv = csv.replace(me.secretAccessKey, legacy.secretAccessKey)
const linesOf = (name: string, store = 'file') =>
  `[profile ${name}]\nassume_keys = ${store}\ncredential_process = assume credential-process ${name}\n`

interface Call {
  /** What is typed; absent: there is no terminal. */
  readonly answers?: readonly string[]
  /** What comes on stdin, which is no terminal then. */
  readonly input?: string
  readonly env?: Record<string, string>
}

function open(world: KeysWorld, { answers, input, env }: Call) {
  const screen: string[] = []
  const context = createContext(world.home, {
    ...(answers && { answers }),
    ...(input !== undefined && { input }),
    env: { ...world.env, ...env },
    screen,
  })
  const terminal = input === undefined ? {} : { stdinIsTerminal: false }
  return {
    screen,
    context: { ...context, glob: findPaths, terminal: Object.assign(context.terminal, terminal) } as Context,
  }
}

/** Calls `assume keys` in this process, on a terminal of lines. */
async function call(world: KeysWorld, words: readonly string[], options: Call = {}) {
  const { context, screen } = open(world, options)
  try {
    const {
      output = '',
      notices = [],
      exitStatus = 0,
    } = await run(parseArguments(keysCommand, words), context)
    await endCommand(context)
    world.expectSilence(screen.join('') + output + notices.join('\n'))
    return { status: exitStatus, output, notices, screen: screen.join(''), message: '', hint: '' }
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    const { exitStatus: status, message, hint = '' } = error
    world.expectSilence(`${screen.join('')}${message}${hint}`)
    return { status, output: '', notices: [], screen: screen.join(''), message, hint }
  }
}

async function readStored(world: KeysWorld, name: string) {
  const { context } = open(world, { answers: [passphrase] })
  const paths = locatePaths(context.env, context.platform)
  return (await openKeyStore(context, paths, 'file', { mayAsk: true })).read(name)
}

function listStores(world: KeysWorld, name: string): string[] {
  const { context } = open(world, {})
  return findKeyFacts(context, locatePaths(context.env, context.platform), name).map(({ store }) => store)
}

describe('assume keys add NAME', () => {
  it('asks for the store, the key and a passphrase, remembers the first, and makes the profile', async () => {
    const world = await KeysWorld.open()
    const answers = ['2', 'AKIA', me.accessKeyId, 'two words', me.secretAccessKey, passphrase, passphrase]
    const { status, output, screen } = await call(world, ['add', 'ci'], { answers })
    expect([status, output]).toEqual([
      0,
      'ci has the key AKIA…MPLE of arn:aws:iam::111122223333:user/me in an encrypted file\nnext: assume ci\n',
    ])
    expect(screen).toContain('an id of a key has at least 16 letters and digits')
    expect(screen).toContain('a secret key has no blanks')
    expect(world.config).toBe(linesOf('ci'))
    expect(world.read('.config/assume/config')).toBe('assume_key_store = file\n')
    expect(await readStored(world, 'ci')).toMatchObject({
      accessKeyId: me.accessKeyId,
      secretAccessKey: me.secretAccessKey,
    })
    expect(world.findSecret()).toEqual([])
  })

  it('knows no other store', async () => {
    const world = await KeysWorld.open()
    const { status, stderr } = await world.keys(['add', 'ci', '--stdin', '--store', 'fille'], { input: csv })
    expect([status, stderr]).toEqual([
      2,
      'assume: assume keys: there is no store fille; did you mean file?\n  assume keys --help\n',
    ])
  })

  it('takes a key from stdin, of a profile with blanks in its name too', async () => {
    const world = await KeysWorld.open()
    const answers = [passphrase, passphrase]
    const words = ['add', 'two words', '--stdin', '--store', 'file']
    expect(await call(world, words, { input: csv, answers })).toMatchObject({ status: 0 })
    expect(world.config).toBe(
      '[profile \'two words\']\nassume_keys = file\ncredential_process = assume credential-process "two words"\n',
    )
    expect(world.read('.config/assume/config')).toBeUndefined()
    expect(world.findSecret()).toEqual([])
  })

  it.each([
    ['', 'it is empty'],
    ['AKIA x', 'it is in no form that is known'],
    [
      JSON.stringify({ AccessKeyId: me.accessKeyId, SecretAccessKey: 'x', SessionToken: 'x' }),
      'it is of a session',
    ],
  ])('refuses %j on stdin, and says what is understood', async (input, reason) => {
    const world = await KeysWorld.open()
    const { status, message, hint } = await call(world, ['add', 'ci', '--stdin', '--store', 'file'], {
      input,
    })
    expect([status, hint]).toEqual([2, 'assume keys add ci --stdin < accessKeys.csv'])
    expect(message).toMatch(
      new RegExp(`^cannot take a key from stdin: ${reason}.*; understood are the CSV file`),
    )
    expect(world.config).toBeUndefined()
  })

  it('stores nothing that AWS refuses', async () => {
    const world = await KeysWorld.open({ iamUsers: [legacy] })
    const words = ['add', 'ci', '--stdin', '--store', 'file']
    expect(await call(world, words, { input: csv, answers: [] })).toMatchObject({
      status: 1,
      message: expect.stringMatching(/^the key AKIA…MPLE of ci is not stored: AWS refuses the keys/),
    })
    expect([world.config, listStores(world, 'ci')]).toEqual([undefined, []])
  })

  it.each([
    [
      ['add', 'ci'],
      'no store for keys is chosen yet, and there is no terminal to ask on',
      'assume keys add ci --stdin --store os\nassume keys add ci --stdin --store file',
    ],
    [
      ['add', 'ci', '--store', 'file'],
      'there is no terminal to ask for a key on',
      'assume keys add ci --stdin --store file < accessKeys.csv',
    ],
    [
      ['add', '--from-credentials'],
      'there is no terminal to ask on which key to move: old',
      'assume keys add NAME --from-credentials\nassume keys add --from-credentials --all',
    ],
    [
      ['add', 'old', '--from-credentials'],
      'no store for keys is chosen yet, and there is no terminal to ask on',
      'assume keys add old --from-credentials --store os\nassume keys add old --from-credentials --store file',
    ],
  ])('%j without a terminal: exit 3 with the command', async (words, message, hint) => {
    const world = await KeysWorld.open()
    world.home.writeAws('', `[old]\n${formatPlainKey(me)}`)
    expect(await call(world, words)).toMatchObject({ status: 3, message, hint })
    expect(world.config).toBe('')
  })

  it.each([
    [['add'], 2, 'add needs the name of a profile'],
    [['add', 'ci', '--all'], 2, '--all goes with --from-credentials'],
    [['add', 'ci', '--from-credentials', '--all'], 2, '--all takes no profile'],
    [['add', 'ci', '--from-credentials', '--stdin'], 2, 'do not go together'],
    [['add', 'ci', '--json'], 2, 'add takes no --json'],
    [['add', 'ci', '--profile', 'ci'], 2, 'named twice'],
    [['add', 'ci', '--stdin', '--store', 'file'], 2, 'what is pasted here would be shown'],
    [['list', '--store', 'os'], 2, 'list takes no --store'],
    [['add', 'old'], 1, 'profile old has a key in plain text in ~/.aws/credentials already'],
    [['add', 'sso'], 1, 'profile sso has sso_session already'],
    [['add', 'line\nfeed'], 1, 'holds a line break'],
  ])('%j: exit %i, and nothing changes', async (words, status, message) => {
    const world = await KeysWorld.open()
    const [config, credentials] = ['[profile sso]\nsso_session = x\n', `[old]\n${formatPlainKey(legacy)}`]
    world.home.writeAws(config, credentials)
    const result = await call(world, words, { answers: [] })
    expect([result.status, result.message]).toEqual([status, expect.stringContaining(message)])
    expect([world.config, world.credentials]).toEqual([config, credentials])
  })

  it('asks before another key goes, and stores it with a yes alone', async () => {
    const world = await KeysWorld.open()
    const words = ['add', 'ci', '--store', 'file']
    const first = [me.accessKeyId, me.secretAccessKey, passphrase, passphrase]
    expect(await call(world, words, { answers: first })).toMatchObject({ status: 0 })
    const second = [passphrase, legacy.accessKeyId, legacy.secretAccessKey]
    const declined = await call(world, words, { answers: [...second, ''] })
    expect(declined).toMatchObject({ status: 0, notices: ['nothing was changed'] })
    expect(declined.screen).toContain(
      'ci has another key, AKIA…MPLE, in an encrypted file: its secret is lost with it',
    )
    expect(await readStored(world, 'ci')).toMatchObject({ accessKeyId: me.accessKeyId })
    expect(await call(world, words, { answers: [...second, 'y'] })).toMatchObject({ status: 0 })
    expect(await readStored(world, 'ci')).toMatchObject({ accessKeyId: legacy.accessKeyId })
    expect(await call(world, words, { answers: [...second] })).toMatchObject({ status: 0 })
  })

  it('finishes what was begun: a key that is stored, and no profile', async () => {
    const world = await KeysWorld.open()
    const words = ['add', 'ci', '--store', 'file']
    const first = [me.accessKeyId, me.secretAccessKey, passphrase, passphrase]
    expect(await call(world, words, { answers: first })).toMatchObject({ status: 0 })
    world.home.write('.aws/config', '')
    expect(await call(world, words)).toMatchObject({
      status: 0,
      output: expect.stringContaining('AKIA…MPLE'),
    })
    expect(world.config).toBe(linesOf('ci'))
  })

  it('goes on with the same key from stdin, and refuses one with another secret', async () => {
    const world = await KeysWorld.open()
    const words = ['add', 'ci', '--stdin', '--store', 'file']
    const twice = [passphrase, passphrase]
    expect(await call(world, words, { input: csv, answers: twice })).toMatchObject({ status: 0 })
    expect(await call(world, words, { input: csv, answers: [passphrase] })).toMatchObject({ status: 0 })
    const offline = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' }
    const declined = await call(world, words, {
      input: wrongCsv,
      answers: [passphrase, 'y', 'n'],
      env: offline,
    })
    expect(declined).toMatchObject({ notices: ['nothing was changed'] })
    expect(await readStored(world, 'ci')).toMatchObject({ secretAccessKey: me.secretAccessKey })
  })
})

describeKeyring('assume keys add NAME', () => {
  it('takes a key from a pipe into the keyring, on the real executable', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    const words = ['add', 'ci', '--stdin', '--store', 'os']
    const { status, stdout, stderr } = await world.keys(words, { input: csv })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain("in the system's keyring\nnext: assume ci\n")
    expect([world.config, world.lookUp('ci')]).toEqual([linesOf('ci', 'os'), me.accessKeyId])
    expect(world.findSecret()).toEqual([])
  })

  it('moves a key between the stores, whenever it was killed', { timeout: 300_000 }, async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    expect((await world.keys(['add', 'ci', '--stdin', '--store', 'os'], { input: csv })).status).toBe(0)
    const toFile = ['add', 'ci', '--store', 'file']
    const typed = [
      ['assphrase', `${passphrase}\r`],
      ['again', `${passphrase}\r`],
    ] as const
    const moved = await world.converse(toFile, typed)
    expect(moved).toMatchObject({ status: 0 })
    expect([world.config, world.lookUp('ci'), listStores(world, 'ci')]).toEqual([
      linesOf('ci'),
      undefined,
      ['file'],
    ])
    // As a kill leaves it before the old place is emptied.
    world.home.write('.config/assume/keys/kept', world.read('.config/assume/keys/ci.key') ?? '')
    const back = await world.converse(['add', 'ci', '--store', 'os'], typed.slice(0, 1))
    expect(back).toMatchObject({ status: 0 })
    expect([world.lookUp('ci'), listStores(world, 'ci')]).toEqual([me.accessKeyId, ['os']])
    world.home.write('.config/assume/keys/ci.key', world.read('.config/assume/keys/kept') ?? '')
    expect(listStores(world, 'ci')).toEqual(['os', 'file'])
    expect(await world.converse(['add', 'ci', '--store', 'os'], typed.slice(0, 1))).toMatchObject({
      status: 0,
    })
    expect([world.config, listStores(world, 'ci')]).toEqual([linesOf('ci', 'os'), ['os']])
    expect(world.findSecret()).toEqual([])
  })

  it('takes another key where the keyring has lost the one that it had', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    const words = ['add', 'ci', '--stdin', '--store', 'os']
    expect((await world.keys(words, { input: csv })).status).toBe(0)
    const env = { ...process.env, ...world.env } as Record<string, string>
    await world.run('secret-tool', ['clear', 'service', 'assume', 'username', 'ci'], { env })
    expect(world.lookUp('ci')).toBeUndefined()
    expect((await world.keys(words, { input: csv })).status).toBe(0)
    expect(world.lookUp('ci')).toBe(me.accessKeyId)
  })
})
