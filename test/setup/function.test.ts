import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFunctionsAside, putFunctionsAside, restoreFunctions } from '../../src/setup/function.ts'

const linesOf = (text: string, file = '.bashrc') =>
  findFunctionsAside(text, file).map(({ first, last }) => [first, last])

describe('a function assume', () => {
  it.each([
    ['assume() { granted "$1"; }\n', [[1, 1]]],
    ['a=1\nassume () {\n  if x; then\n  }\n  fi\n}\nb=2\n', [[2, 6]]],
    ['function assume {\n\techo\n}\n', [[1, 3]]],
    ['function assume() {\n  echo\n}\n', [[1, 3]]],
    ['assume()\n{\n  echo\n}\n', [[1, 4]]],
    ['if x; then\n  assume() {\n    echo\n  }\nfi\n', [[2, 4]]],
    ['assume() {\n  echo\n', [[1, undefined]]],
    ['assume() ( echo )\n', [[1, undefined]]],
    ['assume() { echo; }; other() {\n}\n', [[1, undefined]]],
    [
      'assume() {\nassume() {\n}\n',
      [
        [1, undefined],
        [2, 3],
      ],
    ],
    ['assume-role() {\n}\nfunction assume_x {\n}\n# assume() { x; }\nmyassume() { x; }\n', []],
    ['cat <<END\nassume() { x; }\nEND\n', []],
    ['[ -f x ] && assume() {\n  x\n}\n', [[1, undefined]]],
    ['if x; then function assume { y; }; fi\n', [[1, undefined]]],
    ['x # && assume() {\n$(assume)\nx && assume dev\nx; assume (y)\n', []],
    ['assume() { __assume_run "$@"; }\n', []],
  ])('of %j is found', (text, found) => {
    expect(linesOf(text)).toEqual(found)
  })

  it('ends with "end" in fish', () => {
    const fish = 'function assume --wraps granted\n    if x\n    end\nend\n'
    expect(linesOf(fish, 'functions/assume.fish')).toEqual([[1, 4]])
    expect(linesOf("function 'assume' --wraps granted\n    x\nend\n", 'config.fish')).toEqual([[1, 3]])
    expect(linesOf('function assume; granted $argv; end\n', 'config.fish')).toEqual([[1, 1]])
  })

  it('inside of our block is ours', () => {
    expect(linesOf('# >>> assume >>>\nassume() { x; }\n# <<< assume <<<\n')).toEqual([])
  })

  it('becomes comments, whatever it is inside of goes on, and all comes back', () => {
    const text = 'if x; then\n  assume() {\r\n\n\techo 1\n  }\nfi\nassume() { y; }\n'
    const aside = putFunctionsAside(text, '.zshrc')
    expect(linesOf(aside)).toEqual([])
    expect(aside).toMatch(/^if x; then\n {2}: # put aside by assume setup \(function\): assume\(\) \{\r\n/)
    expect(restoreFunctions(aside)).toBe(text)
    expect(putFunctionsAside(aside, '.zshrc')).toBe(aside)
  })

  it('comes back to the byte from any text', () => {
    const line = fc.constantFrom(
      'assume() {',
      '}',
      '  }',
      'x',
      '',
      '  assume() { a; }',
      'function assume',
      'end',
      '\t{',
      'if x; then\r',
    )
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('.bashrc', 'a.fish', 'p.ps1'), (lines, file) => {
        const text = lines.join('\n')
        expect(restoreFunctions(putFunctionsAside(text, file))).toBe(text)
      }),
    )
  })
})
