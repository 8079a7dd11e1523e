import { expect, it } from 'vitest'
import { createHome } from '../support/home.ts'
import { promptEnd, startSession } from '../support/session.ts'
import { describeShells } from '../support/shell.ts'
import { shells } from '../support/shells/index.ts'

const config = Array.from(
  { length: 300 },
  (_, index) =>
    `[profile team-${index}-PowerUserAccess]\nsso_session = work\nsso_account_id = ${111122220000 + index}\nsso_role_name = PowerUserAccess\nregion = eu-west-1\n`,
).join('')

describeShells('the picker', shells, (shell) => {
  it('grows with the terminal, is drawn again when that changes, and shows the session and what matches', async () => {
    const home = createHome()
    home.writeAws(`${config}[sso-session work]\nsso_region = eu-west-1\nsso_start_url = https://x/start\n`)
    home.logIn('work')
    const session = await startSession(shell, home, { cols: 90, rows: 50 })
    const { terminal } = session
    await session.run('seq 40', '')
    const countRows = () => terminal.screen().filter((row) => /^[> ] {2}team-.* valid /.test(row)).length
    terminal.type('assume\r')
    await terminal.waitFor(() => countRows() === 23)
    terminal.resize(60, 30)
    await terminal.waitFor(() => countRows() === 13)
    // The rows of the lines that the narrower terminal has wrapped are gone, and nothing else.
    expect(terminal.screen().filter((row) => row.includes('/300 >'))).toHaveLength(1)
    const top = terminal.screen().findIndex((row) => row.includes('/300 >'))
    expect(terminal.screen()[top - 1]).toBe(`${promptEnd} assume`)
    expect(terminal.text()).toMatch(/^> {2}team-0-PowerUserAccess +111122220000 +valid \S+ \S+$/m)
    terminal.type('t299')
    await terminal.waitFor(/ 1\/300 > t299\n.*PROFILE.*\n> {2}team-299/)
    expect(terminal.output.toString()).toContain('\u001b[4mt\u001b[24meam-\u001b[4m299\u001b[24m-')
    terminal.type('\r')
    await terminal.waitFor(new RegExp(`^\\(team-299-PowerUserAccess\\) ${promptEnd}`, 'm'))
    expect(terminal.screen().join('\n')).not.toMatch(/PROFILE|team-0-/)
  })

  it.each([
    ['with free rows below', 'echo 1'],
    ['at the bottom, below lines that wrap', String.raw`seq 20; printf '%095d\n' 0`],
  ])(
    'leaves nothing behind when the window changes, and asks the terminal nothing, %s',
    async (_title, command) => {
      const home = createHome()
      home.writeAws(config)
      const session = await startSession(shell, home, { cols: 100, rows: 24 })
      const { terminal } = session
      await session.run(command, '')
      const before = terminal.text().trimEnd()
      terminal.type('assume\r')
      await terminal.waitFor('300/300 >')
      const start = terminal.output.length
      const said = () => terminal.output.subarray(start).toString()
      const countDrawn = () => said().split('\u001b[J').length
      // As wide as before in the end: fish marks the line where it is not as wide as fish knows.
      for (const [columns, rows] of [[95], [90], [75], [60], [100], [40], [60, 14], [100, 24]] as const) {
        const drawn = countDrawn()
        terminal.resize(columns, rows ?? 24)
        await terminal.waitFor(() => countDrawn() > drawn)
        expect(terminal.text().match(/300\/300 >/g)).toHaveLength(1)
      }
      terminal.type('t299')
      await terminal.waitFor(/1\/300 > t299/)
      expect(said()).not.toMatch(/\u001b\[[\d>=?;]*[cn]/)
      terminal.type('\u001b')
      await terminal.waitFor((text) => text.trimEnd().endsWith(`\n${promptEnd}`))
      expect(terminal.text().replace(/\s/g, '')).toBe(`${before} assume ${promptEnd}`.replace(/\s/g, ''))
    },
  )
})
