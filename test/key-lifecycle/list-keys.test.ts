import { expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home } from '../support/home.ts'

const created = Date.parse('2026-01-02T03:04:05.000Z')
const note = (profile: string, accessKeyId: string) =>
  JSON.stringify({ v: 1, profile, accessKeyId, createdAt: created })

/** A home with a key in the keyring for each of these profiles. */
function createKeys(config: string, profiles: readonly string[]): Home {
  const home = createHome()
  home.writeAws(config)
  for (const [number, name] of profiles.entries())
    home.write(`.config/assume/keys/${name}.note`, note(name, `AKIAEXAMPLE00000000${number}`))
  return home
}

it('lists ids and ages, as a table and as JSON, and opens no keyring', () => {
  const home = createKeys('[profile ci]\nassume_keys = os\n', ['ci'])
  const table = runCore(home, ['keys'])
  expect([table.status, table.stderr]).toEqual([0, ''])
  expect(table.stdout).toMatch(/^PROFILE +STORE +KEY +AGE\nci +os +AKIAEXAMPLE000000000 +\d+d \d+h\n$/)
  const { stdout } = runCore(home, ['keys', 'list', '--json'])
  expect(JSON.parse(stdout)).toEqual([
    { name: 'ci', store: 'os', accessKeyId: 'AKIAEXAMPLE000000000', createdAt: '2026-01-02T03:04:05.000Z' },
  ])
})

it('says which keys no profile uses, and which profiles have none', async () => {
  const config =
    '[profile none]\nassume_keys = file\n[profile other]\nassume_keys = file\n[profile off]\nregion = x\n'
  const home = createKeys(config, ['gone', 'off', 'other'])
  const { stdout, stderr } = await callCommand(home, ['keys'])
  expect(stdout).toMatch(/^none +file +- +-$/m)
  expect(stderr.split('\n').filter((line) => !line.includes('profile index'))).toEqual([
    'assume: warning: a key of gone is stored, and there is no such profile',
    '  assume keys remove gone',
    'assume: warning: a key of off is stored, and the profile does not say assume_keys = os',
    '  assume keys remove off',
    'assume: warning: a key of other is stored, and the profile does not say assume_keys = os',
    '  assume keys remove other',
    'assume: warning: profile none says assume_keys = file, and no key of it is there',
    '  assume keys add none --store file',
    'assume: warning: profile other says assume_keys = file, and no key of it is there',
    '  assume keys add other --store file',
    '',
  ])
  const json = JSON.parse((await callCommand(home, ['keys', '--json'])).stdout)
  expect(json.map(({ name, problem }: { name: string; problem: string }) => [name, problem])).toEqual([
    ['gone', 'no-profile'],
    ['off', 'unused'],
    ['other', 'unused'],
    ['none', 'missing'],
    ['other', 'missing'],
  ])
})

it('names files that are none, and says where there is nothing', async () => {
  const home = createKeys('[profile ci]\nassume_keys = os\n', ['ci'])
  home.write('.config/assume/keys/x.note', '{"v":2}')
  home.write('.config/assume/keys/y.key', 'x')
  const { stdout, stderr } = await callCommand(home, ['keys'])
  expect(stdout.split('\n')).toHaveLength(3)
  expect(stderr).toMatch(/x\.note is damaged, or of another version of assume\n.*y\.key is damaged/s)
  const empty = await callCommand(createKeys('[profile ci]\nregion = x\n', []), ['keys'])
  expect(empty).toMatchObject({
    status: 0,
    stdout: '',
    stderr: 'assume: no key is stored yet\n  assume keys add NAME\n',
  })
})
