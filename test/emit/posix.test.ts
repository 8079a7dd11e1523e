import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { EnvironmentChange } from '../../src/emit/change.ts'
import { emitDotenv, emitJson } from '../../src/emit/data.ts'
import { emitPosix, emitReplacement } from '../../src/emit/posix.ts'
import { quotePosix } from '../../src/emit/quote.ts'

/** Every code point from U+0001 to U+00FF, and the typographic quotes. */
const everyCharacter = [
  ...Array.from({ length: 255 }, (_, index) => String.fromCodePoint(index + 1)),
  '\u2018',
  '\u2019',
  '\u201a',
  '\u201b',
].join('')
const values = [
  everyCharacter,
  '',
  '-n',
  '\n',
  'ends\n\n',
  "'",
  "''",
  "a'b",
  '!history !!',
  '$(touch x) `y` ${z}',
  '\\',
  '~',
  '*',
  '%s',
]

describe.each([
  ['bash', ['--norc']],
  ['bash', ['--norc', '--posix']],
  ['zsh', ['-f']],
  ['zsh', ['-f', '-o', 'rc_quotes']],
  ['sh', []],
])('a change evaluated by %s %j', (shell, options) => {
  it.each(['C', 'C.UTF-8'])('arrives unchanged in the locale %s', (locale) => {
    const change: EnvironmentChange = {
      set: values.map((value, index) => [`V${index}`, value]),
      unset: ['GONE', 'NEVER'],
    }
    const script = `${emitPosix(change)}exec "${process.execPath}" -p 'JSON.stringify(process.env)'`
    const { stdout, stderr } = spawnSync(shell, [...options, '-c', 'eval "$1"', shell, script], {
      env: { PATH: process.env['PATH'], LC_ALL: locale, GONE: 'x' },
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    const env = JSON.parse(stdout)
    for (const [index, value] of values.entries()) expect(env[`V${index}`]).toBe(value)
    expect(env).not.toHaveProperty('GONE')
  })
})

describe('a command for bin/assume to become', () => {
  const change: EnvironmentChange = { set: [['SET', 'a b']], unset: ['GONE'] }
  const evaluate = (code: string, words: readonly string[]) =>
    spawnSync('sh', ['-c', 'code=$1; shift; eval "$code"; exec "$@"', 'sh', code, ...words], {
      env: { PATH: process.env['PATH'], GONE: 'x' },
      encoding: 'latin1',
    }).stdout

  it('takes the place of the words before it', () => {
    const command = ['sh', '-c', 'printf "%s|" "$SET" "${GONE-absent}" "$@"', 'sh', '', ...values]
    const expected = Buffer.from(['a b', 'absent', '', ...values, ''].join('|')).toString('latin1')
    for (const before of [['exec', 'p', '--'], ['exec', '-r', 'us-west-2', 'p'], []]) {
      const words = [...before, ...command]
      expect(evaluate(emitReplacement(change, command, words), words)).toBe(expected)
    }
    expect(evaluate(emitReplacement(change, command, []), [])).toBe(expected)
    expect(evaluate(emitReplacement(change, command, ['exec', 'p']), ['exec', 'p'])).toBe(expected)
  })

  it('leaves its words in the shell, where they have all their bytes', () => {
    const command = ['printf', '%s', 'caf\ufffd']
    expect(emitReplacement(change, command, ['exec', 'p', ...command])).not.toContain('caf')
  })
})

describe('a quoted word', () => {
  it.each(['bash', 'zsh', 'sh'])('keeps every byte in %s', (shell) => {
    const bytes = Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1))
    const script = Buffer.from(`printf %s ${quotePosix(bytes.toString('latin1'))}`, 'latin1')
    const { stdout } = spawnSync(shell, { input: script, env: { PATH: process.env['PATH'] } })
    expect(stdout.equals(bytes)).toBe(true)
  })
})

describe('data formats', () => {
  it('JSON reads back', () => {
    const change: EnvironmentChange = {
      set: [
        ['A', everyCharacter],
        ['__proto__', 'x'],
      ],
      unset: ['B'],
    }
    const { set, unset } = JSON.parse(emitJson(change))
    expect([set.A, unset]).toEqual([everyCharacter, ['B']])
  })

  it('dotenv quotes only where it has to', () => {
    const change: EnvironmentChange = {
      set: [
        ['A', 'plain-1.2/x:y'],
        ['B', 'two words'],
        ['C', "it's"],
        ['D', 'a\nb'],
        ['E', ''],
      ],
      unset: ['F'],
    }
    expect(emitDotenv(change)).toBe("A=plain-1.2/x:y\nB='two words'\nC=`it's`\nD=`a\nb`\nE=\n")
  })
})
