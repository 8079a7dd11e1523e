import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canTrace, countProcesses } from './processes.mjs'
import { median } from './statistics.mjs'
import { firstProfile, secondProfile } from './world.mjs'

/** The first rounds are left out: they find cold caches, and PowerShell compiles. */
const warmUp = 5

/**
 * The figures of one shell: statements that run in a shell that has `setup` behind it, each time after `before`. A `fresh`
 * one is only done once in the life of a shell.
 */
function listActions(shell, world) {
  const load = shell.load(world)
  const ready = [load, `assume ${firstProfile}`, `assume ${secondProfile}`]
  return [
    { what: 'loading the shell file', setup: [], action: load, fresh: true },
    {
      what: 'assume NAME',
      setup: ready,
      before: `assume ${firstProfile}`,
      action: `assume ${secondProfile}`,
    },
    { what: 'assume --unset', setup: ready, before: `assume ${firstProfile}`, action: 'assume --unset' },
    { what: 'assume -', setup: ready, action: 'assume -' },
    { what: 'TAB', setup: ready, action: shell.discard(shell.complete('assume team-')) },
    { what: 'prompt segment', setup: ready, action: shell.discard(shell.prompt) },
  ]
}

/** Each figure of a shell, as the median of `runs` inside one running shell. */
export function measureShell(shell, world, runs) {
  // The core writes the index and the history first.
  world.run(world.program, ['list'])
  return listActions(shell, world).map((each) => ({
    what: each.what,
    shell: shell.name,
    profiles: world.profileCount,
    milliseconds: median(
      each.fresh ? timeFresh(shell, world, each, runs) : timeRepeated(shell, world, each, runs),
    ),
    ...(canTrace && { processes: countStarted(shell, world, each) }),
  }))
}

function timeFresh(shell, world, action, runs) {
  return Array.from({ length: runs }, () => timeInShell(shell, world, action, 1)).flat()
}

function timeRepeated(shell, world, action, runs) {
  return timeInShell(shell, world, action, runs + warmUp).slice(warmUp)
}

function timeInShell(shell, world, { what, setup, before = '', action }, count) {
  const script = writeScript(shell, world, [...setup, shell.measure(count, before, action)])
  const times = shell.readTimes(world.run(shell.program, [...shell.arguments, script]))
  if (times.length !== count) throw new Error(`${shell.name}: "${what}" was not measured`)
  return times
}

/** How many more processes start when the action is done, too. */
function countStarted(shell, world, { setup, before = '', action }) {
  const count = (lines) =>
    countProcesses(world, shell.program, [...shell.arguments, writeScript(shell, world, lines)])
  return count([...setup, before, action]) - count([...setup, before])
}

function writeScript(shell, world, lines) {
  const path = join(world.home, `script.${shell.extension}`)
  writeFileSync(path, `${[shell.prepare?.(world) ?? '', ...lines].join('\n')}\n`)
  return path
}
