import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { comparePeers } from '../../scripts/bench/comparison.mjs'
import { formatSpeedPage, readSpeedReport } from '../../scripts/bench/speed-page.mjs'

const readDoc = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8')

describe('docs/speed.md', () => {
  it('and its chart are what the benchmark makes of its figures', () => {
    const { page, chart } = formatSpeedPage(readSpeedReport())
    expect(readDoc('speed.md')).toBe(page)
    expect(readDoc('speed.svg')).toBe(chart)
    expect(page).not.toMatch(/\{\{|undefined|NaN/)
  })

  it('has a chart that is well-formed XML', () => {
    const open: string[] = []
    const rest = readDoc('speed.svg').replace(
      /<(\/?)(\w+)((?:\s+[\w-]+="[^"<&]*")*)\s*(\/?)>/g,
      (_, closes, name, attributes, isEmpty) => {
        if (closes) expect(open.pop()).toBe(name)
        else if (!isEmpty) open.push(name)
        return attributes === undefined ? '?' : ''
      },
    )
    expect(open).toEqual([])
    expect(rest).not.toMatch(/[<&]/)
  })
})

describe('a comparison', () => {
  const figure = { what: 'assume list', profiles: 1000, true: 50 }
  const listBars = (peers: readonly object[]) =>
    comparePeers({ figures: [figure], peers }).find(({ title }) => title === 'List the profiles')?.bars

  it('shows what the run has measured, and the record of another day where it has not', () => {
    const peer = { job: 'assume list', tool: 'aws', profiles: 1000, true: 40 }
    expect(listBars([peer])).toEqual([
      { label: 'aws-vault', true: 29, dated: true },
      { label: 'AWS CLI', true: 40 },
      { label: 'assume list', true: 50, isOurs: true },
      { label: 'awsume', true: 209, dated: true },
    ])
  })

  it('is of 1,000 profiles', () => {
    const peer = { job: 'assume list', tool: 'aws', profiles: 10_000, true: 40 }
    expect(listBars([peer])).toContainEqual({ label: 'AWS CLI', true: 380, dated: true })
  })
})
