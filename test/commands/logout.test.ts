import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tokenFileName } from '../../src/aws/cache-file-name.ts'
import { quoteAnywhere } from '../../src/text/words.ts'
import { createHome, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'

const nobody = 54321
const session = (name: string) =>
  `[sso-session ${name}]\nsso_start_url = https://${name}.awsapps.com/start\nsso_region = eu-west-1\n` +
  `[profile ${name}]\nsso_session = ${name}\nsso_account_id = 111122223333\nsso_role_name = R\n`

describe.skipIf(process.geteuid?.() !== 0)(
  'a logout where something cannot be removed (only as root)',
  () => {
    it('removes the rest, names it, and fails', () => {
      const home = createHome()
      home.writeAws(session('one') + session('two'))
      home.logIn('one', 0)
      home.logIn('two', 0)
      const roles = join(home.path, '.cache/assume/roles')
      mkdirSync(roles, { recursive: true })
      const kept = home.write(
        `.cache/assume/roles/${'0'.repeat(40)}-${tokenFileName({ name: 'one', startUrl: '' })}`,
        '{}',
      )
      chmodSync(home.path, 0o755)
      const path = join(home.path, '.aws/sso/cache')
      for (const each of [
        home.path,
        ...['.aws', '.aws/config', '.aws/sso', '.aws/sso/cache'].map((name) => join(home.path, name)),
      ])
        chownSync(each, nobody, nobody)
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(repository, 'dist/main.js'), 'logout', '--all'],
        {
          env: baseEnvironment(home),
          cwd: home.path,
          uid: nobody,
          gid: nobody,
          encoding: 'utf8',
        },
      )
      expect([status, stdout, stderr]).toEqual([
        1,
        '',
        `assume: two was not logged in\nassume: cannot remove ${kept}: permission denied\n  ls -ld ${quoteAnywhere(roles)}\n`,
      ])
      expect(readdirSync(path)).toEqual([])
      expect(existsSync(kept)).toBe(true)
    })
  },
)
