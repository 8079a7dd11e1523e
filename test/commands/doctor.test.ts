import { describe, expect, it } from 'vitest'
import { run } from '../../src/commands/doctor.ts'
import { formatExamination } from '../../src/doctor/report.ts'
import { askVersions } from '../../src/doctor/versions.ts'
import { createContext } from '../support/context.ts'
import { runCore } from '../support/core.ts'
import { createSoundHome, writeProgram } from '../support/doctor.ts'
import { repository } from '../support/home.ts'

const versions = { assume: '1', node: '20', system: 'Linux', shells: { bash: '5.2' }, awsCli: 'none' }
const findings = Array.from({ length: 8 }, (_, number) => ({
  level: 'warning' as const,
  check: 'keys' as const,
  seen: `seen ${number}`,
  why: 'why',
  mend: number === 0 ? 'mend it' : null,
}))
const examination = { findings, sound: [['shell', 'the shells load assume'] as const] }

describe('assume doctor', () => {
  it('says what is wrong on stdout, with exit 1, or 0 where nothing is asked that is', () => {
    const home = createSoundHome()
    home.writeAws('[profile a]\nsso_session = gone\n')
    const broken = runCore(home, ['doctor', 'profiles'])
    expect(broken).toMatchObject({ status: 1, stderr: '' })
    expect(broken.stdout).toMatch(
      /^assume \d.* · Node \d[\s\S]*\nerror {4}profiles: profile a uses sso-session gone[\s\S]*assume configure --session gone\n/,
    )
    expect(runCore(home, ['doctor', 'clock', '--verbose'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('\nok       clock: no file was written in the future\n'),
    })
  })

  it('knows the names of its checks', () => {
    const { status, stderr } = runCore(createSoundHome(), ['doctor', 'shel'])
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('there is no check shel; did you mean shell?'),
    ])
  })

  it('is what a bug names', () => {
    const { status, stderr } = runCore(createSoundHome(), [], { env: { ASSUME_ARGUMENTS: '{' } })
    expect([status, stderr]).toEqual([
      70,
      expect.stringMatching(/^assume: this is a bug[\s\S]*\n {2}assume doctor\n$/),
    ])
  })

  it('writes nothing and leaves no index behind', async () => {
    const home = createSoundHome()
    const files = [
      'create',
      'createUnflushed',
      'append',
      'rename',
      'remove',
      'makeDirectory',
      'setMode',
      'touch',
    ]
    const refuse = (name: string) => () => {
      throw new Error(`doctor calls ${name}`)
    }
    const context = createContext(home, {
      env: { PATH: '' },
      files: Object.fromEntries(files.map((name) => [name, refuse(name)])),
    })
    const { exitStatus } = await run(
      { positionals: [], flags: { json: true } },
      { ...context, installation: repository, glob: () => Promise.resolve([]) },
    )
    expect(exitStatus).toBe(0)
  })
})

describe('its report', () => {
  it('folds what is alike, and what is as it should be', () => {
    const text = formatExamination(versions, examination, false)
    expect(text).toContain('assume 1 · Node 20 · Linux · bash 5.2 · AWS CLI none\n')
    expect(text).toContain('warning  keys: seen 0\n         why\n           mend it\n')
    expect(text.match(/seen \d/g)).toHaveLength(5)
    expect(text).toContain('3 more of keys: assume doctor keys --verbose\n')
    expect(text).toMatch(/\n1 check is ok: assume doctor --verbose\n$/)
  })

  it('shows all with --verbose', () => {
    const text = formatExamination(versions, examination, true)
    expect(text.match(/seen \d/g)).toHaveLength(8)
    expect(text).toMatch(/\nok {7}shell: the shells load assume\n$/)
  })

  it('has the versions of all that tell theirs in time', async () => {
    const home = createSoundHome()
    writeProgram(home, 'aws')
    writeProgram(home, 'zsh')
    const limits: number[] = []
    const context = {
      ...createContext(home, { env: { PATH: `${home.path}/bin` } }),
      installation: repository,
      nodeVersion: 'v20.1.0',
      askProgram: ((program, _args, { limit }) => {
        limits.push(limit)
        return Promise.resolve(
          program === 'bash'
            ? { text: 'GNU bash, version 5.2.15(1)-release', end: { status: 0 } }
            : { text: '', end: program === 'aws' ? { failure: 'too-slow' } : { status: 1 } },
        )
      }) as ReturnType<typeof createContext>['askProgram'],
    }
    expect(await askVersions(context)).toMatchObject({
      node: '20.1.0',
      shells: { bash: '5.2.15', zsh: 'unknown' },
      awsCli: 'unknown',
    })
    expect(new Set(limits)).toEqual(new Set([2000]))
  })
})
