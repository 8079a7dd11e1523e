import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isKeptByShells } from '../../src/emit/variable-name.ts'
import type { EnvPlan } from '../../src/plugins/api.ts'
import { type AcceptedPlans, acceptPlan, noPlans } from '../../src/plugins/variable-plan.ts'
import { repository } from '../support/home.ts'

function accept(plans: AcceptedPlans, owner: string, plan: EnvPlan): AcceptedPlans {
  const result = acceptPlan(plans, owner, plan, undefined)
  if ('fault' in result) throw new Error(result.fault)
  return result.plans
}

function faultOf(plan: EnvPlan, agreed?: readonly string[]): string | undefined {
  const result = acceptPlan(noPlans, 'kube', plan, agreed)
  return 'fault' in result ? result.fault : undefined
}

describe('plans', () => {
  it('become one, each with its owner', () => {
    const first = accept(noPlans, 'kube', { set: { KUBECONFIG: '/k' }, unset: ['KUBE_OLD', 'KUBE_OLD'] })
    const both = accept(first, 'vars', { set: { A: '1', B: '' }, secret: ['A'] })
    expect(both.set).toEqual([
      ['KUBECONFIG', '/k'],
      ['A', '1'],
      ['B', ''],
    ])
    expect(both.unset).toEqual(['KUBE_OLD'])
    expect([...both.secret]).toEqual(['A'])
    expect(both.owners.get('KUBE_OLD')).toBe('kube')
  })

  it('that name a variable of another plugin are refused, whichever way round', () => {
    const first = accept(noPlans, 'kube', { set: { A: '1' }, unset: ['B'] })
    for (const plan of [{ set: { A: '1' } }, { unset: ['A'] }, { set: { B: '' } }, { unset: ['B'] }]) {
      expect(acceptPlan(first, 'vars', plan, undefined)).toEqual({
        fault: expect.stringMatching(/^[AB] belongs to plugin kube$/),
      })
    }
  })

  it.each<[string, EnvPlan, string]>([
    ['a name with a command', { set: { 'PATH; rm -rf': '' } }, '"PATH; rm -rf" is no name of a variable'],
    ['an empty name', { unset: [''] }, '"" is no name of a variable'],
    ['a name with a line feed', { set: { 'A\n': '' } }, '"A\\n" is no name of a variable'],
    ['a name that is an index', { set: { 'a[$(id)]': '' } }, '"a[$(id)]" is no name of a variable'],
    ['a key', { set: { AWS_SECRET_ACCESS_KEY: 'x' } }, "AWS_SECRET_ACCESS_KEY is assume's own to set"],
    ['a removed key', { unset: ['AWS_SESSION_TOKEN'] }, "AWS_SESSION_TOKEN is assume's own to set"],
    ['the profile', { set: { AWS_PROFILE: 'x' } }, "AWS_PROFILE is assume's own to set"],
    ['the region', { set: { AWS_REGION: 'x' } }, "AWS_REGION is assume's own to set"],
    ['the files', { set: { AWS_CONFIG_FILE: 'x' } }, "AWS_CONFIG_FILE is assume's own to set"],
    ['the prompt', { set: { ASSUME_STYLE: 'x' } }, "ASSUME_STYLE is assume's own to set"],
    ['PATH', { set: { PATH: '/evil' } }, 'PATH belongs to the shell'],
    ['a loader', { set: { LD_PRELOAD: '/evil' } }, 'LD_PRELOAD belongs to the shell'],
    ['PATH as PowerShell reads it', { set: { Path: '/evil' } }, 'Path belongs to the shell'],
    ['set and removed', { set: { A: '' }, unset: ['A'] }, 'A is to be set and removed'],
    ['secret, not set', { secret: ['A'] }, '"A" is secret but not set'],
    ['a NUL', { set: { A: 'a\0b' } }, 'the value of A holds a NUL character'],
    ['half a character', { set: { A: '\ud800' } }, 'the value of A is no valid text'],
    ['a long value', { set: { A: 'ä'.repeat(16 * 1024 + 1) } }, 'the value of A is longer than 32 KiB'],
    [
      'much',
      { set: Object.fromEntries([...'ABCDE'].map((name) => [name, 'x'.repeat(32 * 1024)])) },
      'all values together are longer than 128 KiB',
    ],
  ])('are refused for %s', (_what, plan, fault) => {
    expect(faultOf(plan)).toBe(fault)
  })

  it.each(['AWS_PAGER', 'AWS_ENDPOINT_URL_S3', 'KUBECONFIG', 'http_proxy', '_X', 'VERSION'])(
    'may set %s',
    (name) => {
      expect(faultOf({ set: { [name]: 'x' } })).toBeUndefined()
    },
  )

  it('hold only what was agreed to', () => {
    const agreed = ['KUBECONFIG', 'TF_VAR_*']
    expect(faultOf({ set: { KUBECONFIG: '', TF_VAR_region: '' } }, agreed)).toBeUndefined()
    expect(faultOf({ set: { kubeconfig: '' } }, agreed)).toBe(
      'kubeconfig is not among the variables that it asked for',
    )
    expect(faultOf({ unset: ['TF_LOG'] }, agreed)).toContain('TF_LOG is not among')
    expect(faultOf({ set: { A: '' } }, [])).toContain('A is not among')
  })
})

describe('the names that a shell keeps', () => {
  const read = (path: string) => readFileSync(join(repository, 'shell', path), 'utf8')
  /** One name for each pattern of the functions that decide in the shells. */
  const samples = [
    ...[...read('bash/save.bash').matchAll(/^ {4}(\*' [A-Z_].*)\) \\builtin return 1 ;;$/gm)].flatMap(
      ([, list = '']) =>
        list.split(' | ').map((pattern) =>
          pattern
            .replace(/^\*' /, '')
            .replace(/(?<=\w)'\*$/, '*')
            .replaceAll(/'| '\*$/g, ''),
        ),
    ),
    ...[...read('zsh/switch.zsh').matchAll(/^ {4}([A-Z_].*)\) \\?builtin return 1 ;;$/gm)].flatMap(
      ([, list = '']) => list.split(' | '),
    ),
    ...[
      ...read('fish/functions/__assume_switch.fish').matchAll(/set --local (?:ours|fishs|more) '(.*)'/g),
    ].flatMap(([, list = '']) => list.split('|')),
    ...(/\$kept = ([\s\S]*?)\n {2}\$Name/.exec(read('powershell/Assume/Switch.ps1'))?.[1] ?? '')
      .replaceAll(/[' +\n]/g, '')
      .split('|'),
  ].map((pattern) => pattern.replace(/\[0[^\]]*\]/, '1').replace(/\.?\*/, 'X'))

  it('are known to the core', () => {
    expect(samples.length).toBeGreaterThan(150)
    for (const name of ['PATH', 'BASHX', 'ZDOTDIR', 'fish_X', 'PATHEXT']) expect(samples).toContain(name)
    expect(samples.filter((name) => !isKeptByShells(name))).toEqual([])
  })
})
