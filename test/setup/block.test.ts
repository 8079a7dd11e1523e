import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AssumeError } from '../../src/errors.ts'
import { blankBlock, countCreatedFolders, hasBlock, placeBlock, removeBlock } from '../../src/setup/block.ts'
import { decodeText, encodeText } from '../../src/text/utf-8.ts'

const line = 'if [ -r /a ]; then . /a; fi'
const block = `# >>> assume >>>\n${line}\n# <<< assume <<<\n`
const place = (text: string | undefined, command = line) => placeBlock(text, command, '.bashrc')
const remove = (text: string) => removeBlock(text, '.bashrc')

function brokenMessage(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof AssumeError && error.code === 'broken-block') return error.message
    throw error
  }
  return 'nothing was thrown'
}

describe('placing the block', () => {
  it.each([
    ['an empty file', '', block],
    ['a file', 'a\n', `a\n${block}`],
    ['a file that ends in blank lines', 'a\n\n\n', `a\n\n\n${block}`],
    [
      'a file without a last line break',
      'a',
      `a\n${block.replace('>>>\n', '>>> (the last line had no line break)\n')}`,
    ],
    ['a file that does not exist', undefined, block.replace('>>>\n', '>>> (file created by assume setup)\n')],
    [
      'a CRLF file, with the carriage return kept out of the command',
      'a\r\n',
      `a\r\n# >>> assume >>>\r\n${line} #\r\n# <<< assume <<<\r\n`,
    ],
  ])('in %s', (_name, text, expected) => expect(place(text)).toBe(expected))

  it('notes how many folders there were not', () => {
    for (const count of [0, 1, 3]) {
      const text = placeBlock(placeBlock(undefined, 'old', 'x', count), line, 'x')
      expect([countCreatedFolders(text, 'x'), removeBlock(text, 'x')]).toEqual([count, undefined])
    }
    expect(countCreatedFolders(place('a'), 'x')).toBe(0)
  })

  it('replaces a different block where it is, and keeps what its marker says', () => {
    const old = place('a')
    expect(place(`${old}b\n`, 'new line')).toBe(`${place('a', 'new line')}b\n`)
  })

  it('keeps a block whose last line break was taken away', () => {
    const text = place('a\n').slice(0, -1)
    expect(place(text)).toBe(text)
    expect(remove(text)).toBe('a\n')
  })

  it.each(['', 'a', 'a\n', 'a\r\n', 'a\r\nb', undefined])('changes nothing the second time: %j', (text) => {
    expect(place(place(text))).toBe(place(text))
  })
})

describe('removing the block', () => {
  it('gives the bytes of any text back', () => {
    const anyLine = fc.string({ unit: fc.constantFrom('a', '#', ' ', '\t', '\r', '\u00e9', '\udc80') })
    const anyText = fc
      .array(fc.tuple(anyLine, fc.constantFrom('\n', '\r\n', '')), { maxLength: 6 })
      .map((lines) => lines.map((parts) => parts.join('')).join(''))
    fc.assert(
      fc.property(anyText, (text) => {
        expect(remove(place(text))).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  it('gives any bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const restored = remove(place(decodeText(bytes))) as string
        expect([...encodeText(restored)]).toEqual([...bytes])
      }),
    )
  })

  it('keeps what was added around it, also with a block that was replaced in between', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (before, after, crlf) => {
        const text = crlf ? `${before}\r\n` : `${before}\n`
        expect(remove(place(place(text) + after, 'other'))).toBe(text + after)
      }),
    )
  })

  it('keeps the line break when text follows the block of a file that had none', () => {
    expect(remove(`${place('a')}b\n`)).toBe('a\nb\n')
  })

  it('deletes a file that it created, unless something else is in it', () => {
    expect(remove(place(undefined))).toBeUndefined()
    expect(remove(`${place(undefined)}mine\n`)).toBe('mine\n')
    expect(remove(place(''))).toBe('')
  })

  it('leaves a text without a block alone', () => {
    expect(remove('# >>> assume\necho "# >>> assume >>>"\n')).toBe('# >>> assume\necho "# >>> assume >>>"\n')
  })
})

describe('broken markers', () => {
  it.each([
    [
      'a begin without an end',
      'a\n# >>> assume >>>\nb\n',
      '.bashrc:2: "# >>> assume >>>" has no "# <<< assume <<<" after it',
    ],
    [
      'an end without a begin',
      'a\n# <<< assume <<<\n',
      '.bashrc:2: "# <<< assume <<<" has no "# >>> assume >>>" before it',
    ],
    [
      'two begins',
      `# >>> assume >>>\n${block}`,
      '.bashrc:1: "# >>> assume >>>" has no "# <<< assume <<<" after it',
    ],
    ['two blocks', `${block}a\n${block}`, '.bashrc:5: a second "# >>> assume >>>"'],
    [
      'in CRLF',
      'a\r\n# >>> assume >>>\r\n',
      '.bashrc:2: "# >>> assume >>>" has no "# <<< assume <<<" after it',
    ],
    [
      'text glued to the end',
      block.replace(/\n$/, 'x=1\n'),
      '.bashrc:1: "# >>> assume >>>" has no "# <<< assume <<<" after it',
    ],
  ])('%s', (_name, text, message) => {
    for (const action of [place, remove, (each: string) => hasBlock(each, '.bashrc')]) {
      expect(brokenMessage(() => action(text))).toBe(message)
    }
  })
})

it('blankBlock empties the lines of the block and no other, and keeps their number', () => {
  expect(blankBlock(`a\n${block}b\n`, '.bashrc')).toBe('a\n\n\n\nb\n')
})
