import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { copyCheckout, createInstallHome, type InstallHome } from './support/install-home.ts'
import { takeSnapshot } from './support/snapshot.ts'

const checkout = copyCheckout()
let home: InstallHome
beforeEach(() => {
  home = createInstallHome()
})

type Options = Parameters<InstallHome['run']>[2] & { readonly from?: string }
const install = (args: readonly string[], { from = checkout, ...options }: Options = {}) =>
  home.run(join(from, 'install.sh'), args, options)

describe('Node', () => {
  it('must be on PATH and new enough', () => {
    const old = install(['--yes'], { path: home.fakeProgram('node', 'echo v20.18.3') })
    expect([old.status, old.stderr]).toEqual([
      1,
      expect.stringMatching(/20\.19.* is v20\.18\.3\n.*nodejs\.org/),
    ])
    symlinkSync(home.run('sh', ['-c', 'command -v dirname']).stdout.trim(), home.at('fake/dirname'))
    rmSync(home.at('fake/node'))
    const none = install(['--yes'], { path: home.at('fake') })
    expect([none.status, none.stderr]).toEqual([1, expect.stringMatching(/no node on PATH\n.*nodejs\.org/)])
    expect(existsSync(home.data)).toBe(false)
  })

  it('is found again by the launcher when an old one comes first on PATH', () => {
    install(['--yes', '--no-setup'])
    expect(readFileSync(join(home.data, 'node'), 'utf8')).toMatch(/^\/.*\n/)
    const path = home.fakeProgram('node', 'echo v18.0.0')
    const { status, stdout } = home.run(home.at('.local/bin/assume'), ['--version'], { path })
    expect([status, stdout]).toEqual([0, expect.stringContaining('assume ')])
  })

  it('that is only a script picking another is not what gets recorded', () => {
    install(['--yes', '--no-setup'], { path: home.fakeProgram('node', `exec '${process.execPath}' "$@"`) })
    expect(readFileSync(join(home.data, 'node'), 'utf8').split('\n')[0]).toBe(process.execPath)
  })

  it('is recorded with whether it trusts what comes with it alone', () => {
    const record = (setup: string) => {
      // Else the Node behind the script would be recorded.
      home.write('setup.cjs', `process.execPath = ${JSON.stringify(home.at('fake/node'))}\n${setup}`)
      const path = home.fakeProgram('node', `exec "${process.execPath}" -r "$HOME/setup.cjs" "$@"`)
      expect(install(['--yes', '--no-setup'], { path }).status).toBe(0)
      return readFileSync(join(home.data, 'node'), 'utf8').split('\n').slice(1)
    }
    expect(record('')).toEqual(['bundled-roots', ''])
    for (const config of [
      "{ variables: {}, target_defaults: { defines: ['NODE_OPENSSL_CERT_STORE'] } }",
      "{ variables: { openssl_system_ca_path: '/etc/bundle' }, target_defaults: { defines: [] } }",
      '{}',
    ])
      expect(record(`Object.defineProperty(process, 'config', { value: ${config} })`)).toEqual([''])
    const tls = "const tls = require('tls'); tls.getCACertificates = () =>"
    expect(record(`${tls} tls.rootCertificates`)).toEqual(['bundled-roots', ''])
    expect(record(`${tls} [...tls.rootCertificates, 'that of a company']`)).toEqual([''])
  })

  it('that is a link is recorded once, and again when what it leads to has another time', () => {
    const link = home.at('links/node')
    mkdirSync(dirname(link))
    symlinkSync(process.execPath, link)
    const reinstall = () =>
      install(['--yes', '--no-setup'], { path: `${dirname(link)}:${process.env['PATH']}` }).stdout
    expect(reinstall()).toContain(`installed ${home.data}\n`)
    expect(reinstall()).toContain(`up to date: ${home.data}\n`)
    utimesSync(join(home.data, 'node'), 1, 1)
    expect(reinstall()).toContain(`recorded ${link}\n`)
  })
})

describe('an installation that is replaced', () => {
  beforeEach(() => {
    install(['--yes', '--no-setup'])
    writeFileSync(join(home.data, 'LICENSE'), 'of the old version')
  })

  it('is new afterwards, whole', () => {
    install(['--yes', '--no-setup'])
    expect(readFileSync(join(home.data, 'LICENSE'))).toEqual(readFileSync(join(checkout, 'LICENSE')))
    expect(readdirSync(dirname(home.data))).toEqual(['assume'])
  })

  it.each([
    ['cp', 'exit 1'],
    ['mv', `case $1 in *.new.*) exit 1 ;; esac; exec /bin/mv "$@"`],
    ['cp', 'kill -TERM $PPID'],
  ])('is the old one when %s fails (%s)', (program, script) => {
    const before = takeSnapshot(home.data, { times: true })
    expect(install(['--yes', '--no-setup'], { path: home.fakeProgram(program, script) }).status).not.toBe(0)
    expect(takeSnapshot(home.data, { times: true })).toEqual(before)
    expect(readdirSync(dirname(home.data))).toEqual(['assume'])
  })
})

describe('building', () => {
  let source: string
  beforeEach(() => {
    source = home.at('source')
    cpSync(checkout, source, { recursive: true, preserveTimestamps: true })
    home.write('source/src/main.ts', 'new')
  })
  const npm = (script = '') => home.fakeProgram('npm', `echo "npm $*" >>"$HOME/npm"; ${script}`)
  const calls = () => (existsSync(home.at('npm')) ? readFileSync(home.at('npm'), 'utf8') : '')
  const makeModules = () => home.write('source/node_modules/.package-lock.json', '{}')

  it('fetches the packages when they are missing, then builds', () => {
    expect(install(['--yes', '--no-setup'], { from: source, path: npm() }).status).toBe(0)
    expect(calls()).toBe('npm ci --include=dev --no-audit --no-fund\nnpm run build\n')
  })

  it('builds only, when the packages are newer than the lock file', () => {
    makeModules()
    install(['--yes', '--no-setup'], { from: source, path: npm() })
    expect(calls()).toBe('npm run build\n')
  })

  it('does neither when the program is newer than its sources', () => {
    writeFileSync(join(source, 'dist/main.js'), readFileSync(join(source, 'dist/main.js')))
    expect(install(['--yes', '--no-setup'], { from: source, path: npm() }).status).toBe(0)
    expect(calls()).toBe('')
  })

  it('shows what npm says only when it fails', () => {
    makeModules()
    const good = install(['--yes', '--no-setup'], { from: source, path: npm('echo chatter') })
    expect(good.stdout + good.stderr).not.toContain('chatter')
    const bad = install(['--yes', '--no-setup'], { from: source, path: npm('echo trouble; exit 7') })
    expect([bad.status, bad.stderr, bad.left]).toEqual([1, expect.stringContaining('trouble\n'), []])
  })
})

describe('a build that is interrupted', () => {
  it.each(['--yes', '--try'])('leaves nothing in the folder for temporary files (%s)', (option) => {
    const source = home.at('source')
    cpSync(checkout, source, { recursive: true, preserveTimestamps: true })
    home.write('source/src/newer', 'new')
    const { status, left } = install([option], {
      from: source,
      path: home.fakeProgram('npm', 'kill -INT $PPID'),
    })
    expect([status, left]).toEqual([130, []])
  })
})

describe('--try', () => {
  it('without a terminal plays the tour, and leaves home and temporary folder as they were', () => {
    home.write('.bashrc', 'a\n')
    const before = takeSnapshot(home.path)
    const env = { XDG_CONFIG_HOME: home.at('c'), AWS_PROFILE: 'mine', AWS_CONFIG_FILE: home.at('none') }
    const { status, stdout, stderr, left } = install(['--try'], { env })
    expect([status, stderr, left]).toEqual([0, '', []])
    expect(stdout).toMatch(
      /\$ assume list\n.*\ndev-profile +123456789011 +FullAccess +eu-west-1 +sso +logged out/,
    )
    expect(stdout).toContain('logged in to devto-article')
    expect(stdout).toMatch(
      /\$ assume dev-profile\n\n\$ env [^\n]*\n[^$]*AWS_PROFILE=dev-profile\nAWS_REGION=eu-west-1\n/,
    )
    expect(stdout).toMatch(/\$ assume -\n[^$]*\$ echo "\$\{AWS_PROFILE\}"\ndev-profile\n/)
    expect(stdout.trimEnd()).toMatch(/\n<>$/)
    expect(takeSnapshot(home.path)).toEqual({ ...before, tmp: 'folder' })
  })

  it('needs a checkout', () => {
    rmSync(home.at('x'), { recursive: true, force: true })
    cpSync(checkout, home.at('x'), { recursive: true })
    rmSync(home.at('x/scripts'), { recursive: true })
    expect(install(['--try'], { from: home.at('x') }).stderr).toContain('--try works from a checkout only')
  })
})
