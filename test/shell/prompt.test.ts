import { expect, it } from 'vitest'
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

  it('shows control characters as ?', () => {
    expect(segmentAfter([], { AWS_PROFILE: 'a\u001b]0;x\u0007\nb' })).toBe('(a?]0;x??b) ')
  })
})
