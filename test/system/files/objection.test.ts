import { describe, expect, it } from 'vitest'
import { quotePosix } from '../../../src/emit/quote.ts'
import {
  describeObjection,
  findFlaw,
  findOnlooker,
  formatRemedy,
} from '../../../src/system/files/objection.ts'
import { findPrivateGroup } from '../../../src/system/files/private-group.ts'

const trust = { userIds: [0, 1000], isPrivate: (group: number) => group === 1000 }
const entry = (userId: number, groupId: number, mode: number, isDirectory = false) => ({
  userId,
  groupId,
  mode,
  isDirectory,
})

describe('what others can change', () => {
  it.each([
    ['the user alone can write', entry(1000, 1000, 0o644), undefined],
    ['the private group can write', entry(1000, 1000, 0o664), undefined],
    ['the private group can write to a folder', entry(1000, 1000, 0o775, true), undefined],
    ['it is what root has made', entry(0, 0, 0o644), undefined],
    ['another group can write', entry(1000, 100, 0o664), 'open-to-group'],
    ['the group of root can write', entry(0, 0, 0o664), 'open-to-group'],
    ['others can write', entry(1000, 1000, 0o646), 'open-to-others'],
    ['others and another group can write', entry(1000, 100, 0o777, true), 'open-to-others'],
    ['another user owns it', entry(1001, 1000, 0o600), 'foreign'],
    ['another user owns a folder like /tmp', entry(1001, 1001, 0o1777, true), 'foreign'],
    ['others cannot replace what is ours in it', entry(0, 0, 0o1777, true), undefined],
    ['the sticky bit of a file says nothing', entry(1000, 1000, 0o1666), 'open-to-others'],
  ])('%s', (_title, ownership, flaw) => {
    expect(findFlaw(ownership, trust)).toBe(flaw)
  })

  it('is said with the command that mends it', () => {
    const said = (['open-to-others', 'open-to-group', 'foreign'] as const).map((flaw) => {
      const path = "/home/it's/x"
      const objection = { subject: path, path, flaw, ownership: entry(1001, 100, 0o666) }
      return [
        describeObjection(objection),
        formatRemedy(objection, 1000, quotePosix),
        formatRemedy(objection, 0, quotePosix),
      ]
    })
    const path = "'/home/it'\\''s/x'"
    expect(said).toEqual([
      ['others can write to it', `chmod go-w ${path}`, `chmod go-w ${path}`],
      ['group 100 can write to it', `chmod g-w ${path}`, `chmod g-w ${path}`],
      ['it belongs to another user (1001)', `sudo chown 1000 ${path}`, `chown 0 ${path}`],
    ])
  })
})

describe('who else can read', () => {
  const home = entry(1000, 1000, 0o755, true)
  const closed = entry(1000, 1000, 0o700, true)
  const shared = entry(1000, 100, 0o750, true)

  it.each([
    ['nobody what is the user’s alone', entry(1000, 1000, 0o600), [home], undefined],
    ['others what others may', entry(1000, 1000, 0o644), [home, home], 'others'],
    ['nobody what lies in a folder that is closed', entry(1000, 1000, 0o644), [home, closed], undefined],
    ['nobody what the private group may', entry(1000, 1000, 0o640), [home], undefined],
    ['another group what it may', entry(1000, 100, 0o640), [home], 'group 100'],
    ['another group what lies in its folder', entry(1000, 100, 0o640), [shared], 'group 100'],
    ['nobody what lies in the folder of another group', entry(1000, 200, 0o640), [shared], undefined],
    ['another group what others may, in its folder', entry(1000, 100, 0o644), [shared], 'group 100'],
  ])('%s', (_title, file, folders, reader) => {
    expect(findOnlooker(file, folders, trust)).toBe(reader)
  })
})

describe('the private group of a user', () => {
  const passwd =
    'root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\nbob:x:1001:2001::/:/bin/sh\n'
  const group = 'root:x:0:\nann:x:1000:\nusers:x:100:ann,bob\nbob:x:2001:\n'

  it.each([
    ['has the id of the user', { userId: 1000, groupId: 1000 }, { passwd, group }, 1000],
    ['has the name of the user, and no member', { userId: 1001, groupId: 2001 }, { passwd, group }, 2001],
    [
      'may have the user as a member',
      { userId: 1001, groupId: 2001 },
      { passwd, group: 'bob:x:2001:bob\n' },
      2001,
    ],
    [
      'is none when it has another member',
      { userId: 1001, groupId: 2001 },
      { passwd, group: 'bob:x:2001:bob,ann\n' },
      undefined,
    ],
    [
      'is none under another name',
      { userId: 1001, groupId: 2001 },
      { passwd, group: 'staff:x:2001:\n' },
      undefined,
    ],
    [
      'is none when it is not the primary one, whatever its id',
      { userId: 1000, groupId: 1000 },
      { passwd: 'ann:x:1000:100::/:/bin/sh\n', group },
      undefined,
    ],
    [
      'is that of the record, whatever the process has',
      { userId: 1000, groupId: 100 },
      { passwd, group },
      1000,
    ],
    [
      'is that of the process without a record',
      { userId: 54_321, groupId: 54_321 },
      { passwd, group },
      54_321,
    ],
    [
      'is none without a record in a shared group',
      { userId: 54_321, groupId: 100 },
      { passwd, group },
      undefined,
    ],
    ['is that of the own number where all is unknown', { userId: 54_321 }, { passwd: '', group: '' }, 54_321],
  ])('%s', (_title, account, records, expected) => {
    expect(findPrivateGroup(account, records)).toBe(expected)
  })
})
