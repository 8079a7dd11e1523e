import { truePath } from './bases.mjs'
import { ShellScripts } from './shell-scripts.mjs'
import { summarize } from './statistics.mjs'
import { firstProfile, secondProfile, staticProfile } from './world.mjs'

const toFirst = `assume ${firstProfile}`
const toSecond = `assume ${secondProfile}`

/** Groups of what is done without a process, the switch that others are compared with at the head of its group. */
function listFastActions(shell) {
  return [
    [
      { what: 'assume NAME', before: toFirst, action: toSecond },
      { what: 'assume --unset', before: toFirst, action: 'assume --unset', asSwitch: true },
      { what: 'assume -', before: `${toFirst}\n${toSecond}`, action: 'assume -', asSwitch: true },
    ],
    // All the names make a shell large, and with it whatever it starts slow.
    [{ what: 'TAB', action: shell.discard(shell.complete('assume team-')) }],
    [{ what: 'prompt segment', action: shell.discard(shell.prompt) }],
  ]
}

/** What starts programs, as a group of its own: those would leave the caches of the fast ones cold. */
const startingActions = [
  {
    what: 'assume exec NAME -- COMMAND, typed',
    action: `assume exec ${firstProfile} -- ${truePath}`,
    besides: truePath,
  },
  { what: 'assume --export NAME, kept keys', before: toSecond, action: `assume --export ${firstProfile}` },
  { what: 'assume --export NAME, static keys', before: toSecond, action: `assume --export ${staticProfile}` },
]

/** Each figure of a shell: medians of `runs` rounds in which each action is timed once, directly behind `true`. */
export function measureShell(shell, world, runs) {
  const load = shell.load(world)
  const setup = [load, toFirst, toSecond]
  const scripts = new ShellScripts(shell, world)
  return [
    ...measureLoading(shell, world, runs),
    measureFirstSwitch(shell, world, runs),
    ...[...listFastActions(shell), startingActions].flatMap((actions) =>
      measureInTurns(scripts, { setup, actions }, runs),
    ),
    ...measureDirectories(shell, world, runs),
  ]
}

/** A shell that takes the profile of each directory, which only an interactive one does. */
function measureDirectories(shell, world, runs) {
  const scripts = new ShellScripts(shell, world, { isInteractive: true })
  const [plain, first, second] = world.directories
  const enter = (directory) => shell.discard(shell.atPrompt(`cd '${directory}'`))
  const actions = [
    { what: 'prompt segment, directories watched', action: shell.discard(shell.prompt) },
    { what: 'cd into the directory of a profile', before: enter(plain), action: enter(first) },
    { what: 'cd to that of another profile', before: enter(first), action: enter(second) },
    { what: 'cd out of it', before: enter(first), action: enter(plain) },
    { what: 'cd where no profile is named', before: enter(plain), action: enter(world.home) },
  ]
  return measureInTurns(scripts, { setup: [shell.load(world), shell.watch, enter(first)], actions }, runs)
}

/** A shell loads our file only once in its life. PowerShell is compared with its own machinery for modules. */
function measureLoading(shell, world, runs) {
  const scripts = new ShellScripts(shell, world)
  const load = shell.load(world)
  const base = shell.loadEmpty
    ? { name: 'empty', setup: [], statement: shell.loadEmpty(world) }
    : { name: 'true', setup: [truePath], statement: truePath }
  const rounds = Array.from({ length: runs }, () => {
    const [[[own, other]]] = scripts.time(base.setup, [{ action: load }], base.statement, 1)
    return { own, [base.name]: other }
  })
  const common = { shell: shell.name, profiles: world.profileCount }
  const loading = { what: 'loading the shell file', ...common, ...summarize(rounds) }
  return [
    { ...loading, ...scripts.countStarted([], { action: load }) },
    ...(shell.loadEmpty
      ? [
          {
            what: 'loading an empty module',
            ...common,
            ...summarize(rounds.map(({ empty }) => ({ own: empty }))),
          },
        ]
      : []),
  ]
}

/** The first switch reads what loading left out: that, too, a shell does only once in its life. */
function measureFirstSwitch(shell, world, runs) {
  const scripts = new ShellScripts(shell, world)
  const setup = [shell.load(world), truePath]
  const rounds = Array.from({ length: runs }, () => {
    const [[[own, other]]] = scripts.time(setup, [{ action: toFirst }], truePath, 1)
    return { own, true: other }
  })
  const common = { shell: shell.name, profiles: world.profileCount }
  return { what: 'first switch of a session', ...common, ...summarize(rounds) }
}

/** Actions of one shell that has `setup` behind it, in turns. */
export function measureInTurns(scripts, { setup, actions }, runs) {
  // The first rounds find cold caches, and PowerShell compiles.
  const warmUp = Math.min(5, runs)
  const rounds = scripts.time(setup, actions, truePath, runs + warmUp).slice(warmUp)
  return actions.map(({ before, action, besides, asSwitch, ...figure }, index) => ({
    ...figure,
    shell: scripts.shell.name,
    profiles: scripts.world.profileCount,
    ...summarize(
      rounds.map((round) => ({
        own: round[index][0],
        true: round[index][1],
        ...(asSwitch && { switch: round[0][0] }),
      })),
    ),
    ...scripts.countStarted(setup, { before, action, besides }),
  }))
}
