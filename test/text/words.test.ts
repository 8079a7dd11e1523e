import { describe, expect, it } from 'vitest'
import { AssumeError } from '../../src/errors.ts'
import {
  formatExport,
  formatProfileFlag,
  formatProfileWord,
  formatSessionFlag,
  formatSessionWord,
  quoteAnywhere,
  quoteForAll,
  writeAnywhere,
} from '../../src/text/words.ts'

describe('a word that every shell reads', () => {
  it.each([
    ['dev-profile', 'dev-profile'],
    ['a/b.c:d+e=f%g@h_1', 'a/b.c:d+e=f%g@h_1'],
    ['my sso', "'my sso'"],
    ['', "''"],
    ['=ls', "'=ls'"],
    ['@home', "'@home'"],
    ['-x', "'-x'"],
    ['--profile=list', '--profile=list'],
    ['x; touch pwned', "'x; touch pwned'"],
    ['$(id) `id` "x" !!', `'$(id) \`id\` "x" !!'`],
    ['C:\\aws', "'C:\\aws'"],
    ["it's", `"it's"`],
    ['it’s', '"it’s"'],
    ['bell\u0007', "'bell?'"],
    ["it's $HOME", undefined],
    ["it's !", undefined],
    ['two \\\\', undefined],
    ['\\', undefined],
  ])('%j is %s', (word, quoted) => {
    expect(quoteForAll(word)).toBe(quoted)
    expect(quoteAnywhere(word)).toBe(quoted ?? '…')
  })
})

it.each([
  ['dev', '--profile dev', 'dev', 'assume --export dev', '--session dev', 'dev'],
  ['my dev', "--profile 'my dev'", "'my dev'", "assume --export 'my dev'", "--session 'my dev'", "'my dev'"],
  ['-x', '--profile=-x', '--profile=-x', 'assume --export --profile=-x', '--session=-x', "-- '-x'"],
])('%j in a command that is proposed is no option', (name, ...words) => {
  const forms = [formatProfileFlag, formatProfileWord, formatExport, formatSessionFlag, formatSessionWord]
  expect(forms.map((format) => format(name, quoteAnywhere))).toEqual(words)
})

describe('the hint of an error', () => {
  it('is quoted for whoever reads it', () => {
    const error = new AssumeError('usage', 'no', { hint: (quote) => `assume login ${quote("it's $x")}` })
    expect(error.hint).toBe('assume login …')
    expect(error.adviseIn((word) => `<${word}>`, writeAnywhere)).toBe("assume login <it's $x>")
    const other = new AssumeError('usage', 'no', { hint: error.advice, cause: error })
    expect(other.adviseIn((word) => word, writeAnywhere)).toBe("assume login it's $x")
    expect(new AssumeError('usage', 'no').adviseIn((word) => word, writeAnywhere)).toBeUndefined()
  })
})
