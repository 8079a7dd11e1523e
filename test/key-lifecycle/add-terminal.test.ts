import { describe, expect, it } from 'vitest'
import { formatPlainKey, KeysWorld, legacy, me, type Step } from './keys-world.ts'

const passphrase = 'a long passphrase'
const typed: readonly Step[] = [
  ['Store for keys 2/2 >', 'file\r'],
  ['Access key ID:', `${me.accessKeyId}\r`],
  ['Secret access key (not shown):', `${me.secretAccessKey}\r`],
  ['New passphrase', `${passphrase}\r`],
  ['The same again', `${passphrase}\r`],
]

describe('assume keys add on a terminal', () => {
  it('asks one question after the other, and again for what can be no key', async () => {
    const world = await KeysWorld.open()
    const steps: readonly Step[] = [
      ...typed.slice(0, 1),
      ['Access key ID:', 'ASIA\r'],
      ['an id that begins with ASIA is of a session', `\u0015${me.accessKeyId}\r`],
      ['Secret access key (not shown):', 'two words\r'],
      ...typed.slice(2),
    ]
    const { status, text } = await world.converse(['add', 'ci'], steps)
    expect(status).toBe(0)
    expect(text).toContain('a secret key has no blanks')
    expect(text).toMatch(/ci has the key AKIA…MPLE of \S+ in an encrypted file\nnext: assume ci$/)
    expect(world.read('.config/assume/config')).toBe('assume_key_store = file\n')
    expect(world.findSecret()).toEqual([])
  })

  it.each(typed.map(([expected], index) => [expected, index] as const))(
    'leaves no key and no profile after Ctrl-C at "%s"',
    async (expected, index) => {
      const world = await KeysWorld.open()
      const { status } = await world.converse(['add', 'ci'], [...typed.slice(0, index), [expected, '\u0003']])
      expect([status, world.config]).toEqual([130, undefined])
      expect(world.findSecret()).toEqual([])
    },
  )

  it('moves the key that is picked of those that can be moved', async () => {
    const world = await KeysWorld.open()
    const session = `[session]\n${formatPlainKey(legacy)}aws_session_token = x\n`
    world.home.writeAws('', `${session}[ci]\n${formatPlainKey(me)}[other]\n${formatPlainKey(legacy)}`)
    world.home.write('.config/assume/config', 'assume_key_store = file\n')
    const { status, text } = await world.converse(
      ['add', '--from-credentials'],
      [['Key to move 2/2 >', 'ci\r'], ...typed.slice(3)],
    )
    expect(status).toBe(0)
    expect(text).toContain('~/.aws/credentials has it no more')
    expect(world.credentials).toBe(`${session}[other]\n${formatPlainKey(legacy)}`)
    expect(world.findSecret()).toEqual([])
  })

  it('takes a key from a pipe while it asks on the terminal', async () => {
    const world = await KeysWorld.open()
    world.home.write('key.csv', `Access key ID,Secret access key\n${me.accessKeyId},${me.secretAccessKey}\n`)
    const steps = [...typed.slice(0, 1), ...typed.slice(3)]
    const { status } = await world.converse(['add', 'ci', '--stdin'], steps, 'key.csv')
    expect(status).toBe(0)
    expect(world.findSecret()).toEqual(['key.csv'])
  })
})
