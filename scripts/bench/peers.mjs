import { existsSync } from 'node:fs'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { findPrograms, isExecutable, readVersion } from './installed.mjs'
import { fillWords, peerTools } from './peer-tools.mjs'
import { quoteWords, timePrograms } from './program-rounds.mjs'
import { measureInTurns } from './shell-figures.mjs'
import { ShellScripts } from './shell-scripts.mjs'
import { bash } from './shells/bash.mjs'

const patience = 60_000

/**
 * The other tools of which a folder has executables, with the ways that are measured; without a folder the AWS CLI v2 on
 * PATH, with what it is always compared with.
 */
export function findPeers(folder) {
  if (folder === undefined) return findInstalledAwsCli()
  return Object.entries(peerTools)
    .map(([name, tool]) => ({ ...tool, name, path: resolve(folder, name) }))
    .filter(({ path }) => isExecutable(path))
    .map((tool) => ({ ...tool, ways: tool.ways.filter((way) => isThere(way, tool)) }))
}

function findInstalledAwsCli() {
  const path = findPrograms('aws').find((each) => readVersion(each)?.startsWith('2.'))
  const { aws } = peerTools
  if (path === undefined) return []
  return [{ ...aws, name: 'aws', path, ways: aws.ways.filter(({ always }) => always) }]
}

const isThere = ({ file, unless }, { path }) =>
  (file === undefined || existsSync(beside(path, file))) &&
  (unless === undefined || !existsSync(beside(path, unless)))

const beside = (path, file) => join(dirname(path), file)

/** Writes what the tools need into a world, and returns them with their environment in it and their versions. */
export function preparePeers(world, tools) {
  const folders = [...new Set(tools.map(({ path }) => dirname(path)))]
  const common = { PATH: [...folders, world.env.PATH].join(delimiter) }
  const env = Object.assign(common, ...tools.map((tool) => tool.env))
  return tools.map((tool) => {
    const version =
      tool.version ?? readVersion(tool.path, tool.versionWords, { ...world.env, ...env }) ?? 'unknown'
    const prepared = { ...tool, env, version }
    tool.prepare?.(world, prepared)
    return prepared
  })
}

/**
 * What the other tools take for jobs of ours, which `job` names, as figures with `tool` and `version`. What fails is said
 * and left out.
 */
export function measurePeers(world, { tools, shells, runs, say }) {
  const ways = tools.flatMap((tool) => tool.ways.map((way) => ({ ...way, tool })))
  return [
    ...shells.flatMap((shell) => measureSwitches(world, { ways, shell, runs, say })),
    ...measureAsPrograms(world, { ways: ways.filter(({ shells }) => shells === undefined), runs, say }),
  ]
}

function measureSwitches(world, { ways, shell, runs, say }) {
  const own = ways
    .filter(({ shells }) => shells?.includes(shell.name))
    .filter((way) => works(world, { way, shell, say }))
  // One that goes wrong later must not take the others with it.
  return own.flatMap((way) => {
    const scripts = new ShellScripts(shell, world, { env: way.tool.env })
    const action = { ...describe(way, shell), action: writeStatement(way, shell) }
    try {
      return measureInTurns(scripts, { setup: [], actions: [action] }, runs)
    } catch (error) {
      leaveOut(way, shell, say, error.message)
      return []
    }
  })
}

function measureAsPrograms(world, { ways, runs, say }) {
  const working = ways.filter((way) => works(world, { way, shell: bash, say }))
  if (working.length === 0) return []
  const groups = working.map((way) => [{ statement: writeStatement(way, bash) }])
  return timePrograms(world, groups, runs, working[0].tool.env).flatMap(({ failed, ...times }, index) => {
    const way = working[index]
    if (failed) leaveOut(way, bash, say, 'not always')
    return failed ? [] : [{ ...describe(way, bash), profiles: world.profileCount, ...times }]
  })
}

/** Whether a way does something once, which also leaves what the tool keeps. */
function works(world, { way, shell, say }) {
  // The status of a substitution is not that of `eval`.
  const statement = way.form === 'source' ? writeStatement(way, shell) : quoteWords(listWords(way))
  const { status, error, stderr } = world.tryRun(shell.program, ['-c', statement], {
    env: way.tool.env,
    timeout: patience,
  })
  if (status !== 0)
    leaveOut(way, shell, say, error?.message ?? (stderr.trim().split('\n').at(-1) || `status ${status}`))
  return status === 0
}

const leaveOut = (way, shell, say, reason) =>
  say(`${way.tool.name}: "${describe(way, shell).what}" fails and is left out: ${reason}`)

const listWords = (way) => [pathOf(way), ...fillWords(way)]
const pathOf = ({ file, tool }) => (file === undefined ? tool.path : beside(tool.path, file))

function writeStatement(way, shell) {
  return wrap(way, shell, quoteWords(listWords(way)))
}

function describe(way, shell) {
  const { job, tool } = way
  const what = wrap(way, shell, [basename(pathOf(way)), ...way.words].join(' '))
  return { what, job, tool: tool.name, version: tool.version }
}

/** A command in the form in which a shell takes it in. */
function wrap({ form }, shell, command) {
  const isFish = shell.name === 'fish'
  if (form === 'source') return isFish ? `source ${command}` : `. ${command}`
  if (form === 'eval') return isFish ? `${command} | source` : `eval "$(${command})"`
  if (form === 'capture') return `__output=$(${command})`
  return command
}
