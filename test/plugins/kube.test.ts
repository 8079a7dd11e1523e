import { statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { isInstalled } from '../support/shell.ts'
import { failure, PluginWorld, readExamples } from './world.ts'

const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/main'
const [settings = '', profile = ''] = readExamples('kube.md', 'ini')

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld(`${profile}
[profile prod-eu]
region = eu-west-1
sso_account_id = 111122223333
[profile other]
region = eu-west-1
`)
  world.settings(settings)
})

/** A kubeconfig in which each context names a server that is called like it. */
function writeConfig(path: string, current: string, contexts: readonly string[]): void {
  const part = (name: string) => [
    { name, cluster: { server: `https://${name.replaceAll(/[:/]/g, '-')}.invalid` } },
    { name, context: { cluster: name, user: name } },
    { name, user: { token: name } },
  ]
  const [clusters, all, users] = [0, 1, 2].map((at) => contexts.map((name) => part(name)[at]))
  const config = { apiVersion: 'v1', kind: 'Config', 'current-context': current, clusters, users }
  world.home.write(path, JSON.stringify({ ...config, contexts: all }))
}

async function consult(name: string): Promise<Record<string, string>> {
  const { set, unset, secret } = await world.consult(name, { region: 'eu-west-1' })
  expect([unset, [...secret]]).toEqual([[], []])
  return Object.fromEntries(set)
}

/** What is in front of the user's files in KUBECONFIG. */
async function findContextFile(name: string): Promise<string> {
  return (await consult(name))['KUBECONFIG']?.split(':')[0] as string
}

describe('kube', () => {
  beforeEach(() => {
    writeConfig('.kube/config', 'home', ['home', 'kind-dev'])
    writeConfig('.kube/prod', 'elsewhere', [arn])
    writeConfig('.kube/dev', 'dev', ['dev', 'kind-dev'])
    writeConfig('.kube/other', 'other', ['other'])
  })

  it('names the kubeconfig of the profile', async () => {
    expect(await consult('other')).toEqual({ KUBECONFIG: world.at('.kube/other') })
  })

  it('names a file of its own before those of the user, where a context is wanted', async () => {
    const { KUBECONFIG: paths = '' } = await consult('prod-eu')
    const [own = '', ...rest] = paths.split(':')
    expect(rest).toEqual([world.at('.kube/config'), world.at('.kube/prod')])
    expect(own).toMatch(/\/\.cache\/assume\/plugins\/kube\/[0-9a-f]{16}\.yaml$/)
    expect(statSync(own).mode & 0o777).toBe(0o400)
    expect(statSync(join(own, '..')).mode & 0o777).toBe(0o700)
  })

  it('takes the file that kubectl takes, where only a context is wanted', async () => {
    world.settings('[plugin kube]\nenabled = yes\n')
    expect((await consult('dev'))['KUBECONFIG']).toMatch(new RegExp(`\\.yaml:${world.at('.kube/config')}$`))
    expect(await consult('other')).toEqual({})
    world.settings('[plugin kube]\nenabled = yes\nconfig =\ncontext =\n')
    expect(await consult('other')).toEqual({})
  })

  it('writes its file again when somebody has changed it or taken it away', async () => {
    const path = await findContextFile('prod-eu')
    const text = world.read(path.slice(world.home.path.length))
    const inode = statSync(path).ino
    await consult('prod-eu')
    expect(statSync(path).ino).toBe(inode)
    world.run('sh', '-c', `rm '${path}'; echo '{"current-context":"home"}' > '${path}'`)
    await consult('prod-eu')
    expect(world.read(path.slice(world.home.path.length))).toBe(text)
    world.run('rm', '-r', world.at('.cache'))
    expect(await findContextFile('prod-eu')).toBe(path)
    expect(statSync(path).size).toBe(text.length)
  })

  it('writes nothing in a dry run', async () => {
    const { set } = await world.consult('prod-eu', { isDryRun: true, region: 'eu-west-1' })
    expect(set).toEqual([['KUBECONFIG', expect.stringContaining('.yaml:')]])
    expect(world.has('.cache/assume/plugins')).toBe(false)
  })

  it('warns of a file that is missing, or stops the switch', async () => {
    world.run('rm', world.at('.kube/other'))
    const reason = `plugin kube, env: there is no file ${world.at('.kube/other')}`
    expect(await world.consult('other')).toMatchObject({
      set: [],
      warnings: [`warning: ${reason}; this goes on without it`],
    })
    world.settings(settings.replace('enabled', 'required = yes\nenabled'))
    expect(await failure(world.consult('other'))).toBe(`plugin-failed: ${reason}`)
  })

  it.each([
    ['.kube/config', '.kube/config is no path from / or ~/'],
    ['~other/config', '~other/config is no path from / or ~/'],
    ['/k/{account}', 'the profile has no account for {account}'],
    ['/k/{profile}', '/k/a:b has a :, which KUBECONFIG cannot hold', 'a:b'],
    ['/k/{profile}', '/k/../../tmp/x leads upwards', '../../tmp/x'],
  ])('takes no %s: %s', async (config, reason, name = 'other') => {
    world.home.writeAws(`[profile ${name}]\nregion = eu-west-1\n`)
    world.settings(`[plugin kube]\nenabled = yes\nrequired = yes\nconfig = ${config}\n`)
    expect(await failure(world.consult(name))).toBe(`plugin-failed: plugin kube, env: ${reason}`)
  })

  const hasKubectl = isInstalled('kubectl')
  describe.skipIf(!hasKubectl)(`with kubectl${hasKubectl ? '' : ' (not installed)'}`, () => {
    const kubectl = async (name: string, ...args: string[]) => {
      const { set } = await world.consult(name, { region: 'eu-west-1' })
      const { stdout, stderr, status } = world.runWith(set, 'kubectl', ...args)
      return { text: `${stdout}${stderr}`, status }
    }
    const server = (name: string) =>
      kubectl(name, 'config', 'view', '--minify', '-o', 'jsonpath={.clusters[*].cluster.server}')

    it('leads to the cluster of the context', async () => {
      expect((await server('prod-eu')).text).toBe(
        'https://arn-aws-eks-eu-west-1-111122223333-cluster-main.invalid',
      )
      expect((await kubectl('prod-eu', 'config', 'current-context')).text).toBe(`${arn}\n`)
      expect((await server('other')).text).toBe('https://other.invalid')
      expect((await server('dev')).text).toBe('https://kind-dev.invalid')
    })

    it('does not fall back to another context', async () => {
      writeConfig('.kube/prod', 'elsewhere', ['renamed'])
      expect(await server('prod-eu')).toMatchObject({ text: expect.stringContaining(arn), status: 1 })
    })

    it('keeps what changes a context in the file of the user', async () => {
      const before = world.read('.kube/config')
      await kubectl('prod-eu', 'config', 'set-context', '--current', '--namespace=shop')
      expect(world.read('.kube/prod')).toContain('namespace: shop')
      expect(world.read('.kube/config')).toBe(before)
    })

    const isRoot = process.geteuid?.() === 0
    it.skipIf(isRoot)('does not let a shell change the context of the others (not as root)', async () => {
      const { text, status } = await kubectl('prod-eu', 'config', 'use-context', 'home')
      expect([text, status]).toEqual([expect.stringContaining('permission denied'), 1])
      expect((await kubectl('prod-eu', 'config', 'current-context')).text).toBe(`${arn}\n`)
    })
  })
})
