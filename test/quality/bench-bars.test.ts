import { describe, expect, it } from 'vitest'
import { judge } from '../../scripts/bench/bars.mjs'
import { summarize } from '../../scripts/bench/statistics.mjs'

interface Judged {
  readonly bar?: Readonly<Record<string, number>>
  readonly met?: boolean
}

const judgeFigure = (figure: object) => judge({ profiles: 1000, milliseconds: 1, ...figure }) as Judged

describe('a bar', () => {
  it.each([
    ['within it', { true: 1.99, processes: 0 }, true],
    ['at it', { true: 2, processes: 0 }, true],
    ['above it', { true: 2.01, processes: 0 }, false],
    ['with a process', { true: 1, processes: 1 }, false],
  ])('is met or missed: %s', (_, figure, met) => {
    const judged = judgeFigure({ what: 'assume NAME', shell: 'bash', ...figure })
    expect(judged).toMatchObject({ bar: { processes: 0, true: 2 }, met })
  })

  it.each([
    ['assume NAME', 'zsh', 10, { processes: 0, true: 2 }],
    ['assume NAME', 'zsh', 10_000, { processes: 0, true: 3 }],
    ['assume NAME', 'fish', 1000, { processes: 0, true: 3 }],
    ['assume NAME', 'fish', 1001, { processes: 0, true: 4 }],
    ['TAB', 'bash', 10_000, { processes: 0, true: 60 }],
    ['TAB', 'fish', 10_000, { processes: 0, true: 75 }],
    ['assume exec NAME -- COMMAND, typed', 'pwsh', 10_000, { processes: 0, true: 6 }],
    ['loading the shell file', 'bash', 10_000, { processes: 0, true: 3 }],
    ['loading the shell file', 'pwsh', 10_000, { processes: 0, empty: 1.5 }],
    ['assume --unset', 'pwsh', 10_000, { processes: 0, switch: 1.1 }],
    ['assume credential-process NAME, kept keys', 'dash as sh', 10_000, { true: 6 }],
    ['assume status', undefined, 10_000, { node: 1.5 }],
    ['assume list', undefined, 1000, { node: 1.5 }],
    ['assume list', undefined, 10_000, { node: 4 }],
    ['assume list, index rebuilt', undefined, 10_000, { node: 8 }],
  ])('of "%s" in %s with %i profiles', (what, shell, profiles, bar) => {
    const figure = { what, shell, profiles, processes: 0, true: 1, node: 1, switch: 1, empty: 1 }
    expect(judgeFigure(figure)).toMatchObject({ met: true })
    expect(judgeFigure(figure).bar).toEqual(bar)
  })

  it('stands only against what has been measured', () => {
    const judged = judgeFigure({ what: 'prompt segment', shell: 'bash', true: 0.4 })
    expect(judged.bar).toEqual({ true: 0.5 })
    expect(judged.met).toBe(true)
  })

  it.each([
    ['assume --export NAME, kept keys', 10],
    ['assume list', 10_001],
  ])('is not given to every figure: "%s" with %i profiles', (what, profiles) => {
    const figure = { what, profiles, milliseconds: 1, node: 99, true: 99 }
    expect(judge(figure)).toEqual(figure)
  })
})

it('a figure is the median of its times, and of its ratios in each round', () => {
  const rounds = [
    { own: 2, true: 1, node: 20 },
    { own: 30, true: 10, node: 100 },
    { own: 4, true: 1, node: 20 },
  ]
  expect(summarize(rounds)).toEqual({ milliseconds: 4, true: 3, node: 0.2 })
})
