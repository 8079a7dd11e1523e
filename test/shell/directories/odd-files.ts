import { symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from '../../support/home.ts'
import { give, isRoot, otherUser } from '../../support/other-user.ts'
import { makeFolders, startHome } from './walk.ts'

/** A home with files of which none is in force, the folders of those that are not taken, and the lines on those that are. */
export interface OddFiles {
  readonly home: Home
  readonly untaken: readonly string[]
  readonly lines: readonly string[]
}

/** What only looks like the file of a profile: links, folders, hidden bytes, long ones; and what is not allowed as it is. */
export async function makeOddFiles(): Promise<OddFiles> {
  const text = 'one\n'
  const recorded = { text, recorded: text }
  const refused = {
    nul: { text: 'one\n\0more\n', recorded: text },
    bytes: { text: Buffer.from('one\xff\n', 'latin1'), recorded: text },
    long: { text: `one\n#${' '.repeat(2000)}`, recorded: text },
    huge: recorded,
    lines: { text: 'one\neu-west-1\nmore\n', recorded: text },
    bell: { text: 'one\u0007\n', recorded: text },
    ...(isRoot && { foreign: recorded }),
  }
  const home = await startHome({
    ...refused,
    x: recorded,
    edited: { text: 'one\n\n', recorded: text },
    strange: { text: 'my one\n', verdict: 'none' },
    new: { text: 'one\neu-west-1', verdict: 'none' },
    denied: { text, verdict: 'deny' },
    New: { text, verdict: 'none' },
    'turned\u061c\u200f\u202e\u2066': { text, verdict: 'none' },
  })
  makeFolders(home, 'link', 'nowhere', 'folder/.aws-profile', 'x\ny')
  truncateSync(join(home.path, 'huge/.aws-profile'), 1 << 20)
  symlinkSync('../x/.aws-profile', join(home.path, 'link/.aws-profile'))
  symlinkSync('absent', join(home.path, 'nowhere/.aws-profile'))
  home.write('nowhere/.awsprofile', text)
  home.write('x\ny/.aws-profile', text)
  if (isRoot) give(join(home.path, 'foreign/.aws-profile'), otherUser)
  const untaken = [...Object.keys(refused), 'link', 'nowhere', 'folder']
  return {
    home,
    untaken,
    lines: [
      ...[...untaken, 'x?y'].map((name) => `assume: ~/${name}/.aws-profile is not taken: assume here`),
      'assume: ~/edited/.aws-profile has changed: assume here',
      'assume: ~/strange/.aws-profile: assume here',
      'assume: ~/new/.aws-profile wants one: assume here',
      'assume: ~/New/.aws-profile wants one: assume here',
      'assume: ~/turned????/.aws-profile wants one: assume here',
    ],
  }
}
