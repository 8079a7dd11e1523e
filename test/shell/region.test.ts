import { expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { createHome } from '../support/home.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript, type Shell } from '../support/shell.ts'
import { shells } from '../support/shells/index.ts'

const bad = {
  quoted: '"eu-west-2"',
  commented: 'eu-west-2#c',
  underlined: 'eu_west_1',
  continued: 'eu-west-2\n  us-east-1',
  thief: 'x@127.0.0.1:1/#',
}
const good = {
  minio: 'minio',
  auto: 'auto',
  newer: 'us-east-9',
  fips: 'fips-us-east-1',
  global: 'aws-global',
}

function assume(shell: Shell, ...words: string[]): string {
  return ['assume', ...words.map((word) => shell.quote(word))].join(' ')
}

describeShells('a region', shells, (shell) => {
  it('that is none is never exported, and every other one is, as it is', () => {
    const home = createHome()
    const sections = Object.entries({ ...bad, ...good }).map(
      ([name, region]) => `[profile ${name}]\nregion = ${region}\n`,
    )
    home.writeAws(sections.join(''))
    expect(runCore(home, ['list']).status).toBe(0)
    const { status, stdout, stderr } = runScript(shell, home, [
      ...Object.keys(good).flatMap((name) => [
        assume(shell, name),
        shell.expectStatus(0),
        dumpTo(shell, home, `at-${name}`),
      ]),
      ...Object.keys(bad).flatMap((name) => [assume(shell, name), shell.expectStatus(1)]),
      assume(shell, 'minio', '-r', 'us-east'),
      shell.expectStatus(2),
      dumpTo(shell, home, 'after'),
      assume(shell, 'quoted', '-r', 'us-west-2'),
      shell.expectStatus(0),
      dumpTo(shell, home, 'other'),
    ])
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
    for (const [name, region] of Object.entries(good)) {
      expect(awsOf(readDump(home, `at-${name}`))).toMatchObject({
        AWS_PROFILE: name,
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
      })
    }
    expect(readDump(home, 'after')).toEqual(readDump(home, 'at-global'))
    expect(awsOf(readDump(home, 'other'))).toMatchObject({ AWS_PROFILE: 'quoted', AWS_REGION: 'us-west-2' })
    for (const [name, region] of Object.entries(bad)) {
      const shown = region.replace(/\s+/, '?')
      expect(stderr).toContain(`region of profile ${name} in ~/.aws/config is no region: ${shown}\n`)
    }
    expect(stderr).toContain('there is no AWS region us-east; did you mean us-east-1 or us-east-2?\n')
  })
})
