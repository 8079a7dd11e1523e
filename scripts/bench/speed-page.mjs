import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { comparePeers } from './comparison.mjs'
import { peerRecord } from './peer-record.mjs'
import { formatReport, formatTable } from './report.mjs'
import { drawSpeedChart } from './speed-chart.mjs'

const docs = join(import.meta.dirname, '../../docs')
const source = join(docs, 'speed.json')

/** Writes what `docs/speed.md` and its chart are made of, and both. */
export function writeSpeedPage(report) {
  writeFileSync(source, `${JSON.stringify(report, null, 1)}\n`)
  const { page, chart } = formatSpeedPage(report)
  writeFileSync(join(docs, 'speed.md'), page)
  writeFileSync(join(docs, 'speed.svg'), chart)
}

/** The report that the page was made of. */
export function readSpeedReport() {
  return JSON.parse(readFileSync(source, 'utf8'))
}

/** The page and the chart of a report. What stands around the figures is `speed-page.md`. */
export function formatSpeedPage(report) {
  const parts = { figures: formatReport(report).trimEnd(), comparison: formatComparison(report) }
  const template = readFileSync(join(import.meta.dirname, 'speed-page.md'), 'utf8')
  const page = template.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => parts[name])
  return { page, chart: drawSpeedChart(report) }
}

function formatComparison(report) {
  const subjects = comparePeers(report)
  const heading = ['with 1,000 profiles', 'tool', '`true`']
  const rows = subjects.flatMap(({ title, bars }) =>
    bars.map(({ label, true: ratio, isOurs, floor, dated }) => [
      title,
      isOurs ? `**${label}**` : label,
      `${floor ? '> ' : ''}${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)}${dated ? ' *' : ''}`,
    ]),
  )
  const table = formatTable([heading, heading.map(() => '---'), ...rows])
  const isDated = subjects.some(({ bars }) => bars.some(({ dated }) => dated))
  const versions = Object.entries(peerRecord.versions).map(([name, version]) => `${name} ${version}`)
  return isDated
    ? `${table}\n\n\\* measured on ${peerRecord.date}, beside assume on a machine like this: ${versions.join(', ')}.`
    : table
}

if (process.argv[1] === import.meta.filename) writeSpeedPage(readSpeedReport())
