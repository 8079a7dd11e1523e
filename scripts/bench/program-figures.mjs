import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { median } from './statistics.mjs'
import { firstProfile } from './world.mjs'

const emptyNode = [process.execPath, ['-e', '0']]

/** The AWS CLI v2 on PATH, with its version; undefined when there is none. */
export function findAwsCli(world) {
  for (const folder of world.env.PATH.split(delimiter)) {
    const path = join(folder, 'aws')
    const { stdout } = existsSync(path)
      ? spawnSync(path, ['--version'], { env: world.env, encoding: 'utf8' })
      : {}
    const [, version] = /^aws-cli\/(2\S+)/.exec(stdout ?? '') ?? []
    if (version !== undefined) return { path, version }
  }
  return undefined
}

function listPrograms(world, aws) {
  const { program } = world
  const run = (...words) => [program, words]
  const peers = aws
    ? [
        { what: 'aws configure list-profiles', command: [aws.path, ['configure', 'list-profiles']] },
        {
          what: 'aws configure export-credentials, cached',
          command: [aws.path, ['configure', 'export-credentials', '--profile', firstProfile]],
        },
      ]
    : []
  return [
    { what: 'node -e 0', command: emptyNode },
    { what: 'assume env NAME', command: run('env', firstProfile, '--shell', 'bash') },
    {
      what: 'assume credential-process NAME, cached',
      // The index has been built anew in the round before, and knows nothing of the role yet.
      before: () => world.run(...run('credential-process', firstProfile)),
      command: run('credential-process', firstProfile),
    },
    { what: 'assume list', command: run('list') },
    { what: 'assume list, index rebuilt', before: () => world.dropIndex(), command: run('list') },
    ...peers,
  ]
}

/**
 * Each program `runs` times, in rounds of one run each, so that whatever else the machine does meets all of them. The
 * ratio is the median of the ratios to an empty Node that has run right before.
 */
export function measurePrograms(world, aws, runs) {
  const programs = listPrograms(world, aws).map((each) => ({ ...each, pairs: [] }))
  for (let round = -1; round < runs; round++) {
    for (const { before, command, pairs } of programs) {
      before?.()
      // What ran before has left Node's own files cold.
      timeRun(world, emptyNode)
      const pair = { base: timeRun(world, emptyNode), own: timeRun(world, command) }
      // The first round is a warm-up.
      if (round >= 0) pairs.push(pair)
    }
  }
  return programs.map(({ what, pairs }) => ({
    what,
    profiles: world.profileCount,
    milliseconds: median(pairs.map(({ own }) => own)),
    ratio: median(pairs.map(({ base, own }) => own / base)),
  }))
}

function timeRun(world, command) {
  const start = process.hrtime.bigint()
  world.run(...command)
  return Number(process.hrtime.bigint() - start) / 1e6
}
