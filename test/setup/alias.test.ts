import { describe, expect, it } from 'vitest'
import { findAliases, removeAliases } from '../../src/setup/alias.ts'
import { placeBlock } from '../../src/setup/block.ts'

const remove = (text: string) => removeAliases(text, '.zshrc')

describe('an alias called assume', () => {
  it.each([
    'alias assume="source assume"',
    'alias assume=". assume"',
    "alias assume='source $(asdf which assume)'",
    'alias assume="source /usr/local/bin/assume.fish"',
    'alias assume="source (brew --prefix)/bin/assume.fish"',
    "alias assume 'source /opt/homebrew/bin/assume.fish'",
    'alias assume=assumego # granted',
    'alias -g assume=x',
  ])('%s', (alias) => {
    expect(findAliases(`a\n${alias}\nb\n`, '.zshrc')).toEqual([2])
    expect(remove(`a\n${alias}\nb\n`)).toBe('a\nb\n')
    expect(remove(`a\r\n${alias}\r\nb\r\n`)).toBe('a\r\nb\r\n')
    expect(remove(`a\n${alias}`)).toBe('a')
  })

  it.each([
    'alias assumef="assume --no-cache"',
    'alias awsume=". awsume"',
    '# alias assume=". assume"',
    'alias assume=". assume"; alias k=kubectl',
    'alias assume=". assume" && echo',
    'echo alias assume=x',
    'unalias assume',
  ])('is not %s', (line) => expect(findAliases(line, '.zshrc')).toEqual([]))

  it('goes with the comment on it, and with no other', () => {
    expect(remove('x\n# granted assume\nalias assume=". assume"\n')).toBe('x\n')
    expect(remove('## aws\nalias assume=". assume"\ny\n')).toBe('## aws\ny\n')
  })

  it('leaves a command behind where a compound command would get empty', () => {
    expect(remove('if true; then\n  alias assume=". assume"\nfi\n')).toBe('if true; then\n  :\nfi\n')
    expect(remove('if true; then\nalias assume=". assume"\nfi\n')).toBe('if true; then\n:\nfi\n')
    expect(remove('true &&\nalias assume=". assume"\n')).toBe('true &&\n:\n')
  })

  it('is not looked for in our block', () => {
    const text = placeBlock('alias assume=x\n', 'alias assume=y', '.zshrc')
    expect(findAliases(text, '.zshrc')).toEqual([1])
    expect(removeAliases(text, '.zshrc')).toBe(placeBlock('', 'alias assume=y', '.zshrc'))
  })
})
