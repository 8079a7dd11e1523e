import { describe, expect, it } from 'vitest'
import type { Switch } from '../../src/emit/change.ts'
import { callArguments } from '../../src/emit/posix.ts'
import { AssumeError } from '../../src/errors.ts'
import { describeFailedRenewal } from '../../src/switch/failed-renewal.ts'
import { findRenewalTime, planKeyRenewal } from '../../src/switch/key-renewal.ts'

const minute = 60_000
const now = Date.UTC(2026, 10, 10, 12)

describe('the time from which keys are renewed', () => {
  /** Seconds before their end. */
  const lead = (left: number) => (now + left) / 1000 - (findRenewalTime(now + left, now) ?? Number.NaN)

  it('is a quarter of an hour before their end, or the last quarter of what is left of them', () => {
    expect(lead(12 * 60 * minute)).toBe(15 * 60 - 1)
    expect(lead(60 * minute)).toBe(15 * 60 - 1)
    expect(lead(20 * minute)).toBe(5 * 60 - 1)
    expect(lead(4_000)).toBe(0)
  })

  it('is behind the end of keys that have ended, and never where they have none', () => {
    expect(lead(-minute)).toBe(-1)
    expect(findRenewalTime(undefined, now)).toBeUndefined()
  })

  it('is a whole second at which no cache hands out the same keys again', () => {
    const expiresAt = now + 60 * minute + 999
    const at = findRenewalTime(expiresAt, now) ?? 0
    expect(Number.isInteger(at)).toBe(true)
    expect(expiresAt - at * 1000).toBeLessThan(15 * minute)
  })
})

describe('a renewal', () => {
  const end = String((now + 60 * minute) / 1000)
  const plan: Switch = {
    change: {
      set: [
        ['AWS_ACCESS_KEY_ID', 'ASIANEW'],
        ['ASSUME_EXPIRES_AT', end],
        ['AWS_REGION', 'eu-west-1'],
        ['AWS_DEFAULT_REGION', 'eu-west-1'],
        ['MY_VARIABLE', 'of a plugin'],
      ],
      unset: ['AWS_SESSION_TOKEN', 'AWS_ROLE_ARN', 'AWS_PROFILE', 'AWS_VAULT'],
    },
    repeat: ['--profile=p'],
    message: 'p',
    renewAt: 7,
  }
  const env = {
    AWS_ACCESS_KEY_ID: 'ASIAOLD',
    AWS_SESSION_TOKEN: 'old',
    ASSUME_EXPIRES_AT: String(now / 1000),
    AWS_REGION: 'us-west-2',
    AWS_ROLE_ARN: 'by hand',
    MY_VARIABLE: 'x',
  }

  it('leaves what has been set by hand since, and names all that the switch names', () => {
    const { change, renewAt } = planKeyRenewal({ plan, profileName: 'p' }, env, now)
    expect(renewAt).toBe(7)
    expect(Object.fromEntries(change.set)).toEqual({
      AWS_ACCESS_KEY_ID: 'ASIANEW',
      ASSUME_EXPIRES_AT: end,
      MY_VARIABLE: 'of a plugin',
      AWS_REGION: 'us-west-2',
      AWS_ROLE_ARN: 'by hand',
    })
    expect([...change.unset].sort()).toEqual([
      'AWS_DEFAULT_REGION',
      'AWS_PROFILE',
      'AWS_SESSION_TOKEN',
      'AWS_VAULT',
    ])
  })

  it('says until when the new keys are good', () => {
    expect(planKeyRenewal({ plan, profileName: 'p' }, env, now).message).toMatch(
      /^assume: p · new keys until \d\d:\d\d$/,
    )
  })

  it('fails with keys that do not end later, which would be asked for at every prompt', () => {
    expect(() => planKeyRenewal({ plan, profileName: 'p' }, { ...env, ASSUME_EXPIRES_AT: end }, now)).toThrow(
      'there are none yet that end later',
    )
  })

  it('is said to a function before all names, as one that those of earlier versions pass over', () => {
    expect(callArguments({ ...plan, change: { set: [['A', '1']], unset: ['B'] } })).toEqual([
      'p',
      '--profile=p',
      '--',
      '__assume_renew_at=7',
      'A=1',
      'B',
    ])
  })
})

describe('a renewal that fails', () => {
  const describeWith = (error: AssumeError, ...words: string[]) =>
    describeFailedRenewal(error, 'p', words, (word) => `<${word}>`)

  it('says in one line why, and the command', () => {
    const network = new AssumeError('network', 'no answer\n  of sts', { hint: 'assume doctor --online' })
    expect(describeWith(network, '--profile=a b', '--export')).toBe(
      'no new keys for p: no answer of sts: assume <--export> <a b>',
    )
    expect(describeWith(network, '--account=1', '--role-name=R', '--no-login')).toBe(
      'no new keys for p: no answer of sts: assume <--account=1> <--role-name=R> <--no-login>',
    )
  })

  it('says the login that is needed, and nothing of a terminal that there is', () => {
    const hint = (quote: (word: string) => string) => `assume login ${quote('s')}`
    const error = new AssumeError(
      'login-needed',
      'a login to s is needed, and there is no terminal to do it on',
      { hint },
    )
    expect(describeWith(error, '--profile=p')).toBe(
      'no new keys for p: a login to s is needed: assume login <s>',
    )
    const guard = new AssumeError('confirmation-needed', 'plugin g: sure?; there is no terminal to ask on')
    expect(describeWith(guard, '--profile=p')).toBe('no new keys for p: plugin g: sure?: assume <p>')
    const code = new AssumeError('mfa-needed', 'an MFA code of d is needed, and there is nobody to ask')
    expect(describeWith(code, '--profile=p')).toBe(
      'no new keys for p: an MFA code of d is needed: assume <p>',
    )
  })
})
