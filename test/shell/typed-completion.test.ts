import { chmodSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { promptEnd, type ShellSession, startSession } from '../support/session.ts'
import { describeShells, type Shell } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { fish } from '../support/shells/fish.ts'
import { zsh } from '../support/shells/zsh.ts'

/** What completes the arguments of a program called vcs. */
const registrations: Record<string, string> = {
  bash: "complete -W 'checkout status' vcs",
  zsh: '_vcs() { compadd checkout status }; compdef _vcs vcs',
  fish: "complete -c vcs -f -a 'checkout status'",
}

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  return home
}

/** Types the beginning of a line and TAB, waits for the whole line, and clears it. */
async function expectCompleted({ terminal }: ShellSession, typed: string, whole: string): Promise<void> {
  terminal.type(`${typed}\t`)
  await terminal.waitFor(() => terminal.screen()[terminal.cursor.row] === `${promptEnd} ${whole}`)
  terminal.type('\u0015')
}

describeShells('TAB behind exec', [bash, zsh, fish], (shell: Shell) => {
  it('completes the command and its arguments, behind -- as well, and behind a profile by a flag', async () => {
    const home = start()
    chmodSync(home.write('bin/vcs-program', '#!/bin/sh\n'), 0o755)
    const session = await startSession(shell, home, {
      env: { PATH: `${home.path}/bin:${process.env['PATH']}` },
    })
    await session.run(registrations[shell.name] ?? '', '')
    await expectCompleted(
      session,
      'assume exec dev-profile -- vcs-p',
      'assume exec dev-profile -- vcs-program',
    )
    await expectCompleted(session, 'assume exec dev-profile vcs-p', 'assume exec dev-profile vcs-program')
    await expectCompleted(
      session,
      'assume exec -p dev-profile vcs-p',
      'assume exec -p dev-profile vcs-program',
    )
    await expectCompleted(
      session,
      'assume exec dev-profile -- vcs ch',
      'assume exec dev-profile -- vcs checkout',
    )
    await expectCompleted(
      session,
      'assume exec --profile=dev-profile vcs ch',
      'assume exec --profile=dev-profile vcs checkout',
    )
  })

  it('completes that of serve, where it comes behind --', async () => {
    const home = start()
    chmodSync(home.write('bin/vcs-program', '#!/bin/sh\n'), 0o755)
    const session = await startSession(shell, home, {
      env: { PATH: `${home.path}/bin:${process.env['PATH']}` },
    })
    await session.run(registrations[shell.name] ?? '', '')
    const lead = 'assume serve dev-profile --port 0 --'
    await expectCompleted(session, `${lead} vcs-p`, `${lead} vcs-program`)
    await expectCompleted(session, `${lead} vcs ch`, `${lead} vcs checkout`)
  })
})

describeShells('TAB in a word', [bash, zsh, fish], (shell: Shell) => {
  it('goes by what the shell makes of it: backslashes, quotes, and a value behind =', async () => {
    const home = start()
    home.writeAws(`[profile 'two words']\n[profile 'say "aye"']\n[profile test-profile]\n`)
    const session = await startSession(shell, home)
    await expectCompleted(session, 'assume env two\\ w', 'assume env two\\ words')
    // readline leaves it to whoever typed it to close such a quote.
    const end = shell.name === 'bash' ? '' : '"'
    await expectCompleted(session, 'assume env "say \\"a', `assume env "say \\"aye\\"${end}`)
    await expectCompleted(session, 'assume env --region=us-gov-w', 'assume env --region=us-gov-west-1')
    await expectCompleted(session, 'assume --profile=te', 'assume --profile=test-profile')
  })
})

describeShells('TAB behind plugin check', [bash, zsh, fish], (shell: Shell) => {
  it('completes the path of a file', async () => {
    const session = await startSession(shell, start())
    await expectCompleted(session, 'assume plugin check .aws/conf', 'assume plugin check .aws/config')
  })
})

describeShells('TAB for the first word', [bash], (shell) => {
  it('offers the profiles before the commands', async () => {
    const { terminal } = await startSession(shell, start())
    terminal.type('assume \t\t')
    await terminal.waitFor((text) => text.includes('whoami') && text.includes('configure'))
    const listed = terminal.text()
    expect(listed.indexOf('dev-profile')).toBeGreaterThan(0)
    // By the alphabet it would come behind.
    expect(listed.indexOf('dev-profile')).toBeLessThan(listed.indexOf('configure'))
  })
})
