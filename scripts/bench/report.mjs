/** The report as Markdown for the README: one row for each figure and shell, one column for each number of profiles. */
export function formatReport({ date, machine, versions, modules, figures }) {
  const counts = [...new Set(figures.map(({ profiles }) => profiles))]
  const rows = groupRows(figures).map((row) => [
    row[0].what,
    row[0].shell ?? '',
    ...counts.map((count) => formatFigure(row.find(({ profiles }) => profiles === count))),
    formatBars(row),
  ])
  const heading = ['', 'shell', ...counts.map((count) => `${count.toLocaleString('en')} profiles`), 'bar']
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `${date}, ${machine.cores} × ${machine.processor}, ${machine.memory} GB, ${machine.system}; ${programs.join(', ')}.
× is the ratio to \`node -e 0\` right before. **Bold** figures miss their bar.

${formatTable([heading, heading.map(() => '---'), ...rows])}

A switch that goes through the core loads ${modules.files} files, and ${modules.nodeModules} modules of Node beyond those that it starts with.
`
}

function groupRows(figures) {
  const rows = new Map()
  for (const figure of figures) {
    const key = `${figure.what}\n${figure.shell ?? ''}`
    rows.set(key, [...(rows.get(key) ?? []), figure])
  }
  const order = [...new Set(figures.map(({ what }) => what))]
  return [...rows.values()].toSorted(([one], [other]) => order.indexOf(one.what) - order.indexOf(other.what))
}

function formatFigure(figure) {
  if (!figure) return ''
  const { milliseconds, ratio, processes, met } = figure
  const parts = [
    ratio !== undefined && `${ratio.toFixed(2)} ×`,
    `${roundTime(milliseconds)} ms`,
    processes !== undefined && `${processes} processes`,
  ].filter(Boolean)
  const text = parts.join(', ')
  return met === false ? `**${text}**` : text
}

/** To three digits, and never to powers of ten. */
function roundTime(milliseconds) {
  return milliseconds < 100 ? Number(milliseconds.toPrecision(3)) : Math.round(milliseconds)
}

/** A bar that grows with the profiles is shown for each number of them. */
function formatBars(row) {
  const bars = row.map(({ bar }) => (bar ? formatBar(bar) : '')).filter(Boolean)
  return [...new Set(bars)].join('; ')
}

function formatBar({ processes, milliseconds, ratio }) {
  return [
    processes !== undefined && `${processes} processes`,
    milliseconds !== undefined && `${milliseconds} ms`,
    ratio !== undefined && `${ratio} ×`,
  ]
    .filter(Boolean)
    .join(', ')
}

function formatTable(rows) {
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
