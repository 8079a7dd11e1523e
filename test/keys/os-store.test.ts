import { expect, it } from 'vitest'
import { createHome } from '../support/home.ts'
import { describeKeyring, startKeyring } from '../support/keyring.ts'

describeKeyring('the keyring', () => {
  it('starts', async () => {
    const home = createHome()
    const keyring = await startKeyring(home)
    expect(keyring.lookUp('x')).toBe(undefined)
  })
})
