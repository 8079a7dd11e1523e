import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home, repository } from '../support/home.ts'

interface Figure {
  readonly what: string
  readonly shell?: string
  readonly profiles: number
  readonly milliseconds: number
  readonly true?: number
  readonly node?: number
  readonly processes?: number
  readonly bar?: Readonly<Record<string, number>>
  readonly met?: boolean
}

interface PeerFigure extends Figure {
  readonly job: string
  readonly tool: string
  readonly version: string
}

interface Report {
  readonly versions: Readonly<Record<string, string>>
  readonly modules: { readonly files: number; readonly nodeModules: number }
  readonly figures: readonly Figure[]
  readonly peers: readonly PeerFigure[]
}

const withoutProcesses = [
  'loading the shell file',
  'assume NAME',
  'assume --unset',
  'assume -',
  'TAB',
  'prompt segment',
  'prompt segment, directories watched',
  'cd into the directory of a profile',
  'cd to that of another profile',
  'cd out of it',
  'cd where no profile is named',
  'assume exec NAME -- COMMAND, typed',
]
const exported = ['assume --export NAME, kept keys', 'assume --export NAME, static keys']
const againstNode = [
  'assume env NAME',
  'assume env --export NAME, kept keys',
  'assume env --export NAME, static keys',
  'assume credential-process NAME, static keys',
  'assume credential-process --profile NAME, kept keys',
  'assume exec NAME -- true',
  'assume exec --export NAME -- true, kept keys',
  'assume exec --export NAME -- true, static keys',
  'assume status',
  'assume --help',
  'assume COMMAND --help',
  'assume list',
  'assume list --json',
  'assume list, index rebuilt',
]
const launched = 'assume credential-process NAME, kept keys'

it('npm run bench has every figure with its bar, as Markdown and as JSON, and other tools beside them', () => {
  const home = createHome()
  const { status, stdout, stderr, report } = runBench(home, writeStubs(home))
  expect(status, stderr).toBe(0)

  const { modules, figures, peers, versions } = report
  const named = (what: string) => figures.find((figure) => figure.what === what)
  const number = expect.any(Number)
  for (const what of withoutProcesses) {
    const time = { shell: 'bash', profiles: 10, milliseconds: number, true: number, processes: number }
    expect(named(what), what).toMatchObject({ ...time, bar: { processes: 0 }, met: expect.any(Boolean) })
  }
  expect(named('first switch of a session')).toMatchObject({ shell: 'bash', true: number })
  for (const what of exported) expect(named(what), what).toMatchObject({ shell: 'bash', true: number })
  for (const what of againstNode)
    expect(named(what), what).toMatchObject({ true: number, node: number, bar: { node: number } })
  // A Node is ten times as much, even on a machine that is busy.
  const shells = figures.filter(({ what }) => what === launched)
  expect(shells.map(({ shell }) => shell)).toContain('bash as sh')
  for (const figure of shells) {
    expect(figure).toMatchObject({ true: number, node: number, bar: { true: number } })
    expect(figure.node, figure.shell).toBeLessThan(1)
  }
  expect(modules.files).toBeGreaterThan(0)
  for (const { what, milliseconds } of figures) {
    expect(milliseconds, what).toBeGreaterThan(0)
    expect(stdout).toContain(`| ${what} |`)
  }

  expect(versions).toMatchObject({ granted: '0.1.0', assumego: '0.1.0', 'aws-vault': '7.8.9', aws: '2.36.7' })
  const measured = peers.map(({ tool, what, shell }) => `${tool}${shell ? ` in ${shell}` : ''}: ${what}`)
  expect(measured.toSorted()).toEqual([
    'assumego in bash: . assume NAME',
    'assumego: . assume NAME --exec -- COMMAND',
    'assumego: assumego --help',
    'aws in bash: eval "$(aws configure export-credentials --profile NAME --format env)"',
    'aws-vault in bash: eval "$(aws-vault export --no-session --format=export-env NAME)"',
    'aws-vault: aws-vault --help',
    'aws-vault: aws-vault exec --no-session NAME -- COMMAND',
    'aws-vault: aws-vault export --no-session --format=json NAME',
    'aws: aws configure export-credentials --profile NAME',
    'aws: aws configure export-credentials --profile NAME',
    'aws: aws configure list',
    'aws: aws configure list-profiles',
    'awsume in bash: . awsume NAME',
    'awsume: . awsume --help',
    'awsume: . awsume --list-profiles',
    'granted: granted --help',
    'granted: granted credential-process --profile NAME',
  ])
  for (const figure of peers) {
    const { tool, version, job } = figure
    expect(figure).toMatchObject({ profiles: 10, milliseconds: number, true: number })
    expect([...figures, { what: launched }].map(({ what }) => what)).toContain(job)
    expect(stdout).toContain(`| ${job} | ${tool} ${version} |`)
  }
  expect(stderr).toMatch(/^aws-vault: "aws-vault list" fails and is left out: no such keyring$/m)
  expect(stderr).toMatch(/^aws-sso: "eval "\$\(aws-sso eval --clear\)"" fails and is left out: status 3$/m)
  expect(stderr).toMatch(/^aws-sso: "aws-sso --help" fails and is left out: not always$/m)
  const calls = readFileSync(join(home.path, 'calls'), 'utf8').split('\n')
  expect(calls).toContain('aws-vault add --env static-keys, AKIAIOSFODNN7EXAMPLE')
  expect(calls).toContainEqual(
    expect.stringMatching(/^assumego static-keys --exec -- (\/usr)?\/bin\/true, $/),
  )
  expect(calls).toContain('aws configure export-credentials --profile team-1-admin, ')
})

/** Stands for other tools: each notes how it is called, and with which access key. Returns their folder. */
function writeStubs(home: Home): string {
  const stub = (name: string, version: string, more = '') =>
    chmodSync(
      home.write(
        `peers/${name}`,
        `#!/bin/sh
printf '%s\\n' "${name} $*, \${AWS_ACCESS_KEY_ID-}" >>'${home.path}/calls'
case $1 in *version) echo '${name} version ${version}' ;; esac
${more}
`,
      ),
      0o755,
    )
  stub('granted', '0.1.0')
  stub('assumego', '0.1.0')
  stub('assume', '0.1.0', 'assumego "$@"')
  stub('aws-vault', '7.8.9', 'case $1 in list) echo "no such keyring" >&2; exit 1 ;; esac')
  stub('aws-sso', '2.3.2', 'case $1 in eval) exit 3 ;; --help) mkdir "$HOME/once" ;; esac')
  stub('awsume', '4.5.4')
  stub('aws', '2.36.7')
  return dirname(home.write('peers/README', 'no executable'))
}

function runBench(home: Home, peers: string) {
  const file = join(home.path, 'bench.json')
  const options = ['--profiles', '10', '--shell', 'bash', '--runs', '1', '--peers', peers, '--json', file]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repository, 'scripts/bench/bench.mjs'), ...options],
    { encoding: 'utf8' },
  )
  const report = (status === 0 ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Report
  return { status, stdout, stderr, report }
}
