import { beforeEach, describe, expect, it } from 'vitest'
import { isInstalled } from '../support/shell.ts'
import { failure, PluginWorld, readExamples } from './world.ts'

const [settings = '', profile = ''] = readExamples('terraform.md', 'ini')

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld(`${profile}
[profile prod-eu]
role_arn = arn:aws:iam::111122223333:role/admin
source_profile = keys
[profile keys]
region = eu-west-1
`)
  world.settings(settings)
})

describe('terraform', () => {
  it('sets the workspace and the variables of the profile', async () => {
    expect(await world.consult('prod-eu')).toMatchObject({
      set: [
        ['TF_WORKSPACE', 'prod-eu'],
        ['TF_VAR_account_id', '111122223333'],
        ['TF_VAR_tags', '{"team"="core", "role"="admin"}'],
      ],
      unset: [],
    })
    const { set, unset } = await world.consult('dev')
    expect(set).toEqual([
      ['TF_WORKSPACE', 'sandbox'],
      ['TF_VAR_instanceCount', '3'],
    ])
    expect(unset).toEqual(['TF_VAR_account_id'])
  })

  it('keeps the values of variables secret, unless the user says otherwise', async () => {
    const { secret } = await world.consult('prod-eu')
    expect([...secret]).toEqual(['TF_VAR_account_id', 'TF_VAR_tags'])
    world.settings(settings.replace('enabled', 'secret = no\nenabled'))
    expect((await world.consult('prod-eu')).secret.size).toBe(0)
  })

  it.each([
    ['workspce = x', 'there is no option "workspce"; there are: workspace, var_NAME'],
    ['var_ = x', 'there is no option "var_"; there are: workspace, var_NAME'],
    ['var_a = {account}', 'the profile has no account for {account}'],
    ['var_a-b = x', '"TF_VAR_a-b" is no name of a variable'],
  ])('takes no %s', async (line, reason) => {
    world.settings(`[plugin terraform]\nenabled = yes\nrequired = yes\n${line}\n`)
    expect(await failure(world.consult('keys'))).toBe(`plugin-failed: plugin terraform, env: ${reason}`)
  })

  it('has nothing to say where nobody has said anything', async () => {
    world.settings('[plugin terraform]\nenabled = yes\n')
    expect(await world.consult('keys')).toMatchObject({ set: [], unset: [], warnings: [] })
  })

  const hasTerraform = isInstalled('terraform')
  describe.skipIf(!hasTerraform)(`with Terraform${hasTerraform ? '' : ' (not installed)'}`, () => {
    it('is what Terraform reads', async () => {
      world.home.write(
        'main.tf',
        `variable "account_id" { type = string }
variable "tags" { type = map(string) }
output "all" { value = "\${terraform.workspace} \${var.account_id} \${var.tags["role"]}" }
`,
      )
      const { set } = await world.consult('prod-eu')
      const offline = [...set, ['CHECKPOINT_DISABLE', '1'] as const]
      const { stdout, stderr } = world.runWith(offline, 'terraform', 'plan', '-no-color', '-input=false')
      expect(stdout, stderr).toContain('+ all = "prod-eu 111122223333 admin"')
      expect(world.runWith(offline, 'terraform', 'workspace', 'show').stdout).toBe('prod-eu\n')
    })
  })
})
