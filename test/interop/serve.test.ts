import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startCore } from '../support/core-process.ts'
import { repository } from '../support/home.ts'
import { findBotocore, World } from './world.ts'

const python = findBotocore()
const sshd = '/usr/sbin/sshd'

/** Whether these programs are there, and namespaces can be made. */
const has = (...programs: string[]) =>
  programs.every((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0) &&
  spawnSync('unshare', ['-mn', 'true']).status === 0

/** A server at a socket, and a world to ask it from. */
async function serve() {
  const world = await World.open()
  await world.logIn()
  const runtime = join(world.home.path, 'run')
  mkdirSync(runtime, { mode: 0o700 })
  const server = startCore(world.home, ['serve', 'dev-profile'], {
    env: { ...world.env, XDG_RUNTIME_DIR: runtime },
  })
  await server.shows('credential_process')
  onTestFinished(async () => {
    process.kill(server.pid as number, 'SIGINT')
    await server
  })
  return { world, socket: join(runtime, 'assume/dev-profile.sock') }
}

/** Runs a script in a network of its own. */
const runApart = (world: World, script: string, env: Record<string, string> = {}) =>
  world.run('unshare', ['-mn', 'sh', '-ec', script], { env, cwd: repository })

const identify =
  'import botocore.session; print(botocore.session.Session().get_credentials().get_frozen_credentials().access_key)'

describe('a container', () => {
  it.skipIf(!python || !has('socat', 'ip', 'unshare')).each([
    ['by the address that SDKs know', '169.254.170.2:80', 'RELATIVE_URI', '/'],
    ['by an address of its own', '127.0.0.1:9911', 'FULL_URI', 'http://127.0.0.1:9911/'],
  ])('gets credentials through socat, %s', async (_name, address, name, uri) => {
    const { world, socket } = await serve()
    const [host = '', port = ''] = address.split(':')
    const script = `ip link set lo up
ip addr add 169.254.170.2/32 dev lo
socat TCP-LISTEN:${port},bind=${host},fork UNIX-CONNECT:${socket} >/dev/null 2>&1 & relay=$!
trap 'kill $relay' EXIT
until socat -u /dev/null TCP:${address} 2>/dev/null; do :; done
'${python}' -c '${identify}'`
    const env = { [`AWS_CONTAINER_CREDENTIALS_${name}`]: uri, NO_PROXY: host }
    const { stdout, stderr } = await runApart(world, script, env)
    expect(stderr).toBe('')
    expect(world.kindOf(stdout.trim())).toBe('access-key-id')
  })
})

describe('a remote host', () => {
  it.skipIf(!existsSync(sshd) || !has('ssh', 'ssh-keygen', 'ip', 'curl', 'unshare'))(
    'gets credentials through the socket that ssh brings there',
    async () => {
      const { world, socket } = await serve()
      const at = (name: string) => join(world.home.path, name)
      world.home.write(
        'sshd_config',
        `Port 2299\nListenAddress 127.0.0.1\nHostKey ${at('host')}\nAuthorizedKeysFile ${at('me.pub')}\nPidFile none\nUsePAM no\nStrictModes no\n`,
      )
      const ssh = `ssh -q -F none -i ${at('me')} -p 2299 -o StrictHostKeyChecking=no -o UserKnownHostsFile=${at('known')}`
      const ask = `stat -c %a ${at('far')}; curl -s --fail --max-time 5 --unix-socket ${at('far')} http://assume/`
      const { stdout } = await runApart(
        world,
        `mount -t tmpfs tmpfs /run; mkdir /run/sshd; ip link set lo up
ssh-keygen -q -t ed25519 -N '' -f ${at('host')}; ssh-keygen -q -t ed25519 -N '' -f ${at('me')}
${sshd} -D -f ${at('sshd_config')} >/dev/null 2>&1 & daemon=$!
trap 'kill $daemon' EXIT
until ${ssh} 127.0.0.1 rm -f ${at('far')}; do :; done
${ssh} -R ${at('far')}:${socket} 127.0.0.1 '${ask}'`,
      )
      const [mode, body = '{}'] = stdout.split('\n')
      expect(mode).toBe('600')
      expect(world.kindOf(JSON.parse(body).AccessKeyId)).toBe('access-key-id')
    },
  )
})
