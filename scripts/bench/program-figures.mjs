import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { emptyNode, truePath } from './bases.mjs'
import { linkPosixShells } from './posix-shells.mjs'
import { quoteWords, timePrograms } from './program-rounds.mjs'
import { firstProfile, staticProfile } from './world.mjs'

/**
 * What assume does as a program, in groups of those that stand directly behind the same `true` and `node`; all of them with
 * a fresh index.
 */
function listPrograms(world) {
  const assume = (...words) => quoteWords([world.program, ...words])
  const shells = linkPosixShells(world).map(({ name, path }) => ({
    what: 'assume credential-process NAME, kept keys',
    shell: name,
    statement: quoteWords([path, world.program, 'credential-process', firstProfile]),
  }))
  return [
    [
      { what: 'true', statement: truePath },
      { what: 'node -e 0', statement: quoteWords(emptyNode) },
      { what: 'assume env NAME', statement: assume('env', firstProfile, '--shell', 'bash') },
      {
        what: 'assume env --export NAME, kept keys',
        statement: assume('env', '--export', firstProfile, '--shell', 'bash'),
      },
      {
        what: 'assume env --export NAME, static keys',
        statement: assume('env', '--export', staticProfile, '--shell', 'bash'),
      },
    ],
    [
      ...shells,
      // With an option the launcher leaves it to the core.
      {
        what: 'assume credential-process --profile NAME, kept keys',
        statement: assume('credential-process', '--profile', firstProfile),
      },
      {
        what: 'assume credential-process NAME, static keys',
        statement: assume('credential-process', staticProfile),
      },
    ],
    [
      { what: 'assume exec NAME -- true', statement: assume('exec', firstProfile, '--', truePath) },
      {
        what: 'assume exec --export NAME -- true, kept keys',
        statement: assume('exec', '--export', firstProfile, '--', truePath),
      },
      {
        what: 'assume exec --export NAME -- true, static keys',
        statement: assume('exec', '--export', staticProfile, '--', truePath),
      },
      { what: 'assume status', statement: assume('status') },
    ],
    [
      { what: 'assume --help', statement: assume('--help') },
      { what: 'assume COMMAND --help', statement: assume('exec', '--help') },
      { what: 'assume list', statement: assume('list') },
      { what: 'assume list --json', statement: assume('list', '--json') },
    ],
    [{ what: 'assume doctor', statement: `PATH=${quoteWords([linkNode(world)])} ${assume('doctor')}` }],
  ]
}

/** A folder with nothing but Node in it, as a PATH on which there is no program to be asked for its version. */
function linkNode(world) {
  const folder = join(world.home, 'node-alone')
  mkdirSync(folder)
  symlinkSync(process.execPath, join(folder, 'node'))
  return folder
}

/** What has no fresh index, in rounds of its own: each leaves one without what the others need. */
function listRebuilding(world) {
  const list = quoteWords([world.program, 'list'])
  return [[{ what: 'assume list, index rebuilt', before: 'rm -rf "$HOME/.cache"', statement: list }]]
}

/** Each program as medians of `runs` rounds. Throws when one fails. */
export function measurePrograms(world, runs) {
  const figures = measureGroups(world, listPrograms(world), runs)
  const rebuilding = measureGroups(world, listRebuilding(world), runs)
  return [...figures, ...rebuilding]
}

function measureGroups(world, groups, runs) {
  for (const { statement } of groups.flat()) world.run('bash', ['--noprofile', '--norc', '-c', statement])
  const times = timePrograms(world, groups, runs)
  return groups.flat().map(({ what, shell }, index) => {
    if (times[index].failed) throw new Error(`"${what}" has failed`)
    return { what, ...(shell && { shell }), profiles: world.profileCount, ...times[index] }
  })
}
