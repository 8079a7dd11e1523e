import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findAliases, findAliasesWithin, putAliasesAside, restoreAliases } from '../../src/setup/alias.ts'
import { placeBlock } from '../../src/setup/block.ts'

const putAside = (text: string) => putAliasesAside(text, '.zshrc')

describe('an alias called assume', () => {
  it.each([
    'alias assume="source assume"',
    'alias assume=". assume"',
    "alias assume='source $(asdf which assume)'",
    'alias assume="source /usr/local/bin/assume.fish"',
    'alias assume="source (brew --prefix)/bin/assume.fish"',
    "alias assume 'source /opt/homebrew/bin/assume.fish'",
    'alias assume=assumego # granted',
    "alias 'assume'='. assume'",
    'alias "assume" ". assume"',
    'alias -g assume=x',
    'Set-Alias assume granted.ps1',
    'New-Alias -Name "assume" -Value C:\\granted\\assume.ps1 -Force # granted',
    'alias assume="source \\"$(brew --prefix)/bin/assume\\""',
  ])('%s', (alias) => {
    expect(findAliases(`a\n${alias}\nb\n`, '.zshrc')).toEqual([2])
    for (const [before, after] of [
      ['a\n', '\nb\n'],
      ['a\r\n', '\r\nb\r\n'],
      ['', ''],
    ]) {
      const text = `${before}${alias}${after}`
      expect(putAside(text)).toBe(`${before}# put aside by assume setup: ${alias}${after}`)
      expect(findAliases(putAside(text), '.zshrc')).toEqual([])
      expect(restoreAliases(putAside(text))).toBe(text)
    }
  })

  it.each([
    'alias assumef="assume --no-cache"',
    'alias awsume=". awsume"',
    '# alias assume=". assume"',
    'alias assume=". assume"; alias k=kubectl',
    'alias assume=". assume" && echo',
    'echo alias assume=x',
    'unalias assume',
    'Set-Alias assumego assume',
    'Set-Alias assume x; y',
    'Set-Alias assume',
    'alias assume=x\\',
  ])('is not %s', (line) => expect(findAliases(line, '.zshrc')).toEqual([]))

  it.each([
    '[ -f x ] && alias assume=". assume"',
    'if true; then alias assume=x; fi',
    "alias ll='ls -l' assume='. assume'",
    'alias assume=". assume"; alias k=kubectl',
    "alias 'assume=. assume'",
    'type granted >/dev/null && \\alias -g assume=x',
    'test -e x; and alias assume granted',
    'abbr -a assume granted',
    'abbr assume granted',
    "  abbr --add 'assume' granted",
  ])('among other things is named, and stays: %s', (line) => {
    const text = `a\n${line}\n`
    expect(findAliasesWithin(text, '.zshrc')).toEqual([2])
    expect(findAliases(text, '.zshrc')).toEqual([])
    expect(putAside(text)).toBe(text)
    expect(findAliasesWithin(`cat <<END\n${line}\nEND\n`, '.zshrc')).toEqual([])
    expect(findAliasesWithin(`# ${line}\n`, '.zshrc')).toEqual([])
  })

  it.each([
    'alias assume=". assume"',
    'alias assumes=x k=assume',
    'alias ll="ls -l" assume',
    'echo alias assume=x',
    'unalias assume',
    'x # && alias assume=x',
    'abbr -e assume',
    'abbr assumed x',
  ])('is not among other things in %s', (line) => expect(findAliasesWithin(line, '.zshrc')).toEqual([]))

  it('leaves a command behind where a compound command would get empty', () => {
    for (const text of [
      'if true; then\n  alias assume=". assume"\nfi\n',
      'if true; then\nalias assume=". assume"\nfi\n',
      'true &&\n\talias assume=". assume"\n',
    ]) {
      expect(putAside(text)).toBe(text.replace('alias', ': # put aside by assume setup: alias'))
      expect(restoreAliases(putAside(text))).toBe(text)
    }
  })

  it('leaves nothing more behind in PowerShell, where a block may be empty', () => {
    const text = 'if ($x) {\n  Set-Alias assume y\n}\n'
    expect(putAside(text)).toBe(text.replace('Set', '# put aside by assume setup: Set'))
    expect(restoreAliases(putAside(text))).toBe(text)
  })

  it('comes back to the byte, whatever is done to the lines around it meanwhile', () => {
    const anyLine = fc.constantFrom(
      'alias assume=". assume"',
      '\talias assume=x # \u00e9\udc80',
      'if a; then',
      '',
      'b',
    )
    const anyText = fc
      .array(fc.tuple(anyLine, fc.constantFrom('\n', '\r\n')), { maxLength: 8 })
      .map((lines) => lines.map((parts) => parts.join('')).join(''))
    fc.assert(
      fc.property(anyText, anyText, (text, added) => {
        expect(restoreAliases(`${added}${putAside(text)}${added}`)).toBe(added + text + added)
      }),
    )
  })

  it.each([
    '# put aside by assume setup: see the wiki',
    '  # put aside by assume setup: alias k=kubectl',
    '# put aside by assume setup:  alias assume=x',
    '## put aside by assume setup: alias assume=x',
    ': # put aside by assume setup: Set-Alias assume y',
  ])('is not made of a comment that is none of ours: %s', (line) => {
    for (const text of [line, `a\r\n${line}\r\nb`]) expect(restoreAliases(text)).toBe(text)
  })

  it.each([
    ['cat <<EOF', 'EOF'],
    ['cat > notes << "the end"', 'the end'],
    ["cat <<-'EOF' | sort", '\t\tEOF'],
    ['cat <<\\EOF', 'EOF'],
    ['cat <<ONE <<-TWO\nalias assume=x\nONE', '\tTWO'],
    ["$text = @'", "'@"],
    ['$text = @"', '"@ | Out-File notes'],
  ])('is not what stands in text: %s', (start, end) => {
    const text = `${start}\nalias assume=x\nSet-Alias assume y\n${end}\n`
    expect(findAliases(text, '.zshrc')).toEqual([])
    expect(putAside(text)).toBe(text)
    const after = `${text}alias assume=z\n`
    expect(findAliases(after, '.zshrc')).toEqual([after.trimEnd().split('\n').length])
  })

  it.each(['read x <<<EOF', 'echo $((1 << 2))', '# cat <<EOF', "x = @'", 'cat <<-EOF \\\n EOF'])(
    'is one behind what is no text: %s',
    (line) => {
      const text = `${line}\nalias assume=x\n`
      expect(findAliases(text, '.zshrc')).toEqual([text.trimEnd().split('\n').length])
      if (line.startsWith('#')) expect(findAliases(`${text}EOF\n`, '.zshrc')).toEqual([2])
    },
  )

  it('is not looked for in our block', () => {
    const text = placeBlock('alias assume=x\n', 'alias assume=y', '.zshrc')
    expect(findAliases(text, '.zshrc')).toEqual([1])
    expect(putAside(text)).toBe(
      placeBlock('# put aside by assume setup: alias assume=x\n', 'alias assume=y', '.zshrc'),
    )
  })
})
