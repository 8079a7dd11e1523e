import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/cli/command.ts'
import { type Arguments, parseArguments } from '../../src/cli/parse.ts'
import { findSubcommand, switchCommand } from '../../src/cli/table.ts'

const commandOf = (name: string): Command => {
  const command = findSubcommand(name)
  if (!command) throw new Error(name)
  return command
}

describe('the parser', () => {
  const rows: [string, string[], Arguments][] = [
    ['env', [], { positionals: [], flags: {} }],
    ['env', ['dev'], { positionals: ['dev'], flags: {} }],
    ['env', ['012345', '-r', '1e5'], { positionals: ['012345'], flags: { region: '1e5' } }],
    ['env', ['dev', '--region=us-east-1'], { positionals: ['dev'], flags: { region: 'us-east-1' } }],
    ['env', ['--no-login', 'dev'], { positionals: ['dev'], flags: { 'no-login': true } }],
    ['env', ['-r', 'a', '-r', 'b'], { positionals: [], flags: { region: 'b' } }],
    ['setup', ['--shell', 'bash,zsh', '-y'], { positionals: [], flags: { shell: 'bash,zsh', yes: true } }],
    ['settings', ['set', 'a.b', ''], { positionals: ['set', 'a.b', ''], flags: {} }],
    ['env', ['--use-device-code', 'dev'], { positionals: ['dev'], flags: { 'device-code': true } }],
    ['list', ['--', '--json'], { positionals: ['--json'], flags: {} }],
  ]
  it.each(rows)('%s %j', (name, words, expected) => {
    expect(parseArguments(commandOf(name), words)).toEqual(expected)
  })

  it.each([
    ['env', ['--nope']],
    ['env', ['a', 'b']],
    ['list', ['a', 'b']],
    ['setup', ['--yes=maybe', 'x']],
    ['env', ['dev', '--region']],
    ['env', ['dev', '--shell', '--format', 'json']],
    ['plugin', ['enabel', 'kube']],
    ['help', ['exce']],
  ])('%s %j is a usage error', (name, words) => {
    expect(() => parseArguments(commandOf(name), words)).toThrow(expect.objectContaining({ code: 'usage' }))
  })
})

describe('the switch', () => {
  it('takes a value right behind a short flag', () => {
    expect(parseArguments(switchCommand, ['-rus-east-1', 'dev'])).toEqual({
      positionals: ['dev'],
      flags: { region: 'us-east-1' },
    })
  })

  it('takes - as a word, and names the nearest flag', () => {
    expect(parseArguments(switchCommand, ['-'])).toEqual({ positionals: ['-'], flags: {} })
    expect(() => parseArguments(switchCommand, ['--regoin', 'x'])).toThrow(/did you mean --region\?/)
  })

  it.each([
    ['-un', 'assume --unset', 'assume --unset'],
    ['-ex dev', 'assume credentials-file PROFILE --as NAME', 'assume credentials-file dev --as NAME'],
    ['-ex', 'assume credentials-file PROFILE --as NAME', 'assume credentials-file PROFILE --as NAME'],
    ['-x dev', '--export', 'assume --export dev'],
    ['dev -d 1h', '--duration TIME', 'assume dev --duration 1h'],
    ['dev --chain ARN', '--role ARN', 'assume dev --role ARN'],
    ['--chain=ARN dev', '--role ARN', 'assume --role=ARN dev'],
    ['dev --exec=ls', 'assume exec PROFILE -- COMMAND', 'assume exec dev -- ls'],
    ['dev --exec -- ls -l', 'assume exec PROFILE -- COMMAND', 'assume exec dev -- ls -l'],
    ['--exec ls dev', 'assume exec PROFILE -- COMMAND', 'assume exec dev -- ls'],
    ['dev --exec', 'assume exec PROFILE -- COMMAND', 'assume exec dev -- COMMAND'],
    ['dev --mfa-token 1', '--mfa-code CODE', 'assume dev --mfa-code CODE'],
    ['--mfa-token 1 dev', '--mfa-code CODE', 'assume dev --mfa-code CODE'],
    ['--mfa-token 1', '--mfa-code CODE', 'assume PROFILE --mfa-code CODE'],
    ['--no-cache dev', '--refresh', 'assume --refresh dev'],
    ['-es dev', 'assume login PROFILE', 'assume login dev'],
    ['dev -es', 'assume login PROFILE', 'assume login dev'],
    ['-ar', 'assume console', 'assume console'],
    ['dev --role-arn ARN', '--role ARN', 'assume dev --role ARN'],
    ['--list-profiles', 'assume list', 'assume list'],
    ['-t dev', 'assume PROFILE, then assume console PROFILE', 'assume dev\nassume console dev'],
    ['dev -d', '--duration TIME', 'assume dev --duration TIME'],
    ['-d -e dev', '--duration TIME', 'assume --duration TIME -e dev'],
    ['-t -r us-east-1 -p x', 'assume PROFILE, then assume console PROFILE', 'assume x\nassume console x'],
  ])('knows what another tool means with %s', (words, ours, hint) => {
    const word = words.split(' ').find((each) => each.startsWith('-'))
    expect(() => parseArguments(switchCommand, words.split(' '))).toThrow(
      expect.objectContaining({ code: 'usage', message: `there is no ${word}; did you mean ${ours}?`, hint }),
    )
  })

  it.each([
    ['-c dev -x', '-x, and a console needs none', 'assume -c dev'],
    ['-cx dev', '-x, and a console needs none', 'assume -c dev'],
    [
      '-tc dev',
      '-t; did you mean assume PROFILE, then assume console PROFILE?',
      'assume dev\nassume console dev',
    ],
    ['-xd dev', '-x; did you mean --export?', 'assume --export --duration dev'],
    ['dev -xd', '-x; did you mean --export?', 'assume dev --export --duration TIME'],
    ['-d1h dev', '-d; did you mean --duration TIME?', 'assume --duration 1h dev'],
    ['-ed 1h dev', '-d; did you mean --duration TIME?', 'assume -e --duration 1h dev'],
  ])('knows them among letters, and what a console needs none of: %s', (words, what, hint) => {
    expect(() => parseArguments(switchCommand, words.split(' '))).toThrow(
      expect.objectContaining({ code: 'usage', message: `there is no ${what}`, hint }),
    )
  })

  it('quotes what was typed, and splits a command line in one word', () => {
    expect(() => parseArguments(switchCommand, ['a b', '--exec', "ls -l 'x y'"])).toThrow(
      expect.objectContaining({ hint: "assume exec 'a b' -- ls -l 'x y'" }),
    )
  })

  it.each([
    [['dev', '--mfa-code', '123456', '-x'], 'assume dev --mfa-code CODE --export'],
    [['-x', '--mfa-code=123456', 'dev'], 'assume --export --mfa-code=CODE dev'],
    [['cosnole', 'dev', '--mfa-code', '123456'], 'assume console dev --mfa-code CODE'],
  ])('repeats no code for MFA: %j', (words, hint) => {
    expect(() => parseArguments(switchCommand, words)).toThrow(expect.objectContaining({ hint }))
  })

  it('answers words of another tool behind assume itself alone', () => {
    expect(parseArguments(switchCommand, ['-er', 'us-east-1', 'dev']).flags).toEqual({
      export: true,
      region: 'us-east-1',
    })
    expect(parseArguments(commandOf('sync'), ['-t', '{role}']).flags).toEqual({ template: '{role}' })
    expect(() => parseArguments(commandOf('exec'), ['-es', 'dev'])).toThrow(/there is no -s$/)
  })

  it('guesses nothing from one letter', () => {
    for (const word of ['-z', '-n'])
      expect(() => parseArguments(switchCommand, [word])).toThrow(new RegExp(`there is no ${word}$`))
  })
})

describe('exec', () => {
  const parse = (...words: string[]) => parseArguments(commandOf('exec'), words)

  it('takes everything behind the profile as it is', () => {
    expect(parse('-r', 'eu-west-1', 'dev', 'ls', '-l', '--help')).toEqual({
      positionals: ['dev', 'ls', '-l', '--help'],
      flags: { region: 'eu-west-1' },
    })
    expect(parse('dev', '--', 'ls', '--', '-x')).toEqual({
      positionals: ['dev', 'ls', '--', '-x'],
      flags: {},
    })
    expect(() => parse('--chain', 'ARN', 'dev')).toThrow('there is no --chain; did you mean --role ARN?')
    expect(() => parse('-un', 'dev')).toThrow(/there is no -u$/)
    expect(parse('dev', '-r', 'x')).toEqual({ positionals: ['dev', '-r', 'x'], flags: {} })
    expect(parse('dev')).toEqual({ positionals: ['dev'], flags: {} })
  })

  it('takes its command from the first word on behind --profile', () => {
    const flags = { profile: 'dev' }
    expect(parse('--profile', 'dev', 'ls', '-l', '--help')).toEqual({
      positionals: ['ls', '-l', '--help'],
      flags,
    })
    expect(parse('-p', 'dev', '--', '-x')).toEqual({ positionals: ['-x'], flags })
    expect(parse('--profile=dev')).toEqual({ positionals: [], flags })
  })
})

describe('serve', () => {
  const parse = (...words: string[]) => parseArguments(commandOf('serve'), words)
  const parseInPowerShell = (...words: string[]) => parseArguments(commandOf('serve'), words, true)

  it('has flags of its own on both sides of the profile, and its command behind -- alone', () => {
    expect(parse('--port', '0', 'dev', '--socket', 's', '--', 'sh', '-c', 'x', '--', '-p')).toEqual({
      positionals: ['dev', 'sh', '-c', 'x', '--', '-p'],
      flags: { port: '0', socket: 's' },
    })
    expect(() => parse('dev', 'sh')).toThrow('one word too many: sh; a command comes behind --')
  })

  it('has its command from the first word too many on where the shell has taken the -- away', () => {
    const flags = { port: '0' }
    const command = ['grep', '-p', 'x', '--', '-y']
    expect(parseInPowerShell('dev', '--port', '0', ...command)).toEqual({
      positionals: ['dev', ...command],
      flags,
    })
    expect(parseInPowerShell('-p', 'dev', '--port', '0', ...command)).toEqual({
      positionals: command,
      flags: { ...flags, profile: 'dev' },
    })
    expect(parseInPowerShell('dev', '--port', '0', '--', ...command)).toEqual({
      positionals: ['dev', ...command],
      flags,
    })
    expect(parseInPowerShell('dev', '--port', '0')).toEqual({ positionals: ['dev'], flags })
  })
})
