import { describe, expect, it } from 'vitest'
import { formatBanner } from '../../src/sandbox/banner.ts'

describe('the banner', () => {
  const of = (columns?: number) => `assume: ${formatBanner('page', columns)}`

  it('is three lines at 80 columns, and where nobody knows', () => {
    expect(of().split('\n')).toHaveLength(3)
    expect(of(80)).toBe(of())
    expect(of(200)).toBe(of())
  })

  it.each(['page', 'code', 'at once'] as const)('breaks no word on a narrow terminal (%s)', (login) => {
    const words = (text: string) => text.split(/\s+/)
    for (let columns = 20; columns < 80; columns += 1) {
      const lines = `assume: ${formatBanner(login, columns)}`.split('\n')
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns)
      expect(words(lines.join('\n'))).toEqual(words(`assume: ${formatBanner(login)}`))
      for (const command of [
        'assume dev-p<TAB>',
        'assume list',
        'assume -',
        'assume --unset',
        'assume --help',
      ])
        expect(lines.some((line) => line.includes(`  ${command}`))).toBe(true)
    }
  })
})
