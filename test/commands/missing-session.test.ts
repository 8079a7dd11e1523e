import { describe, expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home } from '../support/home.ts'

const fault = 'profile p uses sso-session gone, and there is no [sso-session gone]'
const warning = `assume: warning: ${fault}; assume configure --session gone\n`
const failure = `assume: ${fault}\n  assume configure --session gone\n`

function start(): Home {
  const home = createHome()
  home.writeAws(
    '[profile p]\nsso_session = gone\nsso_account_id = 111122223333\nsso_role_name = R\n' +
      '[profile chained]\nrole_arn = arn:aws:iam::111122223333:role/X\nsource_profile = p\n',
  )
  return home
}

describe('a profile whose sso-session is missing, and a role that is assumed from it', () => {
  it.each(['p', 'chained'])('%s is switched to, with one warning, by the files and by the row', (name) => {
    const home = start()
    for (const words of [
      ['env', name, '--format', 'json'],
      ['env', name, '--format', 'json'],
      ['exec', name, '--', 'printenv', 'AWS_PROFILE'],
    ]) {
      const { status, stdout, stderr } = runCore(home, words)
      expect([status, stderr]).toEqual([0, warning])
      expect(stdout).toContain(name)
    }
  })

  it.each(['p', 'chained'])('%s gives no keys', async (name) => {
    const home = start()
    for (const words of [
      ['env', name, '--export', '--format', 'json'],
      ['credential-process', name],
      ['whoami', name],
      ['login', name],
    ]) {
      expect(await callCommand(home, words)).toEqual({ status: 1, stdout: '', stderr: failure })
    }
  })
})
