import { expect, it } from 'vitest'
import { describeKeyring } from '../support/keyring.ts'
import { formatPlainKey, KeysWorld, legacy, me } from './keys-world.ts'

const own = formatPlainKey(me)
const other = formatPlainKey(legacy)

describeKeyring('assume keys add --from-credentials', () => {
  it('moves a key into the keyring, and leaves every other byte', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    const rest = `# Jo's keys\r\n\r\n[other]\r\n${other.replaceAll('\n', '\r\n')}`
    world.home.writeAws(
      '# mine\n[profile ci]\nregion = eu-west-1\n',
      `${rest}\r\n[ci]\r\n${own.replaceAll('\n', '\r\n')}`,
    )
    const { status, stdout, stderr } = await world.keys(['add', 'ci', '--from-credentials', '--store', 'os'])
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toBe(
      `ci has the key AKIA…MPLE of arn:aws:iam::111122223333:user/me in the system's keyring\n~/.aws/credentials has it no more\nnext: assume ci\n`,
    )
    expect(world.credentials).toBe(rest)
    expect(world.config).toBe(
      '# mine\n[profile ci]\nregion = eu-west-1\nassume_keys = os\ncredential_process = assume credential-process ci\n',
    )
    expect(world.lookUp('ci')).toBe(me.accessKeyId)
    expect(world.findSecret()).toEqual([])
    expect(world.sandbox.requests.all.map(({ operation }) => operation)).toEqual(['GetCallerIdentity'])
  })
})
