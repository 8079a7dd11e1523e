import { describe, expect, it } from 'vitest'
import type { FileStat } from '../../src/context.ts'
import { describeUnreadable } from '../../src/doctor/unreadable.ts'
import { AssumeError } from '../../src/errors.ts'

const file = '/home/jo/.aws/config'

/** What is said to user 1000 where the system refuses to read that file, and these differ from what is the user's own. */
function describeRefusal(closed: Readonly<Record<string, readonly [mode: number, userId: number]>>) {
  const stat = (path: string): FileStat | undefined => {
    const [mode, userId] = closed[path] ?? [
      path.startsWith('/home/jo') ? 0o700 : 0o755,
      path === '/' ? 0 : 1000,
    ]
    const isBehind = Object.keys(closed).some((each) => path.startsWith(`${each}/`))
    return isBehind ? undefined : ({ mode, userId, groupId: 1000, isDirectory: path !== file } as FileStat)
  }
  const cause = Object.assign(new Error('refused'), { code: 'EACCES', path: file })
  const error = new AssumeError('unreadable-file', 'cannot read it', { hint: 'look', cause })
  const { hint } = describeUnreadable(
    { files: { stat, resolve: (path) => path }, user: { id: 1000, groupId: 1000 } },
    error,
  )
  return typeof hint === 'function' ? hint((word) => word, String) : hint
}

describe('a file that cannot be read is opened', () => {
  it.each([
    [{ [file]: [0o000, 1000] }, `chmod u+r ${file}`],
    [{ [file]: [0o600, 0] }, `sudo chown 1000 ${file}`],
    [{ '/home/jo/.aws': [0o000, 1000] }, 'chmod u+rwx /home/jo/.aws'],
    [{ '/home/jo/.aws': [0o700, 0] }, 'sudo chown -R 1000 /home/jo/.aws'],
    // By something else, such as a label of SELinux.
    [{}, undefined],
  ] as const)('%j', (closed, command) => {
    expect(describeRefusal(closed)).toBe(command)
  })

  it('by what its error says, where nobody has refused it', () => {
    const error = new AssumeError('unreadable-file', 'cannot read it', { hint: 'look' })
    const files = { stat: () => undefined, resolve: (path: string) => path }
    expect(describeUnreadable({ files, user: undefined }, error)).toEqual({
      message: 'cannot read it',
      hint: 'look',
    })
  })
})
