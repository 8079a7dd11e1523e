import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { loginFileName } from '../../src/aws/cache-file-name.ts'
import { startCore } from '../support/core-process.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { startHttpServer } from '../support/http-server.ts'
import { writeScript } from '../support/script.ts'
import { CredentialWorld } from './world.ts'

const assume = join(repository, 'bin/assume')
const keys = {
  Version: 1,
  AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  SecretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

/** What `assume env` exports for a profile, through the built executable. */
async function exportKeys(home: Home, profile: string, env: Record<string, string> = {}) {
  const words = ['env', profile, '--export', '--format', 'json']
  const { status, stdout, stderr } = await startCore(home, words, { env })
  return { status, stderr, accessKeyId: status === 0 ? JSON.parse(stdout).set.AWS_ACCESS_KEY_ID : undefined }
}

describe('assume hands out the keys of', () => {
  it('a helper, whose words are shown', async () => {
    const home = createHome()
    const helper = writeScript(home, 'helper', `echo 'touch the key' >&2; echo '${JSON.stringify(keys)}'`)
    home.writeAws(`[profile dev]\ncredential_process = "${helper}" 'a b'\n`)
    expect(await exportKeys(home, 'dev')).toEqual({
      status: 0,
      stderr: 'touch the key\n',
      accessKeyId: keys.AccessKeyId,
    })
  })

  it('a role on top of a helper', async () => {
    const world = await CredentialWorld.open()
    const helper = writeScript(world.home, 'helper', `echo '${JSON.stringify(keys)}'`)
    world.configure({
      base: `credential_process = "${helper}"\n`,
      deploy: 'role_arn = arn:aws:iam::999988887777:role/Deploy\nsource_profile = base\nregion = eu-west-1\n',
    })
    expect(await exportKeys(world.home, 'deploy', world.env)).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual(['AssumeRole'])
  })

  it('a session of aws login, and says when it is over', async () => {
    const world = await CredentialWorld.open()
    const { arn, text } = world.sandbox.startLoginSession()
    world.configure({ dev: `login_session = ${arn}\nregion = eu-west-2\n` })
    const { accessToken, ...fields } = JSON.parse(text)
    const ended = { ...fields, accessToken: { ...accessToken, expiresAt: '2020-01-01T00:00:00Z' } }
    world.home.write(`.aws/login/cache/${loginFileName(arn)}`, JSON.stringify(ended))
    const { status, accessKeyId } = await exportKeys(world.home, 'dev', world.env)
    expect(status).toBe(0)
    expect(accessKeyId).not.toBe(accessToken.accessKeyId)
    world.home.write(`.aws/login/cache/${loginFileName(arn)}`, JSON.stringify(ended))
    expect(await exportKeys(world.home, 'dev', world.env)).toMatchObject({
      status: 3,
      stderr: 'assume: profile dev has a session of aws login that is over\n  aws login --profile dev\n',
    })
  })

  it('a container, for a role', async () => {
    const world = await CredentialWorld.open()
    const { accessToken: keys } = JSON.parse(world.sandbox.startLoginSession().text)
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token } = keys
    const answer = { AccessKeyId, SecretAccessKey, Token, Expiration: keys.expiresAt }
    const { url } = await startHttpServer(() => [200, answer])
    world.configure({
      deploy:
        'role_arn = arn:aws:iam::999988887777:role/Deploy\ncredential_source = EcsContainer\nregion = eu-west-1\n',
    })
    const env = { ...world.env, AWS_CONTAINER_CREDENTIALS_FULL_URI: url }
    expect(await exportKeys(world.home, 'deploy', env)).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('a helper that leads back to assume', () => {
  let home: Home
  beforeEach(() => {
    home = createHome()
  })

  /** A wrapper script that asks assume for a profile, and counts how often it was started. */
  const writeWrapper = (name: string, command: string) =>
    writeScript(home, name, `echo x >> "${join(home.path, 'started')}"\nexec "${assume}" ${command}`)
  const countStarts = () => readFileSync(join(home.path, 'started'), 'utf8').split('\n').length - 1

  it.each(['credential-process dev', 'env dev --export --format json', 'exec --export dev -- true'])(
    'through "%s" is started once, and the way is shown',
    async (command) => {
      home.writeAws(`[profile dev]\ncredential_process = "${writeWrapper('wrapper', command)}"\n`)
      const { status, stderr } = await exportKeys(home, 'dev')
      expect(status).toBe(1)
      expect(stderr).toContain('assume: a credential_process leads back to itself: dev -> dev\n')
      expect(stderr).toMatch(
        /no credentials for profile dev: its credential_process .*\/wrapper ends with status \d+\n/,
      )
      expect(countStarts()).toBe(1)
    },
  )

  it('over another profile is shown with it', async () => {
    const wrappers = [
      writeWrapper('one', 'credential-process b'),
      writeWrapper('two', 'credential-process a'),
    ]
    home.writeAws(
      `[profile a]\ncredential_process = "${wrappers[0]}"\n[profile b]\ncredential_process = "${wrappers[1]}"\n`,
    )
    const { status, stderr } = await exportKeys(home, 'a')
    expect(status).toBe(1)
    expect(stderr).toContain('leads back to itself: a -> b -> a\n')
    expect(countStarts()).toBe(2)
  })

  it('by the role that waits for it is not waited for', async () => {
    const wrapper = writeWrapper('wrapper', 'credential-process deploy')
    home.writeAws(
      `[profile base]\ncredential_process = "${wrapper}"\n` +
        `[profile deploy]\nrole_arn = arn:aws:iam::999988887777:role/Deploy\nsource_profile = base\nregion = eu-west-1\n`,
    )
    const { status, stderr } = await exportKeys(home, 'deploy')
    expect(status).toBe(1)
    expect(stderr).toContain('leads back to itself: base -> base\n')
    expect(countStarts()).toBe(1)
  })

  it('for the profile alone, without its keys, is no loop', async () => {
    const helper = writeScript(
      home,
      'helper',
      `"${assume}" env dev --format json >&2 && echo '${JSON.stringify(keys)}'`,
    )
    home.writeAws(`[profile dev]\ncredential_process = "${helper}"\n`)
    const switched = { AWS_PROFILE: 'dev', ASSUME_PROFILE: 'dev', ASSUME_VARS: 'AWS_PROFILE ASSUME_PROFILE' }
    expect(await exportKeys(home, 'dev', switched)).toMatchObject({
      status: 0,
      accessKeyId: keys.AccessKeyId,
    })
  })
})

describe('Ctrl-C', () => {
  it('ends a helper that hangs, and assume with status 130', async () => {
    const home = createHome()
    const file = join(home.path, 'pid')
    const helper = writeScript(home, 'helper', `echo $$ > "${file}"\nexec sleep 1000`)
    home.writeAws(`[profile dev]\ncredential_process = "${helper}"\n`)
    const running = startCore(home, ['env', 'dev', '--export', '--format', 'json'])
    await vi.waitUntil(() => existsSync(file) && readFileSync(file, 'utf8') !== '', { timeout: 100_000 })
    process.kill(running.pid as number, 'SIGINT')
    expect(await running).toMatchObject({ status: 130, stdout: '' })
  })
})
