import { chmodSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { askPluginsForMfaCode } from '../../src/plugins/consult.ts'
import { describeProfile, type Profile } from '../../src/profiles/profile.ts'
import { loadProfiles } from '../../src/profiles/profiles.ts'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import { World } from '../interop/world.ts'
import { startCore } from '../support/core-process.ts'
import { failure, PluginWorld, readExamples } from './world.ts'

const device = 'arn:aws:iam::111122223333:mfa/me'

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld(`[profile dev]
role_arn = arn:aws:iam::111122223333:role/developer
source_profile = base
[profile base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = secret-of-the-file
`)
})

function askForCode(serial = device, name = 'dev'): Promise<string | undefined> {
  const env = { PATH: `${world.at('bin')}:${process.env['PATH']}`, AWS_SECRET_ACCESS_KEY: 'of-the-shell' }
  const context = world.context({ env })
  const profiles = loadProfiles(context)
  const profile = describeProfile(profiles.config, name) as Profile
  return askPluginsForMfaCode(context, profiles, profile, serial)
}

/** Writes a program that notes its arguments, line by line, and prints a code. */
function writeProgram(name: string, script: string): void {
  const path = world.home.write(
    `bin/${name}`,
    `#!/bin/sh\nfor word do echo "$word"; done > "$HOME/words"\n${script}\n`,
  )
  chmodSync(path, 0o700)
}

function configure(lines: string): void {
  world.settings(`[plugin mfa-command]\nenabled = yes\n${lines}\n`)
}

describe('mfa-command', () => {
  it('takes the code that the command prints', async () => {
    writeProgram('code', `printf ' 123456\\r\\n'`)
    configure('* = code')
    expect(await askForCode()).toBe('123456')
    expect(world.said).toEqual([])
  })

  it('starts it without a shell, with the words as they are', async () => {
    writeProgram('code', 'echo 123456')
    configure(`* = code 'a b' "$HOME" ~ * \\; '' {serial} "{account} {profile} {other}"`)
    expect(await askForCode()).toBe('123456')
    expect(world.read('words').split('\n')).toEqual([
      'a b',
      '$HOME',
      '~',
      '*',
      ';',
      '',
      device,
      '111122223333 dev {other}',
      '',
    ])
  })

  it('gives it no keys, and shows what it says but not what it prints', async () => {
    writeProgram('code', 'echo touch your key >&2; env > "$HOME/env"; cat > "$HOME/in"; echo 123456')
    configure('* = code')
    expect(await askForCode()).toBe('123456')
    expect(world.said).toEqual(['mfa-command: touch your key'])
    expect(world.read('env')).not.toMatch(/^AWS_/m)
    expect(world.read('in')).toBe('')
  })

  it.each([
    [device, 'one'],
    ['arn:aws:iam::111122223333:mfa/you', 'account'],
    ['GAHT12345678', 'any'],
  ])('asks the longest pattern that fits %s', async (serial, expected) => {
    writeProgram('code', 'echo 123456')
    configure(`${device} = code one\n* = code any\narn:aws:iam::111122223333:mfa/* = code account`)
    expect(await askForCode(serial)).toBe('123456')
    expect(world.read('words')).toBe(`${expected}\n`)
  })

  it('has nothing to say of other devices', async () => {
    configure('arn:aws:iam::444455556666:mfa/* = code\nGAHT* =')
    expect(await askForCode()).toBeUndefined()
    expect(await askForCode('GAHT12345678')).toBeUndefined()
    expect(world.said).toEqual([])
  })

  it.each([
    ['code --vault secret', 'echo 12345', 'code printed no code of six digits'],
    ['code', 'echo 1234567', 'code printed no code of six digits'],
    ['code', 'echo 123456; echo 654321', 'code printed no code of six digits'],
    ['code', 'echo 123456; exit 3', 'code ended with status 3'],
    ['code', 'echo 123456; kill -9 $$', 'code was ended by SIGKILL'],
    ['missing --vault secret', '', 'missing cannot be started: not found, or its interpreter is missing'],
    ['code "secret', '', 'the command ends within a quote or behind a backslash'],
  ])('leaves the question to the terminal, or stops: %s, %s', async (command, script, reason) => {
    writeProgram('code', script)
    configure(`* = ${command}`)
    expect(await askForCode()).toBeUndefined()
    const message = `plugin mfa-command, mfa: ${reason}`
    expect(world.said).toEqual([`warning: ${message}; this goes on without it`])
    configure(`required = yes\n* = ${command}`)
    expect(await failure(askForCode())).toBe(`plugin-failed: ${message}`)
  })

  it('works as its page says', async () => {
    const [settings = '', profile = ''] = readExamples('mfa-command.md', 'ini')
    for (const name of ['op', 'ykman', 'pass', 'bw'])
      writeProgram(name, `echo ${name} >> "$HOME/words"; echo 123456`)
    world.settings(settings)
    world.home.writeAws(profile)
    const devices = ['arn:aws:iam::444455556666:mfa/me', 'arn:aws:iam::111122223333:mfa/you', device, 'GAHT1']
    const words: string[] = []
    for (const serial of devices) {
      expect(await askForCode(serial, 'ops')).toBe('123456')
      words.push(world.read('words').trim().replaceAll('\n', '|'))
    }
    expect(words).toEqual([
      'oath|accounts|code|--single|arn:aws:iam::444455556666:mfa/me|ykman',
      'item|get|AWS 111122223333|--otp|op',
      'get|totp|AWS|bw',
      'otp|aws|pass',
    ])
  })
})

describe('a role that wants a code', () => {
  const fetch = async (lines: string) => {
    const { home, sandbox, ...world } = await World.open()
    home.writeAws(`[profile admin]
role_arn = arn:aws:iam::777788889999:role/Admin
source_profile = user
mfa_serial = ${device}
[profile user]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
`)
    home.write('.config/assume/config', `[plugin mfa-command]\nenabled = yes\n${lines}\n`)
    const env = { ...world.env, ...sandboxEnvironment(sandbox.url) }
    const { status, stdout, stderr } = await startCore(home, ['whoami', 'admin', '--json', '--verbose'], {
      env,
    })
    return { status, stdout, stderr }
  }

  it('gets that of the command, which is seen nowhere', async () => {
    const { status, stdout, stderr } = await fetch('* = printf 123456')
    expect(status, stderr).toBe(0)
    expect(JSON.parse(stdout).arn).toContain('arn:aws:sts::777788889999:assumed-role/Admin/')
    expect(stdout + stderr).not.toContain('123456')
  })

  it('is not asked for twice with the same code', async () => {
    const { status, stderr } = await fetch('* = printf 654321')
    expect(status).toBe(1)
    expect(stderr).toContain(`AWS does not take this code for ${device}`)
    expect(stderr).not.toContain('654321')
  })

  it('stops where the command is required and fails, and else asks', async () => {
    expect(await fetch('required = yes\n* = false')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('plugin mfa-command, mfa: false ended with status 1'),
    })
    expect(await fetch('* = false')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/warning: plugin mfa-command, mfa: .*--mfa-code N/s),
    })
  })
})
