// Measures what the README promises; prints it as Markdown, and writes it as JSON with --json FILE.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { parseArgs } from 'node:util'
import { judge } from './bars.mjs'
import { countModules } from './modules.mjs'
import { findAwsCli, measurePrograms } from './program-figures.mjs'
import { formatReport } from './report.mjs'
import { measureShell } from './shell-figures.mjs'
import { shells } from './shells/index.mjs'
import { World } from './world.mjs'

const { values } = parseArgs({
  options: {
    profiles: { type: 'string', default: '10,1000,10000' },
    shell: { type: 'string' },
    runs: { type: 'string', default: '21' },
    json: { type: 'string' },
  },
})
const runs = Number(values.runs)
const wanted = values.shell?.split(',') ?? shells.map(({ name }) => name)
const installed = shells.filter(
  ({ name, program }) => wanted.includes(name) && readVersion(program) !== undefined,
)

const report = measureAll()
process.stdout.write(formatReport(report))
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)

function measureAll() {
  const figures = []
  let aws
  let modules
  for (const count of values.profiles.split(',').map(Number)) {
    const world = new World(count)
    try {
      aws ??= findAwsCli(world)
      for (const shell of installed) {
        say(`${count} profiles: ${shell.name}`)
        figures.push(...measureShell(shell, world, runs))
      }
      say(`${count} profiles: programs`)
      figures.push(...measurePrograms(world, aws, runs))
      modules ??= countModules(world)
    } finally {
      world.dispose()
    }
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    versions: describeVersions(aws),
    modules,
    figures: figures.map(judge),
  }
}

function describeMachine() {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
  }
}

function describeVersions(aws) {
  const versions = installed.map(({ name, program }) => [name, readVersion(program)])
  return {
    node: process.versions.node,
    ...Object.fromEntries(versions),
    ...(aws && { 'AWS CLI': aws.version }),
  }
}

/** The first version number that a program prints; undefined when it is not installed. */
function readVersion(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return /\d+(\.\d+)+/.exec(stdout ?? '')?.[0]
}

function say(line) {
  process.stderr.write(`${line} ...\n`)
}
