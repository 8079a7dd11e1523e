import { describe, expect, it } from 'vitest'
import { applyChange, removeSwitch, replaceSwitch } from '../../src/emit/change.ts'
import { formatRequest, noOptions } from '../../src/switch/request.ts'
import { parseDuration } from '../../src/text/time.ts'
import { createRegion } from '../support/region.ts'

describe('what an earlier switch set', () => {
  it('is gone from the environment that the next one starts from', () => {
    const env = { AWS_PROFILE: 'a', AWS_REGION: 'b', KEPT: 'c', ASSUME_VARS: 'AWS_PROFILE AWS_REGION' }
    expect(removeSwitch(env)).toEqual({ KEPT: 'c' })
    expect(applyChange(env, { set: [['AWS_PROFILE', 'd']], unset: ['KEPT'] })).toEqual({ AWS_PROFILE: 'd' })
  })

  it('is removed with the next one, unless that sets it again', () => {
    const env = { ASSUME_VARS: 'AWS_PROFILE OLD PATH x[1]' }
    const change = { set: [['AWS_PROFILE', 'd']], unset: ['AWS_VAULT'] } as const
    expect(replaceSwitch(env, change)).toEqual({
      set: change.set,
      unset: ['OLD', 'ASSUME_VARS', 'AWS_VAULT'],
    })
  })

  it('is not what an ASSUME_VARS from elsewhere claims', () => {
    const env = {
      HOME: '/h',
      PATH: '/bin',
      LD_PRELOAD: 'x',
      X: '1',
      ASSUME_VARS: 'HOME PATH LD_PRELOAD a[0] X OPTIND UID status _assume_code',
    }
    expect(applyChange(env, { set: [], unset: [] })).toEqual({ HOME: '/h', PATH: '/bin', LD_PRELOAD: 'x' })
    expect(replaceSwitch(env, { set: [], unset: [] })).toEqual({ set: [], unset: ['X', 'ASSUME_VARS'] })
  })
})

describe('the words that repeat a switch', () => {
  it('ask for the same again, but for what is good once', () => {
    const all = {
      region: createRegion('eu-west-1'),
      exports: true,
      roleArn: 'arn:aws:iam::123456789012:role/Deploy',
      durationSeconds: 900,
      mfaCode: '123456',
      refresh: true,
      noLogin: true,
      saysYes: true,
    }
    expect(formatRequest({ name: 'a b' }, all)).toEqual([
      '--profile=a b',
      '--region=eu-west-1',
      '--export',
      '--role=arn:aws:iam::123456789012:role/Deploy',
      '--duration=900s',
      '--no-login',
    ])
    expect(formatRequest({ name: 'a' }, noOptions)).toEqual(['--profile=a'])
  })

  it('name an account and a role where there is no profile', () => {
    const subject = { accountId: '123456789012', roleName: 'Admin' }
    expect(formatRequest(subject, { ...noOptions, exports: true })).toEqual([
      '--account=123456789012',
      '--role-name=Admin',
    ])
    expect(formatRequest({ ...subject, session: 's' }, noOptions)).toContain('--session=s')
  })
})

describe('a duration', () => {
  it.each([
    ['1h', 3600],
    ['90m', 5400],
    ['1h30m', 5400],
    ['900s', 900],
    ['3600', 3600],
    ['', undefined],
    ['0', undefined],
    ['1d', undefined],
    ['-1h', undefined],
    ['1.5h', undefined],
    ['m', undefined],
  ])('%j is %j seconds', (text, seconds) => expect(parseDuration(text)).toBe(seconds))
})
