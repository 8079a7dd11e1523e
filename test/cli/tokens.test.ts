import { parseArgs } from 'node:util'
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Flag } from '../../src/cli/command.ts'
import { tokenize } from '../../src/cli/tokens.ts'

const flags: readonly Flag[] = [
  { name: 'region', short: 'r', value: { label: 'REGION', kind: 'region' }, describe: '' },
  { name: 'device-code', alias: 'use-device-code', describe: '' },
  { name: 'yes', short: 'y', describe: '' },
  { name: 'role', alias: 'assume-role', value: { label: 'ARN', kind: 'text' }, describe: '' },
]

/** What `parseArgs` of Node makes of the words. */
function tokenizeByNode(words: readonly string[]) {
  const options = Object.fromEntries(
    flags.flatMap(({ name, short, alias, value }) => {
      const type = value ? ('string' as const) : ('boolean' as const)
      const own = [name, { type, ...(short && { short }) }] as const
      return alias === undefined ? [own] : [own, [alias, { type }] as const]
    }),
  )
  const { tokens } = parseArgs({
    args: [...words],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  return tokens.map((token) => {
    const { index } = token
    if (token.kind === 'option-terminator') return { kind: 'end', index }
    if (token.kind === 'positional') return { kind: 'word', value: token.value, index }
    const { name, rawName, value, inlineValue = false } = token
    return {
      kind: 'flag',
      name,
      rawName,
      ...(value !== undefined && { value }),
      isInline: inlineValue,
      index,
    }
  })
}

describe('the words of a command line', () => {
  const pieces = [
    '-',
    '--',
    '-r',
    '-y',
    '-yr',
    '-ry',
    '-yrx',
    '-yy',
    '-z',
    '-zr',
    '--region',
    '--region=',
    '--role=a=b',
  ]
  const words = oneof(
    constantFrom(
      ...pieces,
      '--use-device-code',
      '--assume-role',
      '--yes=no',
      '--=x',
      '-=',
      '-y=x',
      '-r=x',
      'dev',
      '',
    ),
    string({ maxLength: 4 }),
  )

  it('are cut as by parseArgs of Node', () => {
    assert(
      property(array(words, { maxLength: 6 }), (line) => {
        // It takes a second dash among letters for the end of the flags, whatever stands before it.
        const isOdd = line.some((word) => /^-[^-].*-/.test(word))
        expect(isOdd || tokenize(flags, line)).toEqual(isOdd || tokenizeByNode(line))
      }),
      { numRuns: 2000 },
    )
  })

  it('are cut between characters', () => {
    const flag = { kind: 'flag', name: '\u{1f600}', rawName: '-\u{1f600}', isInline: false, index: 0 }
    expect(tokenize(flags, ['-\u{1f600}'])).toEqual([flag])
  })

  it('have no end of flags among letters', () => {
    expect(tokenize(flags, ['-y-', 'dev'])).toEqual([
      { kind: 'flag', name: 'yes', rawName: '-y', isInline: false, index: 0 },
      { kind: 'flag', name: '-', rawName: '-y-', isInline: false, index: 0 },
      { kind: 'word', value: 'dev', index: 1 },
    ])
  })
})
