import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript, type ShellResult } from '../support/shell.ts'
import { fish } from '../support/shells/fish.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

function run(home: Home, lines: readonly string[], options?: Parameters<typeof runScript>[3]): ShellResult {
  const result = runScript(fish, home, lines, options)
  expect(result).toMatchObject({ status: 0 })
  return result
}

const dump = (home: Home, name: string) => dumpTo(fish, home, name)

describeShells('universal and local variables', [fish], () => {
  /** Universal variables are kept in a file, so they need fish's configuration. */
  const configured = { arguments: [] }

  it('an exported universal variable that would have to go: exit 1 with the way out, nothing changed', () => {
    const home = start()
    const result = run(
      home,
      [
        'set -Ux AWS_SESSION_TOKEN everywhere',
        'set -gx AWS_REGION mars-north-1',
        'assume dev-profile',
        fish.expectStatus(1),
        dump(home, 'after'),
        'set -n | string match "__assume_was_*"',
        'set -eU AWS_SESSION_TOKEN',
        'assume dev-profile',
        fish.expectStatus(0),
      ],
      configured,
    )
    expect(result.stderr).toBe(
      'assume: AWS_SESSION_TOKEN is an exported universal variable, so nothing was changed\n' +
        '  set -eU AWS_SESSION_TOKEN    removes it, in every fish\n',
    )
    expect(result.stdout).toBe('')
    expect(awsOf(readDump(home, 'after'))).toEqual({
      AWS_REGION: 'mars-north-1',
      AWS_SESSION_TOKEN: 'everywhere',
    })
  })

  it('a universal variable that is only hidden, or not exported, stays and comes back', () => {
    const home = start()
    const universal = 'set -qUx AWS_PROFILE; and set -qUu AWS_VAULT; and not set -qg AWS_VAULT; and echo kept'
    const result = run(
      home,
      [
        'set -Ux AWS_PROFILE everywhere',
        'set -Uu AWS_VAULT unexported',
        dump(home, 'before'),
        'assume dev-profile',
        dump(home, 'at'),
        universal,
        'assume --unset',
        dump(home, 'after'),
        universal,
      ],
      configured,
    )
    expect(result).toMatchObject({ stdout: 'kept\nkept\n', stderr: '' })
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
    expect(awsOf(readDump(home, 'at'))).not.toHaveProperty('AWS_VAULT')
    expect(readDump(home, 'after')).toEqual(readDump(home, 'before'))
  })

  it('a local variable of the caller that would hide the switch: exit 1, nothing changed', () => {
    const home = start()
    const result = run(home, [
      'set -gx AWS_REGION mars-north-1',
      'begin; set -lx AWS_PROFILE here; assume dev-profile',
      fish.expectStatus(1),
      'end',
      dump(home, 'after'),
      'assume dev-profile',
      'AWS_VAULT=x assume --unset',
      fish.expectStatus(1),
    ])
    expect(result.stderr).toContain(
      'assume: AWS_PROFILE is local where assume was called, so nothing was changed\n  set -el AWS_PROFILE  ',
    )
    expect(result.stderr).toContain('AWS_VAULT is local')
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_REGION: 'mars-north-1' })
  })
})

describeShells('what was there before', [fish], () => {
  it('survives byte for byte: lists, path variables, every byte, line feeds at the end, options', () => {
    const home = start()
    const bytes = Array.from({ length: 255 }, (_, index) => (index + 1).toString(16).padStart(2, '0'))
    const names = ['AWS_PROFILE', 'AWS_VAULT', 'AWS_REGION', 'AWS_ROLE_ARN', 'AWS_SECURITY_TOKEN']
    const show = (file: string) => `set -S ${names.join(' ')} >${file}`
    run(home, [
      `set -gx AWS_PROFILE ${bytes.map((byte) => `\\x${byte}`).join('')}`,
      "set -gx AWS_VAULT 'a b' '' (printf 'c\\n\\n' | string collect -N) \\xff\\xfe '-x' \\$HOME",
      "set -gx --path AWS_REGION one 'two three' ''",
      'set -gx AWS_ROLE_ARN',
      `set -gu AWS_SECURITY_TOKEN 'x\ny' ${bytes.map((byte) => `\\x${byte}`).join(' ')}`,
      dump(home, 'before'),
      show('shown-before'),
      'assume dev-profile; assume test-profile',
      dump(home, 'at'),
      'set -gx AWS_VAULT by-hand; set -gx AWS_SECURITY_TOKEN by-hand; set -eg AWS_REGION',
      'assume --unset',
      dump(home, 'after'),
      show('shown-after'),
    ])
    const before = readDump(home, 'before')
    expect(before.get('AWS_PROFILE')).toBe(
      bytes.map((byte) => String.fromCharCode(parseInt(byte, 16))).join(''),
    )
    expect(before.get('AWS_VAULT')).toBe('a b  c\n\n \u00ff\u00fe -x $HOME')
    expect(readDump(home, 'at').get('AWS_REGION')).toBe('eu-west-1')
    expect(readDump(home, 'after')).toEqual(before)
    const shown = (name: string) => readFileSync(join(home.path, name), 'latin1')
    expect(shown('shown-after')).toBe(shown('shown-before'))
    expect(shown('shown-after')).toContain('$AWS_REGION: set in global scope, exported, a path variable')
  })

  it('survives for names that end in PATH, which fish splits at colons by itself', () => {
    const home = start()
    const show = (file: string) => `set -S AN_PATH OTHER_PATH >${file}`
    run(home, [
      'functions -q __assume_switch',
      "set -gx --unpath AN_PATH 'a:b' c; set -gx OTHER_PATH a:b c",
      dump(home, 'before'),
      show('shown-before'),
      "__assume_apply message --profile=x -- AN_PATH=z 'AWS_PROFILE=a=b' OTHER_PATH",
      dump(home, 'at'),
      'assume --unset',
      dump(home, 'after'),
      show('shown-after'),
    ])
    expect(readDump(home, 'at').get('AN_PATH')).toBe('z')
    expect(awsOf(readDump(home, 'at'))).toEqual({ AWS_PROFILE: 'a=b' })
    expect(readDump(home, 'after')).toEqual(readDump(home, 'before'))
    const shown = (name: string) => readFileSync(join(home.path, name), 'utf8')
    expect(shown('shown-after')).toBe(shown('shown-before'))
  })

  it('stays in this shell, under names that are never exported', () => {
    const home = start()
    run(home, [
      'set -gx AWS_PROFILE before',
      'assume dev-profile',
      dump(home, 'at'),
      "fish -c 'set -n' >child",
    ])
    expect([...readDump(home, 'at').keys()].filter((name) => name.startsWith('__assume'))).toEqual([])
    expect(readFileSync(join(home.path, 'child'), 'utf8')).not.toMatch(/__assume_(was|how|saved|now|back)/)
  })

  it('is not touched for the names that fish keeps for itself, whoever lists them in ASSUME_VARS', () => {
    const home = start()
    const { stdout } = spawnSync('fish', ['--no-config', '-c', 'set --names'], { encoding: 'utf8' })
    const own = stdout.trim().split('\n')
    expect(own).toContain('version')
    const result = run(
      home,
      ['set -S PATH HOME >before', 'assume dev-profile', 'assume --unset', 'set -S PATH HOME >after', 'pwd'],
      { env: { ASSUME_VARS: own.filter((name) => !process.env[name]).join(' ') } },
    )
    expect(result).toMatchObject({ stdout: `${home.path}\n`, stderr: '' })
    const shown = (name: string) => readFileSync(join(home.path, name), 'utf8')
    expect(shown('after')).toBe(shown('before'))
  })
})

describeShells('the function', [fish], () => {
  it('shows no value in a trace, which goes on behind it', () => {
    const home = start()
    const result = run(home, [
      'set -gx AWS_SECRET_ACCESS_KEY hidden',
      'set -g fish_trace 1',
      'assume dev-profile; assume --unset',
      'true after',
    ])
    expect(result.stderr).toContain('assume dev-profile')
    expect(result.stderr).toContain('true after')
    expect(result.stderr).not.toMatch(/hidden|123456789011|eu-west-1/)
  })

  it.each([
    ['an empty IFS', "set -g IFS ''"],
    ['another IFS', 'set -g IFS :s'],
    [
      'functions in place of what fish lets one replace',
      'for each in printf contains count echo path functions math true complete set_color; eval function $each\\; builtin echo garbage\\; end; end',
    ],
  ])('works with %s', (_title, hostile) => {
    const home = start()
    const result = run(home, [
      'set -gx AWS_REGION mars-north-1',
      hostile,
      'assume dev-profile',
      fish.expectStatus(0),
      dump(home, 'at'),
      'assume test-profile; assume -',
      dump(home, 'back'),
      'assume_prompt',
      'assume --unset',
      dump(home, 'after'),
    ])
    expect(result.stdout).toContain('(dev-profile) ')
    expect(result).toMatchObject({ stdout: expect.not.stringContaining('garbage'), stderr: '' })
    expect(awsOf(readDump(home, 'at'))).toMatchObject({
      AWS_PROFILE: 'dev-profile',
      ASSUME_ROLE_NAME: 'FullAccess',
    })
    expect(readDump(home, 'back')).toEqual(readDump(home, 'at'))
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_REGION: 'mars-north-1' })
  })

  it('switches in a pipeline, with stdin from elsewhere, and with stdout closed', () => {
    const home = start()
    const result = run(home, [
      'echo words | assume dev-profile | cat',
      dump(home, 'piped'),
      'assume test-profile >&- </dev/null',
      fish.expectStatus(0),
      dump(home, 'closed'),
      'echo words | assume --unset',
      dump(home, 'after'),
    ])
    expect(result.stderr).toBe('')
    expect(awsOf(readDump(home, 'piped'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
    expect(awsOf(readDump(home, 'closed'))).toMatchObject({ AWS_PROFILE: 'test-profile' })
    expect(awsOf(readDump(home, 'after'))).toEqual({})
  })

  it('returns the status of what it calls directly, and leaves its output alone', () => {
    const home = start()
    const result = run(home, ['assume list --nonsense', fish.expectStatus(2), 'assume list | head -1'])
    expect(result.stdout).toMatch(/^PROFILE .*\n$/)
  })

  it('changes the shell itself also in parentheses: fish has no subshells', () => {
    const home = start()
    run(home, ['echo (assume dev-profile)', dump(home, 'at')])
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
  })

  it('needs no guard against set -a: fish has no mode in which all is exported', () => {
    const home = start()
    run(home, [
      'set -a >/dev/null',
      'set -g AWS_SECURITY_TOKEN hidden',
      'assume dev-profile',
      dump(home, 'at'),
    ])
    expect([...readDump(home, 'at').keys()]).not.toContain('AWS_SECURITY_TOKEN')
    expect([...readDump(home, 'at').keys()].filter((name) => name.startsWith('__assume'))).toEqual([])
  })
})
