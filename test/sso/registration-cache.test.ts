import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  type RegistrationKey,
  readRegistration,
  removeRegistration,
  writeRegistration,
} from '../../src/sso/registration-cache.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createContext } from '../support/context.ts'
import { createHome, type Home } from '../support/home.ts'

const now = Date.UTC(2026, 10, 21)
const key: RegistrationKey = {
  region: 'us-west-2',
  startUrl: 'https://d-abc123.awsapps.com/start',
  scopes: ['sso:account:access'],
  flow: 'pkce',
}
const registration = { clientId: 'fake-client', clientSecret: 'fake-secret', expiresAt: now + 86_400_000 }

let folder: string
let home: Home
beforeEach(() => {
  home = createHome()
  folder = locatePaths({ HOME: home.path }, 'linux').registrations
})
const read = (of = key, at = now) => readRegistration(createContext(home), folder, of, at)
const write = (of = key) => writeRegistration(nodeFiles, folder, of, registration)
const onlyFile = () => join(folder, readdirSync(folder)[0] as string)

describe('a client registration', () => {
  it('is kept privately, in a folder of ours', () => {
    expect(read()).toBeUndefined()
    write()
    expect(read()).toEqual(registration)
    expect([statSync(onlyFile()).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700])
    expect(readdirSync(home.path)).toEqual(['.cache'])
  })

  it('becomes private when its file was not', () => {
    write()
    chmodSync(onlyFile(), 0o666)
    write()
    expect(statSync(onlyFile()).mode & 0o777).toBe(0o600)
  })

  it('is reused until 15 minutes before it ends', () => {
    write()
    expect(read(key, registration.expiresAt - 15 * 60_000 - 1)).toEqual(registration)
    expect(read(key, registration.expiresAt - 15 * 60_000)).toBeUndefined()
  })

  it.each<[string, Partial<RegistrationKey>]>([
    ['region', { region: 'eu-west-1' }],
    ['start URL', { startUrl: 'https://d-abc123.awsapps.com/start/#/' }],
    ['scopes', { scopes: [] }],
    ['flow', { flow: 'device-code' }],
  ])('serves no other %s', (_part, change) => {
    write()
    expect(read({ ...key, ...change })).toBeUndefined()
    write({ ...key, ...change })
    expect(readdirSync(folder)).toHaveLength(2)
  })

  it('is not taken from the file of another, whatever that is called', () => {
    write({ ...key, region: 'eu-west-1' })
    const text = readFileSync(onlyFile())
    removeRegistration(nodeFiles, folder, { ...key, region: 'eu-west-1' })
    write()
    writeFileSync(onlyFile(), text)
    expect(read()).toBeUndefined()
  })

  it.each(['', '{"clientId": "x"', '[]'])('counts as none when its file holds %j', (text) => {
    write()
    writeFileSync(onlyFile(), text)
    expect(read()).toBeUndefined()
    write()
    expect(read()).toEqual(registration)
  })

  it('can be forgotten', () => {
    write()
    removeRegistration(nodeFiles, folder, key)
    removeRegistration(nodeFiles, folder, key)
    expect(read()).toBeUndefined()
  })

  it('that cannot be kept or read is no failure', () => {
    writeFileSync(join(home.path, '.cache'), 'not a folder')
    write()
    expect(read()).toBeUndefined()
    removeRegistration(nodeFiles, folder, key)
  })
})
