import { platform } from 'node:os'
import { matchesGlob } from '../../text/matching.ts'
import { splitWords } from '../../text/shell-words.ts'
import { definePlugin } from '../api.ts'
import { fillPlaceholders } from './placeholders.ts'

/**
 * MFA codes from a command, such as a password manager. Every option is a pattern for the serial number or ARN of the
 * device, and its value the command.
 */
export default definePlugin({
  name: 'mfa-command',
  apiVersion: 1,
  options: 'any',
  needs: { programs: ['*'] },
  mfa: async ({ serial, profile, options, exec }) => {
    const command = findCommand(options, serial)
    if (!command) return undefined
    const words = splitWords(command, platform())
    if (!words) throw new Error('the command ends within a quote or behind a backslash')
    const [program = '', ...args] = words.map((word) => fillPlaceholders(word, profile, { serial }))
    const { status, stdout } = await exec(program, args)
    if (status !== 0) throw new Error(`${program} ended with status ${status}`)
    const code = stdout.trim()
    if (!/^\d{6}$/.test(code)) throw new Error(`${program} printed no code of six digits`)
    return { code }
  },
})

/** The command of the longest pattern that fits, which is the one that says most. */
function findCommand(options: Readonly<Record<string, string>>, serial: string): string | undefined {
  const [pattern] = Object.keys(options)
    .filter((each) => matchesGlob(serial, each))
    .sort((a, b) => b.length - a.length)
  return pattern === undefined ? undefined : options[pattern]
}
