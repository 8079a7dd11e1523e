import { readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readUses, recordUse } from '../../src/index/uses.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createContext } from '../support/context.ts'
import { createHome } from '../support/home.ts'

const limit = 64 * 1024
const line = (index: number) => `${String(index).padStart(7, '0')}\tp\n`

function start(history?: string) {
  const home = createHome()
  const path = join(home.path, '.local/state/assume/history')
  if (history !== undefined) home.write('.local/state/assume/history', history)
  const context = createContext(home, { now: () => 2_000_000_000_000 })
  const paths = locatePaths(context.env, context.platform)
  return {
    home,
    path,
    record: (name: string) => recordUse(context, paths, name),
    uses: () => readUses(context, paths),
  }
}

const added = '2000000000\tdev\n'

it('the history is made for the user alone, and grows by a line at each use', () => {
  const { path, record, uses } = start()
  record('dev')
  record('two words')
  expect(readFileSync(path, 'utf8')).toBe(`${added}2000000000\ttwo words\n`)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect([...uses()]).toEqual([
    ['dev', 1],
    ['two words', 1],
  ])
})

it('loses its older half, by whole lines, once it is 64 KiB long', () => {
  const count = Math.ceil(limit / line(0).length)
  const lines = Array.from({ length: count }, (_, index) => line(index))
  const short = start(lines.slice(1).join(''))
  short.record('dev')
  expect(readFileSync(short.path, 'utf8')).toBe(lines.slice(1).join('') + added)

  const full = start(lines.join(''))
  full.record('dev')
  const kept = readFileSync(full.path, 'utf8')
  expect(kept.endsWith(`${lines.at(-1)}${added}`)).toBe(true)
  const first = lines.findIndex((each) => kept.startsWith(each))
  expect(kept).toBe(lines.slice(first).join('') + added)
  expect(Math.abs(first - count / 2)).toBeLessThanOrEqual(1)
  full.record('dev')
  expect(readFileSync(full.path, 'utf8')).toBe(kept + added)
})

it('is not written through a link, and takes no name that would break its lines', () => {
  const { home, path, record } = start('')
  for (const name of ['a\tb', 'a\nb']) record(name)
  expect(readFileSync(path, 'utf8')).toBe('')
  const other = home.write('other', 'mine\n')
  rmSync(path)
  symlinkSync(other, path)
  record('dev')
  expect(readFileSync(other, 'utf8')).toBe('mine\n')
  expect(readFileSync(path, 'utf8')).toBe(added)
})
