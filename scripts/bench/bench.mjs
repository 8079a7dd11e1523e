// Measures what is promised; prints it as Markdown, writes it as JSON with --json FILE, and as docs/speed.md with --page. With
// --peers DIR other tools are measured beside it.
import { writeFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { parseArgs } from 'node:util'
import { judge } from './bars.mjs'
import { isAtLeast, readVersion } from './installed.mjs'
import { countModules } from './modules.mjs'
import { findPeers, measurePeers, preparePeers } from './peers.mjs'
import { measurePrograms } from './program-figures.mjs'
import { formatReport } from './report.mjs'
import { measureShell } from './shell-figures.mjs'
import { shells } from './shells/index.mjs'
import { writeSpeedPage } from './speed-page.mjs'
import { World } from './world.mjs'

const { values } = parseArgs({
  options: {
    profiles: { type: 'string', default: '10,1000,10000' },
    shell: { type: 'string' },
    runs: { type: 'string', default: '21' },
    peers: { type: 'string' },
    json: { type: 'string' },
    page: { type: 'boolean' },
  },
})
const runs = Number(values.runs)
if (!isAtLeast('bash', 5)) throw new Error('bash 5 or newer is needed: programs are timed in it')
const wanted = values.shell?.split(',') ?? shells.map(({ name }) => name)
const installed = shells.filter(
  ({ name, program }) => wanted.includes(name) && readVersion(program) !== undefined,
)
let tools = findPeers(values.peers)

const report = measureAll()
process.stdout.write(formatReport(report))
if (values.page) writeSpeedPage(report)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)

function measureAll() {
  const figures = []
  const peers = []
  let modules
  for (const count of values.profiles.split(',').map(Number)) {
    const world = new World(count)
    try {
      tools = preparePeers(world, tools)
      world.buildIndex()
      for (const shell of installed) {
        say(`${count} profiles: ${shell.name} ...`)
        figures.push(...measureShell(shell, world, runs))
      }
      say(`${count} profiles: programs ...`)
      figures.push(...measurePrograms(world, runs))
      modules ??= countModules(world)
      if (tools.length > 0) say(`${count} profiles: other tools ...`)
      peers.push(...measurePeers(world, { tools, shells: installed, runs, say }))
    } finally {
      world.dispose()
    }
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    versions: describeVersions(),
    modules,
    figures: figures.map(judge),
    peers,
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

function describeVersions() {
  const versions = [...installed, ...tools].map(({ name, program, version }) => [
    name,
    version ?? readVersion(program),
  ])
  return { node: process.versions.node, ...Object.fromEntries(versions) }
}

function say(line) {
  process.stderr.write(`${line}\n`)
}
