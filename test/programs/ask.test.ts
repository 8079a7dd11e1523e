import { existsSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { askProgram } from '../../src/programs/ask.ts'
import { createHome, type Home } from '../support/home.ts'

let home: Home
let lines: string[]
beforeEach(() => {
  home = createHome()
  lines = []
})

const { PATH } = process.env
/** The longest of these takes a blink of it. */
const limit = 20_000

/** Asks `sh` apart from the terminal. */
function ask(script: string, signal = new AbortController().signal) {
  const partner = {
    input: 'in',
    answersOn: 'stdout' as const,
    onLine: (line: string) => void lines.push(line),
  }
  return askProgram('sh', ['-c', script], { env: { PATH }, limit, signal, partner })
}

describe('a program that is asked', () => {
  it('gives its answer, what it says line by line, and how it ended', async () => {
    expect(await ask(`cat; printf 'a\\r\\nb' >&2; exit 7`)).toEqual({ text: 'in', end: { status: 7 } })
    expect(lines).toEqual(['a', 'b'])
    expect((await ask('kill -TERM $$')).end).toEqual({ signal: 'SIGTERM' })
  })

  it('is not waited for because of what it leaves behind', async () => {
    const { text, end } = await ask('sleep 1000 & echo $!')
    expect([text, end]).toEqual([expect.stringMatching(/^\d+\n$/), { status: 0 }])
    process.kill(Number(text))
  })

  it('ends with the user’s patience, and is not even started when that has ended', async () => {
    const controller = new AbortController()
    const reason = new Error('cancelled')
    const asked = ask('echo begun >&2; exec sleep 30', controller.signal)
    controller.abort(reason)
    await expect(asked).rejects.toBe(reason)
    await expect(ask(`touch '${home.path}/begun'`, AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(existsSync(`${home.path}/begun`)).toBe(false)
  })

  it('is ended at once: whoever hears of the same Ctrl-C may end this process', async () => {
    const controller = new AbortController()
    const asked = ask('echo begun >&2; exec sleep 30', controller.signal).catch(() => 'ended')
    await vi.waitUntil(() => lines.length > 0, { timeout: 100_000 })
    const kill = vi.spyOn(process, 'kill')
    controller.abort()
    expect(kill).toHaveBeenCalledWith(expect.any(Number), 'SIGKILL')
    kill.mockRestore()
    expect(await asked).toBe('ended')
  })

  it('has to be there, and need not read what it is told', async () => {
    const partner = { input: 'x'.repeat(1e6), answersOn: 'stdout' as const, onLine: () => {} }
    const start = (program: string) => askProgram(program, [], { env: {}, limit, partner })
    expect(await start(`${home.path}/nothing`)).toEqual({ text: '', end: { failure: 'not-found' } })
    expect(await start(home.path)).toEqual({ text: '', end: { failure: 'not-executable' } })
    expect(await start('a\0b')).toEqual({ text: '', end: { failure: 'not-executable' } })
    expect(await start('/bin/true')).toEqual({ text: '', end: { status: 0 } })
  })

  it('has the environment that it is given, and talks with nobody unless it is told', async () => {
    const script = 'cat; echo "$OWN-$HOME" | tee /dev/stderr'
    const question = { env: { PATH, OWN: '1', HOME: undefined }, limit }
    expect(await askProgram('sh', ['-c', script], question)).toEqual({ text: '1-\n', end: { status: 0 } })
  })
})
