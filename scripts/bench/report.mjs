import { ratioNames } from './bars.mjs'

/** The report as Markdown: one row for each figure and shell, one column for each number of profiles. */
export function formatReport({ date, machine, versions, modules, figures, peers }) {
  const counts = [...new Set(figures.map(({ profiles }) => profiles))]
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `${date}, ${machine.cores} × ${machine.processor}, ${machine.memory} GB, ${machine.system}; ${programs.join(', ')}.
\`true\` is one \`/bin/true\` from the same shell and \`node\` one \`node -e 0\`, both in the same rounds; the programs are started from bash. Processes of \`exec\` are those beside COMMAND. **Bold** figures miss their bar.

${formatFigures(figures, counts)}

A switch that goes through the core loads ${modules.files} files, and ${modules.nodeModules} modules of Node beyond those that it starts with.
${peers.length > 0 ? `\nOther tools, for the same jobs:\n\n${formatPeers(peers, counts)}\n` : ''}`
}

function formatFigures(figures, counts) {
  const heading = ['', 'shell', ...counts.map(formatCount), 'bar']
  const rows = groupRows(figures, ({ what, shell }) => `${what}\n${shell ?? ''}`).map((row) => [
    row[0].what,
    row[0].shell ?? '',
    ...counts.map((count) => formatFigure(row.find(({ profiles }) => profiles === count))),
    formatBars(row),
  ])
  return formatTable([heading, heading.map(() => '---'), ...rows])
}

function formatPeers(peers, counts) {
  const heading = ['as', 'tool', 'command', 'shell', ...counts.map(formatCount)]
  const key = ({ job, tool, what, shell }) => [job, tool, what, shell ?? ''].join('\n')
  const jobs = [...new Set(peers.map(({ job }) => job))]
  const rows = groupRows(peers, key)
    .toSorted(([one], [other]) => jobs.indexOf(one.job) - jobs.indexOf(other.job))
    .map((row) => [
      row[0].job,
      `${row[0].tool} ${row[0].version}`,
      `\`${row[0].what.replaceAll('|', '\\|')}\``,
      row[0].shell ?? '',
      ...counts.map((count) => formatFigure(row.find(({ profiles }) => profiles === count))),
    ])
  return formatTable([heading, heading.map(() => '---'), ...rows])
}

const formatCount = (count) => `${count.toLocaleString('en')} profiles`

/** The figures with one key, for all numbers of profiles; where `what` has several keys they stand together. */
function groupRows(figures, key) {
  const rows = new Map()
  for (const figure of figures) rows.set(key(figure), [...(rows.get(key(figure)) ?? []), figure])
  const order = [...new Set(figures.map(({ what }) => what))]
  return [...rows.values()].toSorted(([one], [other]) => order.indexOf(one.what) - order.indexOf(other.what))
}

function formatFigure(figure) {
  if (!figure) return ''
  const { milliseconds, processes, met } = figure
  const parts = [
    ...formatRatios(figure),
    `${roundTo(milliseconds, 3)} ms`,
    processes !== undefined && `${processes} processes`,
  ].filter(Boolean)
  const text = parts.join(', ')
  return met === false ? `**${text}**` : text
}

/** A bar that grows with the profiles is shown for each number of them. */
function formatBars(row) {
  const bars = row.map(({ bar }) => (bar ? formatBar(bar) : '')).filter(Boolean)
  return [...new Set(bars)].join('; ')
}

function formatBar(bar) {
  const { processes } = bar
  return [processes !== undefined && `${processes} processes`, ...formatRatios(bar)]
    .filter(Boolean)
    .join(', ')
}

const formatRatios = (ratios) =>
  ratioNames.filter((name) => ratios[name] !== undefined).map((name) => `${roundTo(ratios[name], 3)} ${name}`)

/** To some digits, and never to powers of ten. */
function roundTo(value, digits) {
  return value < 10 ** (digits - 1) ? Number(value.toPrecision(digits)) : Math.round(value)
}

/** Rows of cells as a table of Markdown; the second row is the line below the heading. */
export function formatTable(rows) {
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
