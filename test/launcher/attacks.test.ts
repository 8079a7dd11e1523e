import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import type { Home } from '../support/home.ts'
import { give, isRoot, otherUser } from '../support/other-user.ts'
import { findPosixShells } from '../support/posix-shells.ts'
import {
  askCore,
  generationOf,
  keepRole,
  keysFor,
  launch,
  note,
  notePath,
  profile,
  remove,
  roleFile,
  session,
  start,
  textOf,
} from './world.ts'

const at = (home: Home, name: string) => join(home.path, name)
const stamp = (home: Home, name: string) => join(generationOf(home), name)
const minuteAgo = () => Date.now() / 1000 - 60

/** Puts a link to what was there into its place. */
function hideBehindLink(path: string): void {
  renameSync(path, `${path}-elsewhere`)
  symlinkSync(`${path}-elsewhere`, path)
}

function setTime(path: string, time: number): void {
  utimesSync(path, time, time)
}

type Attack = readonly [title: string, change: (home: Home) => void | Promise<void>]

const attacks: readonly Attack[] = [
  ['the older stamp is gone', (home) => remove(stamp(home, '0-older'))],
  ['the newer stamp is gone', (home) => remove(stamp(home, '0-newer'))],
  ['the older stamp is newer', (home) => setTime(stamp(home, '0-older'), minuteAgo() + 50)],
  ['the newer stamp is older', (home) => setTime(stamp(home, '0-newer'), minuteAgo() - 500)],
  ['the folder of the stamps is gone', (home) => remove(generationOf(home))],
  ['the folder of the stamps is a link', (home) => hideBehindLink(generationOf(home))],
  ['the note is gone', (home) => remove(notePath(home))],
  ['the note is a link', (home) => hideBehindLink(notePath(home))],
  ['the folder of the notes is a link', (home) => hideBehindLink(join(notePath(home), '..'))],
  [
    'the note is a folder',
    (home) => {
      remove(notePath(home))
      mkdirSync(notePath(home))
    },
  ],
  ['the role file is a link', (home) => hideBehindLink(at(home, roleFile()))],
  ['the AWS CLI has logged out', (home) => remove(at(home, roleFile()))],
  [
    'the config was edited',
    (home) => writeFileSync(at(home, '.aws/config'), session + profile('dev', '2'.repeat(12))),
  ],
  ['the config is older', (home) => setTime(at(home, '.aws/config'), minuteAgo() - 86_400)],
  ['the config is of the future', (home) => setTime(at(home, '.aws/config'), minuteAgo() + 86_400)],
  ['the config is gone', (home) => remove(at(home, '.aws/config'))],
  ['the config is a link', (home) => hideBehindLink(at(home, '.aws/config'))],
  ['there is a credentials file now', (home) => void home.write('.aws/credentials', '')],
  ['there are settings now', (home) => void home.write('.config/assume/config', '')],
  ['there are plugins now', (home) => void home.write('.config/assume/plugins/x', '')],
  [
    'the note is that of another profile',
    async (home) => {
      home.write('.aws/config', session + profile('dev') + profile('other', '2'.repeat(12)))
      home.write(roleFile('2'.repeat(12)), textOf({ ...keysFor(), AccountId: '2'.repeat(12) }))
      await note(home)
      await note(home, 'other')
      copyFileSync(notePath(home, 'other'), notePath(home))
    },
  ],
  ['the note leads out of the cache', (home) => edit(home, (text) => text.replace('cli ', 'cli ../'))],
  ['the note is of an earlier version', (home) => edit(home, (text) => text.replace('keys 1', 'keys 0'))],
  [
    'the generation leads elsewhere',
    (home) => edit(home, (text) => text.replace(/^([0-9a-f]{12})$/m, '$1/../x')),
  ],
  ['the note has fewer sources', (home) => edit(home, (text) => text.replace(/own .*\n/, ''))],
]

function edit(home: Home, change: (text: string) => string): void {
  const before = readFileSync(notePath(home), 'utf8')
  const text = change(before)
  expect(text).not.toBe(before)
  writeFileSync(notePath(home), text)
}

const ofOthers: readonly Attack[] = [
  ['the note', (home) => give(notePath(home), otherUser)],
  ['the folder of the notes', (home) => give(join(notePath(home), '..'), otherUser)],
  ['the folder of the stamps', (home) => give(generationOf(home), otherUser)],
  ['the config', (home) => give(at(home, '.aws/config'), otherUser)],
  ['the role file', (home) => give(at(home, roleFile()), otherUser)],
]

const shells = findPosixShells().filter(({ path, isFine }) => path !== undefined && isFine)
const isAlone = (home: Home, shell?: string, env = {}) => launch(home, shell, { env }).stdout !== 'core\n'

describe('the core is asked', () => {
  it.each(attacks)('where %s', async (_title, change) => {
    const home = await start()
    expect(shells.filter(({ path }) => !isAlone(home, path))).toEqual([])
    await change(home)
    for (const { path, name } of shells)
      expect({ name, ...launch(home, path) }).toEqual({ name, status: 0, stdout: 'core\n', stderr: '' })
  })

  it.skipIf(!isRoot).each(ofOthers)('where somebody else owns %s', async (_title, change) => {
    const home = await start()
    await change(home)
    expect(shells.filter(({ path }) => isAlone(home, path))).toEqual([])
  })

  it('where a file was cut, wherever', async () => {
    const home = await start({ tokenLength: 20 })
    for (const path of [notePath(home), at(home, roleFile())]) {
      const whole = readFileSync(path)
      for (let length = 0; length < whole.length; length += 1) {
        writeFileSync(path, whole.subarray(0, length))
        expect([length, launch(home).stdout]).toEqual([length, 'core\n'])
      }
      writeFileSync(path, whole)
      expect(isAlone(home)).toBe(true)
    }
  })

  it('where the environment is another', async () => {
    const home = await start()
    const other = { ...home, path: at(home, 'other') }
    cpSync(at(home, '.aws'), at(home, 'other/.aws'), { recursive: true })
    const changes: Record<string, string>[] = [
      { AWS_CONFIG_FILE: at(home, '.aws/config') },
      { AWS_CONFIG_FILE: 'config' },
      { AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
      { XDG_CONFIG_HOME: at(home, 'other') },
      { XDG_CACHE_HOME: at(home, 'other') },
      { HOME: other.path },
      { HOME: `${home.path}/` },
      { HOME: '' },
      { HOME: 'home' },
      { ASSUME_VARS: 'AWS_PROFILE AWS_CONFIG_FILE' },
      { ASSUME_VARS: 'AWS_SHARED_CREDENTIALS_FILE' },
      { ASSUME_VARS: 'XDG_CONFIG_HOME' },
    ]
    for (const env of changes)
      for (const { path, name } of shells)
        expect([name, env, isAlone(home, path, env)]).toEqual([name, env, false])
    const harmless: Record<string, string>[] = [
      { AWS_PROFILE: 'other', AWS_REGION: 'x' },
      { ASSUME_VARS: 'AWS_PROFILE AWS_REGION', AWS_PROFILE: 'dev' },
      { XDG_CACHE_HOME: 'relative', XDG_STATE_HOME: '/nowhere' },
      { LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Kolkata' },
      { IFS: 'x0"', CDPATH: '/' },
    ]
    for (const env of harmless)
      for (const { path, name } of shells) {
        const { stdout } = launch(home, path, { env })
        expect({ name, env, stdout }).toEqual({ name, env, stdout: (await askCore(home)).stdout })
      }
  })

  it('where a plugin may have credentials or codes', async () => {
    for (const hook of ['credentials', 'mfa']) {
      const home = await start()
      const answer = `{"name":"gives","apiVersion":1,"hooks":["${hook}"]}`
      const text = `#!/bin/sh\ncase $(cat) in *'"hook":"describe"'*) echo '${answer}' ;; esac\n`
      chmodSync(home.write('.config/assume/plugins/assume-plugin-gives', text), 0o700)
      expect(runCore(home, ['plugin', 'enable', 'gives', '--yes'])).toMatchObject({ status: 0 })
      for (const name of ['.config/assume/config', '.config/assume/plugins'])
        setTime(at(home, name), minuteAgo())
      await note(home)
      expect([hook, isAlone(home)]).toEqual([hook, false])
      // The mfa hook leaves the core its own short way.
      expect(existsSync(notePath(home))).toBe(hook === 'mfa')
    }
  })

  it('for the long-lived keys of a profile', async () => {
    const home = await start()
    home.writeAws('[profile dev]\naws_access_key_id = AKIAONE\naws_secret_access_key = fake\n')
    await note(home)
    expect(isAlone(home)).toBe(false)
    expect(existsSync(notePath(home))).toBe(false)
  })
})

describe('behind links of a store', () => {
  const link = (home: Home, number: number) => {
    home.store(`store/${number}`, session + profile('dev', String(number).repeat(12)))
    home.write(roleFile(String(number).repeat(12)), textOf({ ...keysFor(), AccessKeyId: `ASIA${number}` }))
    symlinkSync(at(home, `store/${number}`), at(home, 'next'))
    renameSync(at(home, 'next'), at(home, '.aws/config'))
  }

  it('the keys are those of the file that is linked', async () => {
    const home = await start()
    link(home, 1)
    await note(home)
    for (const { path } of shells) expect(launch(home, path).stdout).toContain('"ASIA1"')
    link(home, 2)
    for (const { path } of shells) expect(isAlone(home, path)).toBe(false)
    await note(home)
    for (const { path } of shells) expect(launch(home, path).stdout).toContain('"ASIA2"')
    hideBehindLink(at(home, 'store/2'))
    for (const { path } of shells) expect(isAlone(home, path)).toBe(false)
  })
})

it('answers again once the core has noted again', async () => {
  const home = await start()
  keepRole(home, textOf(keysFor(50)))
  for (const [title, change] of attacks.filter(([title]) =>
    /^the (note (?!is a folder)|older|newer|folder of the stamps is gone)/.test(title),
  )) {
    await change(home)
    await note(home, 'dev', runCore)
    expect([title, isAlone(home)]).toEqual([title, true])
  }
})
