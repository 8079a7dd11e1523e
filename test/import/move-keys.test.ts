import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { KeysWorld, legacy, me, type Step } from '../key-lifecycle/keys-world.ts'
import { runCore } from '../support/core.ts'
import { repository } from '../support/home.ts'
import { describeKeyring } from '../support/keyring.ts'
import { preload } from '../support/preload.ts'
import { baseEnvironment } from '../support/shell.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'
import { lockWorkspace } from './world.ts'

type Key = Pick<typeof me, 'accessKeyId' | 'secretAccessKey'>

/** What the system calls the machine that the tests run on; empty where it does not. */
const machineId = ['/var/lib/dbus/machine-id', '/etc/machine-id']
  .flatMap((path) => (existsSync(path) ? [readFileSync(path, 'utf8').trim()] : []))
  .concat('')[0] as string

const printed = ({ accessKeyId, secretAccessKey }: Key, more: object = {}) =>
  JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, ...more })

/**
 * A tool that gives keys by name as aws-vault does. It notes its arguments and its environment, and has the keys from a file outside
 * of the home.
 */
function addTool(world: KeysWorld, name: string, keys: Readonly<Record<string, string>>): string {
  const folder = `${world.home.path}-tools`
  execFileSync('mkdir', ['-p', folder])
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const cases = Object.entries(keys).map(
    ([profile, answer]) => `*'=${profile}' | *' ${profile}') ${answer};;`,
  )
  const note = `printf '%s\\n' "$*" >>"${folder}/args"; env >>"${folder}/env"`
  writeFileSync(
    join(folder, name),
    `#!/bin/sh\n${note}\ncase "$*" in\n${cases.join('\n')}\n*) exit 1;;\nesac\n`,
  )
  chmodSync(join(folder, name), 0o755)
  return folder
}

const print = (key: Key, more: object = {}) => `cat <<'END'\n${printed(key, more)}\nEND\n`

/** Runs `assume import` on a terminal, and answers. It must show no secret, with all that can be shown. */
async function importOnTerminal(
  world: KeysWorld,
  tool: string,
  folder: string,
  steps: readonly Step[] | 'yes',
  more: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const own = baseEnvironment(world.home)
  const screen = TerminalScreen.spawn(join(repository, 'bin/assume'), ['import', tool, '--verbose'], {
    cwd: world.home.path,
    env: { ...own, ...world.env, PATH: `${folder}:${own['PATH']}`, ...more },
    cols: 400,
    rows: 200,
  })
  onTestFinished(() => screen.dispose())
  if (steps === 'yes') await sayYes(screen)
  else {
    let answered = -1
    for (const [expected, typed] of steps) {
      await screen.waitFor(() =>
        screen
          .screen()
          .slice(answered + 1)
          .join('\n')
          .includes(expected),
      )
      answered = screen.cursor.row
      screen.type(typed)
    }
  }
  const { status, signal } = await screen.exit
  world.expectSilence(screen.output.toString())
  // As a shell says it.
  return { status: signal > 0 ? 128 + signal : status, text: screen.text() }
}

/** Says yes to whatever is asked, until the end. */
async function sayYes(screen: TerminalScreen): Promise<void> {
  let isOver = false
  const end = screen.exit.then(() => {
    isOver = true
  })
  for (let last = -1; !isOver; last = screen.cursor.row) {
    const isAsked = () =>
      screen.cursor.row > last && /\[(?:y\/N|Y\/n)\]/.test(screen.screen()[screen.cursor.row] ?? '')
    await Promise.race([end, screen.waitFor(isAsked).catch(() => end)])
    if (!isOver) screen.type('y\r')
  }
}

const move = (tool: string, answer = 'y\r'): Step => [`Move it out of ${tool}`, answer]
const vaultProcess = (name: string) => `credential_process = aws-vault export --format=json ${name}\n`

/** What was never told to anything: neither the arguments nor the environment of the tool have a secret, and no file has. */
function expectNoTrace(world: KeysWorld, folder: string): void {
  for (const name of ['args', 'env'])
    if (existsSync(join(folder, name))) world.expectSilence(readFileSync(join(folder, name), 'utf8'))
  for (const { secretAccessKey } of [me, legacy]) expect(world.findSecret(secretAccessKey)).toEqual([])
}

describe('into encrypted files', () => {
  it('a key moves by the tool, its profiles follow, and then there is nothing to do', async () => {
    const world = await KeysWorld.open()
    const before = `# mine\n[profile jo]\nregion = eu-west-1\n${vaultProcess('jo')}\n[profile sdk]\n${vaultProcess('jo')}`
    world.home.writeAws(before)
    const folder = addTool(world, 'aws-vault', { jo: print(me) })
    const { status, text } = await importOnTerminal(world, 'aws-vault', folder, [
      ['Move it out of aws-vault, which sdk has, too?', 'y\r'],
      ['Store for keys', 'file\r'],
      ['New passphrase', 'correct horse\r'],
      ['same again', 'correct horse\r'],
    ])
    expect([status, text]).toEqual([0, expect.stringContaining('in an encrypted file')])
    expect(text).toContain('the key of jo: aws-vault export --no-session --format=json jo')
    expect(text).toContain('aws-vault has it, too, until you type:\n  aws-vault remove jo\n')
    expect(text).toContain('to put it back:')
    const process = 'credential_process = assume credential-process jo\n'
    expect(world.config).toBe(
      `# mine\n[profile jo]\nregion = eu-west-1\n${process}assume_keys = file\n\n[profile sdk]\n${process}`,
    )
    expectNoTrace(world, folder)
    expect(readFileSync(join(folder, 'args'), 'utf8')).toBe('export --no-session --format=json jo\n')
    const again = runCore(world.home, ['import', 'aws-vault', '--yes'])
    expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('nothing to import')])
    expect(
      spawnSync('sh', ['-ec', /to put it back:\n((?: {2}.*\n)+)/.exec(`${text}\n`)?.[1] ?? 'false']).status,
    ).toBe(0)
    expect(world.config).toBe(before)
  })

  it('a dry run starts nothing, and --yes moves nothing', async () => {
    const world = await KeysWorld.open()
    world.home.writeAws(`[profile jo]\nregion = eu-west-1\n${vaultProcess('jo')}`)
    const before = world.config
    const folder = addTool(world, 'aws-vault', { jo: print(me) })
    const env = { PATH: `${folder}:${baseEnvironment(world.home)['PATH']}` }
    for (const flag of ['--dry-run', '--yes']) {
      const { status, stdout } = runCore(world.home, ['import', flag], { env })
      expect([status, stdout]).toEqual([
        flag === '--yes' ? 1 : 0,
        expect.stringContaining("keys of jo: asked, one at a time; until then in aws-vault's store\n"),
      ])
    }
    expect([world.config, existsSync(join(folder, 'args'))]).toEqual([before, false])
  })

  it('one that cannot move stays with its tool, and the next one moves', async () => {
    const world = await KeysWorld.open()
    world.home.write('.config/assume/config', 'assume_key_store = file\n')
    const profile = (name: string) => `[profile ${name}]\n${vaultProcess(name)}`
    const stay = ['fails', 'rubbish', 'session', 'refused', 'unwanted']
    world.home.writeAws([...stay, 'good'].map(profile).join(''))
    const folder = addTool(world, 'aws-vault', {
      fails: 'exit 4',
      rubbish: 'echo AKIA',
      session: print(me, { SessionToken: 't' }),
      refused: print({ ...me, accessKeyId: 'AKIAOTHEROTHEROTHER0' }),
      good: print(legacy),
    })
    const { status, text } = await importOnTerminal(world, 'aws-vault', folder, [
      ...[1, 2, 3, 4].map(() => move('aws-vault')),
      move('aws-vault', '\r'),
      move('aws-vault'),
      ['New passphrase', 'correct horse\r'],
      ['same again', 'correct horse\r'],
    ])
    expect(status).toBe(1)
    for (const [name, reason] of [
      ['fails', 'aws-vault ends with status 4'],
      ['rubbish', 'aws-vault gives no JSON object'],
      ['session', 'aws-vault gives temporary keys, with a session token'],
      ['refused', 'the key AKIA…HER0 of refused is not stored'],
    ])
      expect(text).toMatch(
        new RegExp(
          `still needs aws-vault: ${name}: .*\\n {2}${reason}[^]*?profile of its own: assume keys add ${name}-keys\\n`,
        ),
      )
    expect(text).toContain('still needs aws-vault: unwanted: the key lies in its store\n')
    expect(world.config).toBe(
      `${stay.map(profile).join('')}[profile good]\ncredential_process = assume credential-process good\nassume_keys = file\n`,
    )
    expectNoTrace(world, folder)
  })

  it('a key without a profile gets one, with a blank in its name', async () => {
    const world = await KeysWorld.open()
    world.home.write('.config/assume/config', 'assume_key_store = file\n')
    world.home.write('.awsvault/keys/two words', 'sealed')
    const folder = addTool(world, 'aws-vault', { 'two words': print(me) })
    const { status } = await importOnTerminal(world, 'aws-vault', folder, [
      move('aws-vault'),
      ['New passphrase', 'correct horse\r'],
      ['same again', 'correct horse\r'],
    ])
    expect(status).toBe(0)
    expect(world.config).toBe(
      `[profile 'two words']\nassume_keys = file\ncredential_process = assume credential-process "two words"\n`,
    )
    expectNoTrace(world, folder)
  })

  it.each([
    ['at the question', 'Move it out', ''],
    ['while the tool hangs', 'hangs', 'echo hangs >&2; exec tail -f /dev/null'],
    ['at the passphrase', 'New passphrase', print(me)],
  ])('Ctrl-C %s leaves all as it was', async (_, expected, lines) => {
    const world = await KeysWorld.open()
    world.home.write('.config/assume/config', 'assume_key_store = file\n')
    world.home.writeAws(`[profile jo]\n${vaultProcess('jo')}`)
    const before = world.config
    const folder = addTool(world, 'aws-vault', { jo: lines })
    const steps: Step[] = expected === 'Move it out' ? [] : [move('aws-vault')]
    const { status } = await importOnTerminal(world, 'aws-vault', folder, [...steps, [expected, '\u0003']])
    expect([status, world.config]).toEqual([130, before])
    expectNoTrace(world, folder)
  })
})

describeKeyring('into the keyring of the system', () => {
  const storeItem = (world: KeysWorld, attributes: readonly string[], secret: string) =>
    execFileSync('secret-tool', ['store', '--label=x', ...attributes], {
      env: { PATH: process.env['PATH'], HOME: world.home.path, ...world.keyring?.env },
      input: secret,
    })

  async function openWorld(): Promise<KeysWorld> {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    world.home.write('.config/assume/config', 'assume_key_store = os\n')
    return world
  }

  it("moves Granted's key of a profile with an MFA device, which stays there", async () => {
    const world = await openWorld()
    const device = 'mfa_serial = arn:aws:iam::111122223333:mfa/me\n'
    world.home.writeAws(`[profile k]\n${device}credential_process = granted credential-process --profile=k\n`)
    const value = Buffer.from(
      JSON.stringify({ AccessKeyID: me.accessKeyId, SecretAccessKey: me.secretAccessKey, SessionToken: '' }),
    )
    storeItem(
      world,
      ['profile', 'k'],
      JSON.stringify({ Key: 'k', Data: value.toString('base64'), Label: '' }),
    )
    const folder = addTool(world, 'granted', { k: 'exit 7' })
    const { status, text } = await importOnTerminal(world, 'granted', folder, [move('Granted')])
    expect([status, text]).toEqual([0, expect.stringContaining('granted credentials remove k  (it also')])
    expect(world.config).toBe(
      `[profile k]\n${device}credential_process = assume credential-process k\nassume_keys = os\n`,
    )
    expect([world.lookUp('k'), existsSync(join(folder, 'args'))]).toEqual([me.accessKeyId, false])
    expectNoTrace(world, folder)
  })

  it.skipIf(machineId === '')("moves Leapp's, with what it knew of the profile, and once", async () => {
    const world = await openWorld()
    const device = 'arn:aws:iam::111122223333:mfa/me'
    const session = { sessionId: 's-1', sessionName: 'keys', type: 'awsIamUser', mfaDevice: device }
    const secret = createHash('sha256').update(machineId).digest('hex')
    world.home.write(
      '.Leapp/Leapp-lock.json',
      lockWorkspace(JSON.stringify({ _sessions: [session] }), secret),
    )
    world.home.writeAws('[profile work]\ncredential_process = leapp session generate s-1\n')
    const account = (end: string) => ['service', 'Leapp', 'account', `s-1-iam-user-aws-session-${end}`]
    storeItem(world, account('access-key-id'), me.accessKeyId)
    storeItem(world, account('secret-access-key'), me.secretAccessKey)
    const { status, text } = await importOnTerminal(world, 'leapp', '/bin', [move('Leapp')])
    expect([status, text]).toEqual([0, expect.stringContaining('secret-tool clear service Leapp account')])
    expect(world.config).toBe(
      `[profile work]\ncredential_process = assume credential-process work\nmfa_serial = ${device}\nleapp_session_id = s-1\nassume_keys = os\n`,
    )
    expect(world.lookUp('work')).toBe(me.accessKeyId)
    const again = runCore(world.home, ['import', 'leapp', '--yes'])
    expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('nothing to change')])
  })

  it('a key that is killed on its way is in one place at least, and the next run finishes', {
    timeout: 300_000,
  }, async () => {
    const world = await openWorld()
    const before = `[profile jo]\n${vaultProcess('jo')}[profile sdk]\n${vaultProcess('jo')}`
    world.home.writeAws(before)
    const folder = addTool(world, 'aws-vault', { jo: print(me) })
    const list = join(folder, 'kills')
    writeFileSync(list, '')
    const env = { ...preload('kill-at-change'), KILL_BELOW: world.home.path, KILLED_AT: list }
    const edited = /^credential_process = assume credential-process jo$/m
    for (;;) {
      const { status } = await importOnTerminal(world, 'aws-vault', folder, 'yes', env)
      if (edited.test(world.config ?? '')) expect(world.lookUp('jo')).toBe(me.accessKeyId)
      else expect(world.config).toContain(`[profile jo]\n${vaultProcess('jo')}`)
      expectNoTrace(world, folder)
      if (status === 0) break
      expect(status).toBe(137)
    }
    const process = 'credential_process = assume credential-process jo\n'
    expect(world.config).toBe(`[profile jo]\n${process}assume_keys = os\n[profile sdk]\n${process}`)
    expect(readFileSync(list, 'utf8')).toMatch(/renameSync \.aws\/config/)
  })
})
