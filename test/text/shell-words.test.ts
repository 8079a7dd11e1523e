import { spawnSync } from 'node:child_process'
import { array, assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitWords } from '../../src/text/shell-words.ts'
import { findBotocore } from '../interop/world.ts'

describe('a command', () => {
  it.each<[string, string[] | undefined]>([
    ['', []],
    [' \t\r\n', []],
    ['op read  key\n', ['op', 'read', 'key']],
    [`a'b c'"d e"f`, ['ab cd ef']],
    [`'' "" a''`, ['', '', 'a']],
    ['a\\ b \\"c\\"', ['a b', '"c"']],
    [`'\\' "\\\\ \\" \\$ \\a"`, ['\\', '\\ " \\$ \\a']],
    [
      '$HOME ~/x *.txt `id` $(id) a;b|c&d # e',
      ['$HOME', '~/x', '*.txt', '`id`', '$(id)', 'a;b|c&d', '#', 'e'],
    ],
    ['a\\\nb', ['a\nb']],
    ['a\u00a0b\u2003c é😀', ['a\u00a0b\u2003c', 'é😀']],
    ["it's", undefined],
    ['"open', undefined],
    ['end\\', undefined],
    ['"end\\"', undefined],
  ])('%j is split as Python does it', (command, words) => {
    expect(splitWords(command, 'linux')).toEqual(words)
    expect(splitWords(command, 'darwin')).toEqual(words)
  })

  it.each<[string, string[] | undefined]>([
    ['C:\\tools\\helper.exe --profile dev', ['C:\\tools\\helper.exe', '--profile', 'dev']],
    ['"C:\\Program Files\\x.exe" "a b"\tc', ['C:\\Program Files\\x.exe', 'a b', 'c']],
    ['"a\\\\" \\\\\\"b \\', ['a\\', '\\"b', '\\']],
    [`'a b' ""`, ["'a", "b'", '']],
    ['"a""b"', ['ab']],
    ['"open', undefined],
  ])('%j is split otherwise on Windows', (command, words) => {
    expect(splitWords(command, 'win32')).toEqual(words)
  })
})

const python = findBotocore()

describe.skipIf(!python)(`botocore${python ? '' : ' (not installed)'} splits`, () => {
  const program = [
    'import json, sys',
    'from botocore.compat import compat_shell_split',
    'def split(command):',
    '    try: return compat_shell_split(command, sys.argv[1])',
    '    except ValueError: return None',
    'print(json.dumps([split(command) for command in json.load(sys.stdin)]))',
  ].join('\n')

  const piece = constantFrom('a', ' ', '\\', '"', "'", '\t', '\n', '\r', '$', 'é', '😀', '\u00a0', '\u000b')
  const command = array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

  it.each(['linux', 'win32'] as const)('a thousand commands as we do (%s)', (platform) => {
    assert(
      property(array(command, { minLength: 1000, maxLength: 1000 }), array(string()), (commands, others) => {
        const all = [...commands, ...others]
        const { stdout } = spawnSync(python ?? 'python3', ['-c', program, platform], {
          input: JSON.stringify(all),
          encoding: 'utf8',
        })
        const ours = all.map((each) => splitWords(each, platform) ?? null)
        expect(ours).toEqual(JSON.parse(stdout))
      }),
      { numRuns: 1, endOnFailure: true },
    )
  })
})
