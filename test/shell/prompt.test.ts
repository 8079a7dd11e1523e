import { describe, expect, it } from 'vitest'
import { createHome } from '../support/home.ts'
import { describeShells, runScript } from '../support/shell.ts'
import { shells } from '../support/shells/index.ts'

describeShells('the prompt segment', shells, (shell) => {
  /** The segment after some lines. */
  const segmentAfter = (lines: readonly string[], env: Record<string, string> = {}) => {
    const home = createHome()
    home.useExample('sso-session')
    home.logIn('devto-article')
    const result = runScript(shell, home, [...lines, shell.showPrompt], { env })
    expect(result).toMatchObject({ status: 0, stderr: '' })
    return result.stdout.replace(/\n$/, '')
  }

  it('is empty where no profile is active', () => {
    expect(segmentAfter([])).toBe('')
    expect(segmentAfter(['assume dev-profile', 'assume --unset'])).toBe('')
  })

  it('shows what a switch made active', () => {
    expect(segmentAfter(['assume dev-profile'])).toBe('(dev-profile) ')
  })

  it('shows a profile that was there before assume', () => {
    expect(segmentAfter([shell.setExported('AWS_PROFILE', 'other')])).toBe('(other) ')
  })

  it('marks a profile that was set by hand after a switch', () => {
    expect(segmentAfter(['assume dev-profile', shell.setExported('AWS_PROFILE', 'other')])).toBe(
      '(other, by hand) ',
    )
  })

  it('says that there are keys from elsewhere', () => {
    const keys = shell.setExported('AWS_ACCESS_KEY_ID', 'AKIAELSEWHERE')
    expect(segmentAfter([keys])).toBe('(keys from elsewhere) ')
    expect(segmentAfter(['assume dev-profile', shell.unset('AWS_PROFILE'), keys])).toBe(
      '(keys from elsewhere) ',
    )
  })

  it('shows the profile of keys that an earlier switch left in the environment', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'ASIASWITCHED',
      ASSUME_PROFILE: 'exported',
      ASSUME_VARS: 'AWS_ACCESS_KEY_ID ASSUME_PROFILE',
    }
    expect(segmentAfter([], env)).toBe('(exported) ')
    expect(segmentAfter([shell.setExported('AWS_ACCESS_KEY_ID', 'AKIAOTHER')], env)).toBe(
      '(keys from elsewhere) ',
    )
  })

  describe('of keys that a switch set', () => {
    /** Half a minute more than told, so that the minute does not change while the shell starts. */
    const segmentOf = (left: number, env: Record<string, string> = {}) =>
      segmentAfter([], {
        AWS_ACCESS_KEY_ID: 'ASIASWITCHED',
        ASSUME_PROFILE: 'exported',
        ASSUME_EXPIRES_AT: String(Math.floor(Date.now() / 1000) + left + 30),
        ASSUME_VARS: 'AWS_ACCESS_KEY_ID ASSUME_PROFILE ASSUME_EXPIRES_AT',
        ...env,
      })

    it.each([
      [3900, '(exported 1h5m) '],
      [3600, '(exported 1h0m) '],
      [42 * 60, '(exported 42m) '],
      [15, '(exported <1m) '],
      [-60, '(exported expired) '],
    ])('shows how long they are good: %i seconds', (left, segment) => expect(segmentOf(left)).toBe(segment))

    it('shows no time where there is none, or nothing that is one', () => {
      expect(segmentOf(0, { ASSUME_EXPIRES_AT: '' })).toBe('(exported) ')
      expect(segmentOf(0, { ASSUME_EXPIRES_AT: 'a[$(touch ran)0]' })).toBe('(exported) ')
      expect(segmentOf(0, { ASSUME_EXPIRES_AT: '0x10' })).toBe('(exported) ')
    })

    it('shows no time of a profile, whose session renews itself', () => {
      const env = { AWS_PROFILE: 'dev-profile', ASSUME_PROFILE: 'dev-profile' }
      expect(segmentOf(60, env)).toBe('(dev-profile) ')
    })

    it.each([
      [3600, {}, 'cyan'],
      [16 * 60, {}, 'cyan'],
      [14 * 60, {}, 'yellow'],
      [4 * 60, {}, 'red'],
      [-60, {}, 'red'],
      [3600, { ASSUME_STYLE: 'protected' }, 'red'],
    ])('with %i seconds left and %j it is %s', (left, env: Record<string, string>, colour) => {
      expect(colourOf(left, env)).toBe(colour)
    })

    const colourOf = (left: number, env: Record<string, string>): string | undefined => {
      const home = createHome()
      const { stdout } = runScript(shell, home, [shell.showColouredPrompt], {
        env: {
          AWS_ACCESS_KEY_ID: 'ASIASWITCHED',
          ASSUME_PROFILE: 'exported',
          ASSUME_EXPIRES_AT: String(Math.floor(Date.now() / 1000) + left + 30),
          ASSUME_VARS: 'AWS_ACCESS_KEY_ID ASSUME_PROFILE ASSUME_EXPIRES_AT',
          ...env,
        },
      })
      const [, code = ''] = /\u001b\[(?:38;5;)?(\d+)m\S*\(exported/.exec(stdout) ?? []
      return { 36: 'cyan', 33: 'yellow', 31: 'red' }[code]
    }
  })

  it('shows control characters as ?', () => {
    expect(segmentAfter([], { AWS_PROFILE: 'a\u001b]0;x\u0007\nb' })).toBe('(a?]0;x??b) ')
  })
})
