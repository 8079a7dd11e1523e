import { describe, expect, it } from 'vitest'
import { createHome } from '../support/home.ts'
import { describeShells, runScript, type Shell } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { hostedShells as shells } from '../support/shells/index.ts'
import { zsh } from '../support/shells/zsh.ts'

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

  /** The segment after each of some lines. */
  const segmentsAfter = (lines: readonly string[], env: Record<string, string> = {}) =>
    segmentAfter(lines.flatMap((line) => [line, shell.showPrompt]).slice(0, -1), env).split('\n')

  it('is empty where no profile is active', () => {
    expect(segmentAfter([])).toBe('')
    expect(segmentAfter(['assume dev-profile', 'assume --unset'])).toBe('')
  })

  it('shows what a switch made active', () => {
    expect(segmentAfter(['assume dev-profile'])).toBe('(dev-profile) ')
  })

  it('says by hand of a profile that no switch set', () => {
    const set = shell.setExported
    expect(
      segmentsAfter([
        set('AWS_PROFILE', 'p'),
        set('ASSUME_VARS', 'AWS_PROFILE ASSUME_PROFILE'),
        set('ASSUME_PROFILE', 'p'),
        set('AWS_PROFILE', 'q'),
        set('AWS_PROFILE', 'P'),
        set('AWS_PROFILE', 'p\u00ad'),
        set('AWS_PROFILE', 'p'),
        set('ASSUME_VARS', 'ASSUME_PROFILE'),
        set('ASSUME_VARS', 'MY_AWS_PROFILE AWS_PROFILES'),
        set('ASSUME_VARS', 'AWS_PROFILE'),
        set('AWS_PROFILE', ''),
      ]),
    ).toEqual([
      '(p, by hand) ',
      '(p, by hand) ',
      '(p) ',
      '(q, by hand) ',
      '(P, by hand) ',
      '(p\u00ad, by hand) ',
      '(p) ',
      '(p, by hand) ',
      '(p, by hand) ',
      '(p) ',
      '',
    ])
  })

  it('says so after a switch, and no longer after the next', () => {
    expect(
      segmentsAfter([
        'assume dev-profile',
        shell.setExported('AWS_PROFILE', 'test-profile'),
        'assume test-profile',
        'assume --unset',
      ]),
    ).toEqual(['(dev-profile) ', '(test-profile, by hand) ', '(test-profile) ', ''])
  })

  it('says that there are keys from elsewhere, also beside a profile', () => {
    const keys = shell.setExported('AWS_ACCESS_KEY_ID', 'AKIAELSEWHERE')
    expect(
      segmentsAfter([
        keys,
        'assume dev-profile',
        keys,
        shell.unset('AWS_PROFILE'),
        shell.setExported('AWS_PROFILE', 'other'),
        shell.setExported('AWS_ACCESS_KEY_ID', ''),
        shell.setExported('AWS_SECRET_ACCESS_KEY', 'without the other half'),
      ]),
    ).toEqual([
      '(keys from elsewhere) ',
      '(dev-profile) ',
      '(dev-profile, but keys from elsewhere) ',
      '(keys from elsewhere) ',
      '(other, but keys from elsewhere) ',
      '(other, by hand) ',
      '(other, by hand) ',
    ])
  })

  it('knows the keys that a switch left in the environment from others', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'ASIASWITCHED',
      ASSUME_PROFILE: 's',
      ASSUME_VARS: 'AWS_ACCESS_KEY_ID ASSUME_PROFILE',
    }
    const set = shell.setExported
    expect(
      segmentsAfter(
        [
          shell.load,
          set('AWS_PROFILE', 'p'),
          set('AWS_PROFILE', 's'),
          set('AWS_ACCESS_KEY_ID', 'asiaswitched'),
          shell.load,
          set('AWS_PROFILE', ''),
          set('AWS_ACCESS_KEY_ID', 'ASIASWITCHED'),
          set('ASSUME_PROFILE', ''),
          set('AWS_PROFILE', 'p'),
          shell.unset('AWS_ACCESS_KEY_ID'),
        ],
        env,
      ),
    ).toEqual([
      '(s) ',
      '(p, but keys of s) ',
      '(s, but keys of s) ',
      '(s, but keys from elsewhere) ',
      '(s, but keys from elsewhere) ',
      '(keys from elsewhere) ',
      '(s) ',
      '(keys from elsewhere) ',
      '(p, but keys from elsewhere) ',
      '(p, by hand) ',
    ])
    expect(segmentsAfter([shell.load], { ...env, ASSUME_VARS: 'MY_AWS_ACCESS_KEY_ID' })).toEqual([
      '(keys from elsewhere) ',
    ])
  })

  it('shows a profile as it is called', () => {
    const names = ['!', '(', '-n', '=', '*', 'a  b', '%n', '\\u', '$(touch PWN)', '${HOME}', '[x']
    const lines = names.flatMap((name) => [
      shell.setExported('ASSUME_PROFILE', name),
      shell.setExported('AWS_PROFILE', name),
    ])
    const env = { ASSUME_VARS: 'AWS_PROFILE' }
    const shown = segmentsAfter(lines, env).filter((_, index) => index % 2 === 1)
    expect(shown).toEqual(names.map((name) => `(${name}) `))
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

    it('shows no time of a profile, whose session renews itself, nor of keys beside one', () => {
      const env = { AWS_PROFILE: 'dev-profile', ASSUME_PROFILE: 'dev-profile' }
      const vars = 'AWS_PROFILE ASSUME_PROFILE ASSUME_EXPIRES_AT'
      expect(segmentOf(60, { ...env, AWS_ACCESS_KEY_ID: '', ASSUME_VARS: vars })).toBe('(dev-profile) ')
      expect(segmentOf(60, { AWS_PROFILE: 'p' })).toBe('(p, but keys of exported) ')
    })

    it.each([
      [3600, {}, 'cyan'],
      [16 * 60, {}, 'cyan'],
      [14 * 60, {}, 'yellow'],
      [4 * 60, {}, 'red'],
      [-60, {}, 'red'],
      [3600, { ASSUME_STYLE: 'protected' }, 'red'],
      [3600, { AWS_PROFILE: 'exported' }, 'red'],
      [14 * 60, { AWS_PROFILE: 'exported' }, 'red'],
      [3600, { AWS_PROFILE: 'exported', ASSUME_VARS: '' }, 'red'],
      [60, { AWS_PROFILE: 'exported', AWS_ACCESS_KEY_ID: '' }, 'cyan'],
      [60, { ASSUME_VARS: '', ASSUME_PROFILE: '' }, 'cyan'],
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
      const [, code = ''] = /\u001b\[(?:38;5;)?(\d+)m\S*\((?:exported|keys from)/.exec(stdout) ?? []
      return { 36: 'cyan', 33: 'yellow', 31: 'red' }[code]
    }
  })

  it('shows control characters as ?', () => {
    const name = 'a\u001b]0;x\u0007\nb'
    expect(segmentAfter([], { AWS_PROFILE: name })).toBe('(a?]0;x??b, by hand) ')
    const keys = { AWS_ACCESS_KEY_ID: 'ASIASWITCHED', ASSUME_PROFILE: name, ASSUME_VARS: 'AWS_ACCESS_KEY_ID' }
    expect(segmentAfter([], { ...keys, AWS_PROFILE: 'p' })).toBe('(p, but keys of a?]0;x??b) ')
  })

  it.runIf(shell.setUnexported)('shows nothing that is not exported, which no tool sees', () => {
    const { setUnexported = shell.setExported, setExported } = shell
    expect(
      segmentsAfter([
        setUnexported('AWS_PROFILE', 'p'),
        setExported('AWS_ACCESS_KEY_ID', 'AKIAELSEWHERE'),
        setExported('AWS_PROFILE', 'p'),
        setUnexported('AWS_SECRET_ACCESS_KEY', 'x'),
        shell.unset('AWS_ACCESS_KEY_ID'),
        setUnexported('AWS_ACCESS_KEY_ID', 'AKIAELSEWHERE'),
        shell.unset('AWS_PROFILE'),
      ]),
    ).toEqual([
      '',
      '(keys from elsewhere) ',
      '(p, but keys from elsewhere) ',
      '(p, but keys from elsewhere) ',
      '(p, by hand) ',
      '(p, by hand) ',
      '',
    ])
  })

  it('is the same under strict options', () => {
    const lines = [
      shell.unset('AWS_ACCESS_KEY_ID'),
      shell.setExported('AWS_PROFILE', 'P'),
      shell.setExported('ASSUME_PROFILE', 'p'),
      shell.setExported('ASSUME_VARS', 'AWS_PROFILE'),
      shell.setExported('AWS_PROFILE', 'p'),
      shell.setExported('AWS_ACCESS_KEY_ID', 'AKIA'),
      shell.unset('AWS_PROFILE'),
      shell.unset('AWS_ACCESS_KEY_ID'),
    ]
    const env = { AWS_ACCESS_KEY_ID: 'akia', ASSUME_VARS: 'AWS_ACCESS_KEY_ID' }
    expect(segmentsAfter([strict[shell.name], ...lines], env)).toEqual([
      '(keys from elsewhere) ',
      '',
      '(P, by hand) ',
      '(P, by hand) ',
      '(P, by hand) ',
      '(p) ',
      '(p, but keys from elsewhere) ',
      '(keys from elsewhere) ',
      '',
    ])
  })
})

describeShells('the prompt segment', [bash], (shell) => {
  it('tells readline that its colours take no room, all of them and nothing else', () => {
    const env = { AWS_PROFILE: 'p', ASSUME_PROFILE: 'p', ASSUME_VARS: 'AWS_PROFILE' }
    const show = (more: Record<string, string>) =>
      runScript(shell, createHome(), ['__assume_update_prompt; printf "%s" "$assume_prompt"'], {
        env: { ...env, ...more },
      }).stdout
    expect(show({})).toBe('\u0001\u001b[36m\u0002(p) \u0001\u001b[0m\u0002')
    expect(show({ NO_COLOR: '1' })).toBe('(p) ')
    expect(show({ TERM: 'dumb' })).toBe('(p) ')
  })
})

describeShells('the prompt segment', [zsh], (shell) => {
  const env = { AWS_PROFILE: '%n%F{red}$(touch PWN)', ASSUME_STYLE: 'protected' }

  it('is text in a prompt with prompt_subst too', () => {
    const home = createHome()
    const lines = [
      'setopt prompt_subst; PROMPT=\'${assume_prompt}\'; __assume_update_prompt; print -rP -- "$PROMPT"',
    ]
    expect(runScript(shell, home, lines, { env }).stdout).toBe(`(${env.AWS_PROFILE}, by hand) \n`)
  })

  it.each([
    [{}, '[%m] '],
    [{ NO_COLOR: '1' }, '[%m] '],
    [{}, '%9v%~ '],
  ])('with %j in front of %s leaves nothing of it when the plugin is unloaded', (more, prompt) => {
    const lines = [
      `PROMPT='${prompt}'; psvar=(mine); typeset -ga precmd_functions`,
      shell.load,
      '__assume_place_prompt; __assume_update_prompt; assume_plugin_unload',
      'print -r -- "<$PROMPT> <${(j:,:)psvar}>"; print -r -- ${(k)parameters[(I)*assume*]} ${(k)functions[(I)*assume*]}',
    ]
    const result = runScript(shell, createHome(), lines, { env: { ...env, ...more } })
    const rest = prompt.replace('%9v', '')
    expect(result).toEqual({ status: 0, stdout: `<${rest}> <mine${','.repeat(10)}>\n\n`, stderr: '' })
  })
})

const strict: Record<Shell['name'], string> = {
  bash: 'set -euo pipefail; shopt -s nocasematch extglob nullglob; IFS=PASW_',
  zsh: 'setopt err_exit no_unset pipe_fail ksh_arrays no_case_match; IFS=PASW_',
  fish: 'true',
  pwsh: "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'",
}
