import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sandboxConfig } from '../../src/sandbox/config.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { createAuthority } from '../support/connect-proxy.ts'
import { createHome, repository } from '../support/home.ts'
import { copyCheckout } from '../support/install-home.ts'
import { findPosixShells } from '../support/posix-shells.ts'
import { isInstalled } from '../support/shell.ts'

/** Notes, as install.sh does, with which Node the installation in `root` was tested. */
function record(root: string, node: string, lines: readonly string[]): void {
  const path = join(root, 'node')
  writeFileSync(path, [node, ...lines, ''].join('\n'))
  execFileSync('touch', ['-r', node, path])
}

/** An installation whose Node says which of the two variables it has got, and leaves `exec` to its command. */
function install(lines: readonly string[] = ['bundled-roots']) {
  const home = createHome()
  mkdirSync(join(home.path, 'bin'))
  for (const name of ['bin/assume', 'bin/start.sh'])
    copyFileSync(join(repository, name), join(home.path, name))
  home.write('dist/main.js', '')
  const tell = `echo "\${NODE_EXTRA_CA_CERTS-none} \${ASSUME_NODE_EXTRA_CA_CERTS-none}"`
  const node = home.write(
    'node-folder/node',
    `#!/bin/sh
case $1 in --version) echo v99.0.0; exit ;; esac
case $2 in exec) ${tell} >'${home.path}/seen'; echo 'shift 2' >&3 ;; *) ${tell} ;; esac
`,
  )
  chmodSync(node, 0o755)
  record(home.path, node, lines)
  const bundle = home.write('bundle.pem', '')
  const run = (env: Readonly<Record<string, string>>, words = ['list'], shell = '/bin/sh') =>
    spawnSync(shell, [join(home.path, 'bin/assume'), ...words], {
      env: { HOME: home.path, PATH: `${dirname(node)}:/usr/bin:/bin`, NODE_EXTRA_CA_CERTS: bundle, ...env },
      cwd: home.path,
      encoding: 'utf8',
    })
  return { home, bundle, tell, run }
}

describe.each(findPosixShells().map((shell) => [shell.name, shell.path] as const))('%s', (_name, path) => {
  it.skipIf(path === undefined)('keeps the bundle of NODE_EXTRA_CA_CERTS from the core alone', () => {
    const { home, bundle, tell, run } = install()
    expect(run({}, ['list'], path).stdout).toBe(`none ${bundle}\n`)
    const { stdout, status } = run({ A: 'a' }, ['exec', 'dev', 'sh', '-c', tell], path)
    expect([status, stdout]).toEqual([0, `${bundle} none\n`])
    expect(readFileSync(join(home.path, 'seen'), 'utf8')).toBe(`none ${bundle}\n`)
  })
})

describe('the core gets the variable as it is', () => {
  it.each([
    [{ NODE_OPTIONS: '--use-openssl-ca' }],
    [{ NODE_OPTIONS: '--max-old-space-size=4096 --use-system-ca' }],
    [{ NODE_OPTIONS: '-r ./hook.cjs' }],
    [{ NODE_OPTIONS: '--import=./hook.mjs' }],
    [{ NODE_USE_SYSTEM_CA: '1' }],
    [{ NODE_EXTRA_CA_CERTS: '/nowhere/bundle.pem' }],
    [{ NODE_EXTRA_CA_CERTS: '/dev/null' }],
    [{ NODE_EXTRA_CA_CERTS: '' }],
  ] as Record<string, string>[][])('with %j', (env) => {
    const { bundle, run } = install()
    expect(run(env ?? {}).stdout).toBe(`${env?.['NODE_EXTRA_CA_CERTS'] ?? bundle} none\n`)
  })

  it('where the Node is not the one that was found to trust what comes with it alone', () => {
    const { bundle, run } = install([])
    expect(run({}).stdout).toBe(`${bundle} none\n`)
    const other = install()
    const copy = other.home.write('other/node', '#!/bin/sh\nexec "${0%/*}/../node-folder/node" "$@"\n')
    chmodSync(copy, 0o755)
    expect(other.run({ PATH: `${dirname(copy)}:/usr/bin:/bin` }).stdout).toBe(`${other.bundle} none\n`)
  })

  it('with options that say nothing of certificates it is kept', () => {
    const { bundle, run } = install()
    expect(run({ NODE_OPTIONS: '--max-old-space-size=4096' }).stdout).toBe(`none ${bundle}\n`)
  })
})

describe('the installed program', () => {
  const checkout = copyCheckout()

  it('logs in where the certificates of NODE_EXTRA_CA_CERTS alone speak for Identity Center', async () => {
    const { ca, key, cert } = createAuthority()
    const sandbox = await startSandbox({ answer: 'allow', interval: 0, tls: { key, cert } })
    onTestFinished(() => sandbox.close())
    const home = createHome()
    record(checkout, process.execPath, ['bundled-roots'])
    home.writeAws(sandboxConfig(sandbox.tlsUrl ?? ''))
    const run = async (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const PATH = `${dirname(process.execPath)}:/usr/bin:/bin`
      const child = spawn(join(checkout, 'bin/assume'), words, {
        env: { HOME: home.path, PATH, ...env },
        cwd: home.path,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const [stdout, stderr, [status]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ])
      return { status, stdout, stderr }
    }
    const words = ['login', '--device-code']
    const others = createAuthority().ca
    for (const env of [{}, { NODE_EXTRA_CA_CERTS: home.write('other.pem', others) }]) {
      const { status, stderr } = await run(words, env)
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(/ is not trusted \([A-Z_]+\)\n {2}behind a proxy/),
      ])
    }
    const env = { NODE_EXTRA_CA_CERTS: home.write('authority.pem', ca) }
    expect(await run(words, env)).toMatchObject({ status: 0 })
    expect(await run(['credential-process', 'dev-profile'], env)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('"SessionToken"'),
    })
  })

  it.skipIf(!isInstalled('strace'))(
    'opens no bundle where nothing is asked, and hands the variable on',
    () => {
      const home = createHome()
      record(checkout, process.execPath, ['bundled-roots'])
      const keys = '{"Version":1,"AccessKeyId":"ASIAONE","SecretAccessKey":"s","SessionToken":"t"}'
      const program = home.write(
        'helper',
        `#!/bin/sh\nenv | grep CA_CERTS >'${home.path}/seen'\necho '${keys}'\n`,
      )
      chmodSync(program, 0o755)
      home.writeAws(`[profile one]\nregion = eu-west-1\ncredential_process = ${program}\n`)
      const bundle = home.write('bundle.pem', '')
      const trace = join(home.path, 'trace')
      const run = (...words: string[]) =>
        spawnSync(
          'strace',
          ['-f', '-qq', '-e', 'trace=open,openat', '-o', trace, join(checkout, 'bin/assume'), ...words],
          {
            env: {
              HOME: home.path,
              PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
              NODE_EXTRA_CA_CERTS: bundle,
            },
            encoding: 'utf8',
          },
        )
      for (const words of [
        ['list'],
        ['env', 'one', '--shell', 'bash'],
        ['env', '--export', 'one', '--shell', 'bash'],
      ]) {
        const { status, stderr } = run(...words)
        expect([words, status, stderr]).toEqual([words, 0, ''])
        expect(readFileSync(trace, 'utf8')).not.toContain(bundle)
      }
      expect(readFileSync(join(home.path, 'seen'), 'utf8')).toBe(`NODE_EXTRA_CA_CERTS=${bundle}\n`)
      const { stdout } = run('exec', 'one', '--', 'env')
      expect(stdout.match(/^.*CA_CERTS.*$/gm)).toEqual([`NODE_EXTRA_CA_CERTS=${bundle}`])
    },
  )
})
