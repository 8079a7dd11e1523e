import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { emitFish, emitFishCall } from '../../src/emit/fish.ts'
import { quoteFish } from '../../src/emit/quote.ts'
import { createHome } from '../support/home.ts'
import { baseEnvironment, describeShells } from '../support/shell.ts'
import { fish } from '../support/shells/fish.ts'

const codePoints = [...Array.from({ length: 255 }, (_, index) => index + 1), 0x2018, 0x2019, 0x201a, 0x201b]
const characters = codePoints.map((codePoint) => String.fromCodePoint(codePoint))

/** What fish prints after it has evaluated `code`, which it reads as the wrapper does; Latin-1, a character a byte. */
function evaluate(code: Buffer | string, after: string, locale: string): string {
  const home = createHome()
  const path = home.write('code', typeof code === 'string' ? Buffer.from(code) : code)
  const script = `read --null code <${quoteFish(path)}; eval $code; or exit 99; ${after}`
  const { status, stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], {
    env: { ...baseEnvironment(home), LANG: locale },
    encoding: 'latin1',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

/** What the function of fish takes from a call: its words, each with a NUL behind it; Latin-1, a character a byte. */
function readWords(call: string): string {
  const home = createHome()
  const path = home.write('call', call)
  const script = `read --null --tokenize --list call <${quoteFish(path)}; printf '%s\\0' $call[2..]`
  return spawnSync('fish', ['--no-config', '-c', script], { env: baseEnvironment(home), encoding: 'latin1' })
    .stdout
}

const latin1 = (text: string) => Buffer.from(text).toString('latin1')

describeShells('what the core emits', [fish], () => {
  it.each(['C.UTF-8', 'C'])('arrives unchanged, each character and all together, in %s', (locale) => {
    const values = [
      ...characters.map((character) => `a${character}b`),
      ...characters,
      characters.join(''),
      '',
    ]
    const set = values.map((value, index) => [`V_${index}`, value] as const)
    const printed = evaluate(emitFish({ set, unset: [] }), 'env -0', locale)
    const entries = printed.split('\0').filter((entry) => entry.startsWith('V_'))
    expect(entries.sort()).toEqual(set.map(([name, value]) => latin1(`${name}=${value}`)).sort())
  })

  it('removes what it should and no more', () => {
    const code = emitFish({ set: [['V_A', '1']], unset: ['V_B', 'V_NEVER'] })
    const printed = evaluate(`set -gx V_B 2\nset -gx V_C 3\n${code}`, 'env -0', 'C.UTF-8')
    expect(
      printed
        .split('\0')
        .filter((entry) => entry.startsWith('V_'))
        .sort(),
    ).toEqual(['V_A=1', 'V_C=3'])
  })

  it('shows no value in a trace, which goes on behind it', () => {
    const home = createHome()
    const path = home.write('code', emitFish({ set: [['V_A', 'hidden']], unset: ['V_B'] }))
    const script = `set -gx V_B 1; set -g fish_trace 1; cat ${path} | source; true "$V_A<$V_B>"`
    const { stderr } = spawnSync('fish', ['--no-config', '-c', script], {
      env: baseEnvironment(home),
      encoding: 'utf8',
    })
    expect(stderr).toMatch(/ true 'hidden<>'\n$/)
    expect(stderr.match(/hidden/g)).toHaveLength(1)
  })

  it.each(['eval', 'read'])('is one call with the same words, taken by %s', (way) => {
    const call = emitFishCall({
      change: { set: characters.map((character, index) => [`V_${index}`, character]), unset: ['V_B', 'V_C'] },
      repeat: ['--profile=--x y', ...characters],
      message: characters.join(''),
    })
    const stub = "function __assume_apply; printf '%s\\0' $argv; end\n"
    const words = (way === 'eval' ? evaluate(stub + call, '', 'C.UTF-8') : readWords(call)).split('\0')
    expect(words).toEqual([
      latin1(characters.join('')),
      '--profile=--x y',
      ...characters.map(latin1),
      '--',
      ...characters.map((character, index) => latin1(`V_${index}=${character}`)),
      'V_B',
      'V_C',
      '',
    ])
  })

  it.each(['C.UTF-8', 'C'])('quotes every byte in %s', (locale) => {
    const bytes = characters.slice(0, 255)
    const values = [...bytes, bytes.join(''), bytes.reverse().join('')]
    const code = values.map((value, index) => `set -gx V_${index} ${quoteFish(value)}\n`).join('')
    const entries = evaluate(Buffer.from(code, 'latin1'), 'env -0', locale).split('\0')
    for (const [index, value] of values.entries()) expect(entries).toContain(`V_${index}=${value}`)
  })
})
