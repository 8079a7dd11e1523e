import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { repository } from './support/home.ts'
import { copyCheckout, createInstallHome, type InstallHome } from './support/install-home.ts'
import { takeSnapshot } from './support/snapshot.ts'

const checkout = copyCheckout()
const packages = join(repository, 'node_modules/@napi-rs')
let home: InstallHome
beforeEach(() => {
  home = createInstallHome()
})

const install = (args: readonly string[], from = checkout) => home.run(join(from, 'install.sh'), args)
const installed = () => join(home.data, 'node_modules/@napi-rs')

function copySource(name: string): string {
  const source = home.at(name)
  cpSync(checkout, source, { recursive: true })
  return source
}

describe('the package for the keyring of the system', () => {
  it('comes along with its part for the platform, and its absence is said once', () => {
    const source = copySource('source')
    const first = install(['--yes', '--no-setup'], source)
    expect([first.status, first.stdout]).toEqual([0, expect.stringMatching(/^without @napi-rs\/keyring, /m)])
    expect(install(['--yes', '--no-setup'], source).stdout).toContain(`up to date: ${home.data}\n`)
    cpSync(packages, join(source, 'node_modules/@napi-rs'), { recursive: true })
    const second = install(['--yes', '--no-setup'], source)
    expect(second.stdout).toContain(`installed ${home.data}\n`)
    expect(second.stdout).not.toContain('without')
    expect(takeSnapshot(installed())).toEqual(takeSnapshot(packages))
    expect(install(['--yes', '--no-setup'], source).stdout).toContain(`up to date: ${home.data}\n`)
    const [part = ''] = readdirSync(installed()).filter((name) => name !== 'keyring')
    writeFileSync(join(installed(), part, 'package.json'), 'another')
    expect(install(['--yes', '--no-setup'], source).stdout).toContain(`installed ${home.data}\n`)
    rmSync(join(source, 'node_modules'), { recursive: true })
    expect(install(['--yes', '--no-setup'], source).stdout).toMatch(/^without @napi-rs\/keyring, /m)
    expect(existsSync(installed())).toBe(false)
  })

  it('is found where npm and pnpm put it', () => {
    const hoisted = copySource('npm/node_modules/assume-cli')
    cpSync(packages, home.at('npm/node_modules/@napi-rs'), { recursive: true })
    install(['--yes', '--no-setup'], hoisted)
    expect(takeSnapshot(installed())).toEqual(takeSnapshot(packages))
    rmSync(home.data, { recursive: true })
    const linked = copySource('pnpm/a/node_modules/assume-cli')
    cpSync(packages, home.at('pnpm/b/node_modules/@napi-rs'), { recursive: true })
    mkdirSync(home.at('pnpm/a/node_modules/@napi-rs'))
    symlinkSync('../../../b/node_modules/@napi-rs/keyring', home.at('pnpm/a/node_modules/@napi-rs/keyring'))
    install(['--yes', '--no-setup'], linked)
    expect(takeSnapshot(installed())).toEqual(takeSnapshot(packages))
  })
})

describe('uninstall, with stored keys', () => {
  const header = (profile: string) =>
    `${JSON.stringify({ v: 1, profile, accessKeyId: 'AKIA1', createdAt: 1 })}\n`
  const key = () => home.at('.config/assume/keys/ci.key')
  const odd = () => home.at('.config/assume/keys/_1.key')
  const broken = () => home.at('.config/assume/keys/x.key')
  beforeEach(() => {
    home.write('.config/assume/keys/ci.key', header('ci'))
    home.write('.config/assume/keys/_1.key', header('a "b"\u001b[2J\u009b'))
    home.write('.config/assume/keys/x.key', '')
    home.write('.config/assume/keys/os.note', header('os'))
    install(['--yes', '--no-setup'])
  })

  it('keeps and names them', () => {
    const { status, stdout } = install(['--uninstall', '--yes'])
    expect(status).toBe(0)
    expect(stdout.split('\n').slice(-5)).toEqual([
      `kept the key of a \\"b\\"\\u001b[2J??: ${odd()}`,
      `kept the key of ci: ${key()}`,
      `kept the key of an unknown profile: ${broken()}`,
      expect.stringContaining(`kept ${home.at('.config/assume')}`),
      '',
    ])
    expect(existsSync(key())).toBe(true)
  })

  it('refuses --purge while one is there, unless --yes, and prints each that goes', () => {
    const before = takeSnapshot(home.at('.'))
    const refused = install(['--uninstall', '--purge'])
    expect([refused.status, refused.stderr]).toEqual([3, expect.stringContaining('nothing was changed\n')])
    expect(refused.stderr).toContain(`this would remove the key of ci: ${key()}\n`)
    expect(takeSnapshot(home.at('.'))).toEqual(before)
    const { status, stdout } = install(['--uninstall', '--purge', '--yes'])
    expect(status).toBe(0)
    expect(stdout).toContain(`removing the key of ci: ${key()}\n`)
    expect(stdout).toContain(
      `the system's keyring keeps the key of os: ${home.at('.config/assume/keys/os.note')}\n`,
    )
    expect(existsSync(home.at('.config/assume'))).toBe(false)
  })
})
