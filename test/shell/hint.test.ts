import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { quoteFor } from '../../src/emit/word.ts'
import { createHome } from '../support/home.ts'
import { describeShells, runScript, type Shell } from '../support/shell.ts'
import { hostedShells as shells } from '../support/shells/index.ts'

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
const odd = ['\u2018', '\u2019', '\u201a', '\u201b', '\u201c', '\u201d', '\u201e', 'é', '🦊']
/** Each character alone, inside and at the ends of a word, and beside each quote. */
const words = [
  ...[...printable, ...odd].flatMap((character) => [
    character,
    `a${character}b`,
    `${character}'`,
    `'${character}${character}`,
  ]),
  [...printable, ...odd].join(''),
  '',
  "x'; touch pwned; '",
  "\\'; touch pwned; '",
  "'$(touch pwned)",
  '"`touch pwned`\'',
]

/** What `assume status` advises where two variables name two profiles. */
const removals = {
  bash: 'unset AWS_DEFAULT_PROFILE',
  zsh: 'unset AWS_DEFAULT_PROFILE',
  fish: 'set -e AWS_DEFAULT_PROFILE',
  pwsh: 'Remove-Item Env:AWS_DEFAULT_PROFILE',
}

/** Writes the words of a call to a file, with a NUL after each. */
function writeWords(shell: Shell, path: string, call: string): string {
  return shell.name === 'pwsh'
    ? `function show { [IO.File]::WriteAllText(${shell.quote(path)}, (($args + '') -join [string][char]0)) }\nshow ${call}`
    : `printf '%s\\0' ${call} >${shell.quote(path)}`
}

describeShells('a word of a hint', shells, (shell) => {
  it('is read back as it was, and the hint is for the shell that its function is in', () => {
    const home = createHome()
    const quote = quoteFor(shell.name === 'pwsh' ? 'powershell' : shell.name)
    const session = "it's $(touch pwned) \\"
    const profile = 'dev && touch pwned'
    home.writeAws(
      `[profile "${profile}"]\nsso_session = ${session}\nsso_account_id = 111122223333\nsso_role_name = R\n` +
        ['a', 'b']
          .map((name) => `[profile ${name}]\naws_access_key_id = AKIA\naws_secret_access_key = x\n`)
          .join(''),
    )
    const path = join(home.path, 'words')
    const { stdout, stderr } = runScript(shell, home, [
      writeWords(shell, path, words.map(quote).join(' ')),
      `assume env ${quote(profile)} --export --shell bash`,
      shell.setExported('AWS_PROFILE', 'a'),
      shell.setExported('AWS_DEFAULT_PROFILE', 'b'),
      'assume status',
    ])
    expect(readFileSync(path, 'utf8').split('\0')).toEqual([...words, ''])
    expect(stdout).toContain(`  ${removals[shell.name]}\n`)
    expect(stderr).toContain(
      `assume: profile ${profile} uses sso-session ${session}, and there is no [sso-session ${session}]\n` +
        `  assume configure --session ${quote(session)}\n`,
    )
    expect(readdirSync(home.path)).not.toContain('pwned')
  })

  it.each([
    ['eu_west_1', 'exported:eu-west-1'],
    ['nowhere at all', 'absent'],
  ])('that AWS_REGION is %s is mended by the statement that is proposed', (region, after) => {
    const home = createHome()
    home.writeAws(
      '[profile base]\naws_access_key_id = AKIA\naws_secret_access_key = x\n' +
        '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = base\n',
    )
    const set = shell.setExported('AWS_REGION', region)
    const { stderr } = runScript(shell, home, [set, 'assume env role --export --format json'])
    const [message, statement = ''] = stderr.split('\n')
    expect(message).toBe(`assume: AWS_REGION is no region: ${region}`)
    const { stdout } = runScript(shell, home, [set, statement, shell.show('AWS_REGION')])
    expect(stdout).toBe(`${after}\n`)
  })
})
