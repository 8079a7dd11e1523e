import { expect, it } from 'vitest'
import { explainKeyringFailure } from '../../src/keys/keyring-failure.ts'

const storage = "Couldn't access platform storage: "
const ci = { platform: 'linux', profileName: 'ci', holdsKey: false } as const
const noBus =
  'Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time, set your DBUS_SESSION_BUS_ADDRESS instead'

it.each([
  [
    `${storage}Secret Service: unlock prompt was dismissed`,
    'keyring-locked',
    'was dismissed, or could not be shown',
  ],
  [`${storage}User canceled the operation.`, 'keyring-locked', 'was dismissed, or could not be shown'],
  [`${storage}Secret Service: object locked`, 'keyring-locked', 'the keyring is locked'],
  [`${storage}User interaction is not allowed.`, 'keyring-locked', 'the keyring is locked'],
  [`${storage}Secret Service: no result found`, 'keyring-missing', 'no default collection'],
  [`${storage}AccessDenied`, 'keyring-locked', 'refuses access'],
  [
    'DBus error: The name org.freedesktop.secrets was not provided by any .service files',
    'keyring-missing',
    'no program of this session',
  ],
  [
    'DBus error: Did not receive a reply. Possible causes include: the reply timeout expired',
    'keyring-missing',
    'does not answer',
  ],
  [noBus, 'keyring-missing', 'no session bus'],
  [
    "Attribute 'password' is longer than the platform limit of 1280 chars",
    'keyring-missing',
    'as long as this key',
  ],
  [
    'A specified logon session does not exist. It may already have been terminated.',
    'keyring-missing',
    'this way of logging in',
  ],
  ['some\u001b[2Jthing else', 'keyring-missing', 'the keyring fails: some?[2Jthing else'],
])('explains %j', (reason, code, message) => {
  const error = explainKeyringFailure(new Error(reason), ci)
  expect([error.code, error.message]).toEqual([code, expect.stringContaining(message)])
  expect(error.hint).toBeTruthy()
})

it('names the session bus that is there', () => {
  const otherBus = 'unix:path=/run/user/1000/bus'
  const { hint } = explainKeyringFailure(new Error(noBus), { ...ci, otherBus })
  expect(hint).toBe(`export DBUS_SESSION_BUS_ADDRESS=${otherBus}`)
})

it.each([
  [noBus, false, 'assume keys add ci --store file'],
  [
    noBus,
    true,
    'log in to the desktop, or start a shell with a bus of its own: dbus-run-session -- bash\nto go on with another key: assume keys add ci --store file',
  ],
  ['something else', true, 'to go on with another key: assume keys add ci --store file'],
])('where it fails by %j, and has the key: %s, advises what can be done', (reason, holdsKey, hint) => {
  expect(explainKeyringFailure(new Error(reason), { ...ci, holdsKey }).hint).toBe(hint)
})

it('says on macOS how a keychain is unlocked', () => {
  const cause = new Error('User interaction is not allowed.')
  const { code, hint } = explainKeyringFailure(cause, { ...ci, platform: 'darwin' })
  expect([code, hint]).toEqual(['keyring-locked', expect.stringContaining('security unlock-keychain')])
})
