import { comparePeers } from './comparison.mjs'

const width = 760
const labels = 170
const room = 480
const step = 20
const most = 1000

/** The chart of the comparison as SVG: bars on a logarithmic scale, in what one `/bin/true` takes. */
export function drawSpeedChart(report) {
  const rows = comparePeers(report).flatMap(({ title, bars }) => [
    { title },
    ...bars.map((bar) => ({ bar })),
    {},
  ])
  const height = 44 + rows.length * step
  const body = rows.flatMap((row, index) => drawRow(row, 40 + index * step))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="What assume and other tools take, in starts of /bin/true" font-family="system-ui, sans-serif" font-size="13">
<style>text{fill:#24292f}.faint{fill:#6e7781}.other{fill:#afb8c1}.ours{fill:#1a7f37}.grid{stroke:#d0d7de}@media (prefers-color-scheme:dark){text{fill:#e6edf3}.faint{fill:#8d96a0}.other{fill:#484f58}.ours{fill:#3fb950}.grid{stroke:#30363d}}</style>
<text class="faint" x="0" y="16">1,000 profiles; in starts of /bin/true (${formatTrue(report)} ms here), logarithmic; less is better</text>
${[1, 10, 100, 1000].map((value) => drawGrid(value, height)).join('\n')}
${body.join('\n')}
</svg>
`
}

function drawGrid(value, height) {
  const x = place(value)
  return `<line class="grid" x1="${x}" x2="${x}" y1="30" y2="${height - step}"/><text class="faint" font-size="11" text-anchor="middle" x="${x}" y="${height - 4}">${value}</text>`
}

function drawRow({ title, bar }, y) {
  if (title !== undefined) return [`<text font-weight="600" x="0" y="${y + 13}">${escapeText(title)}</text>`]
  if (!bar) return []
  const end = place(Math.min(bar.true, most))
  const kind = bar.isOurs ? 'ours' : 'other'
  const value = `${bar.floor ? 'more than ' : ''}${bar.true < 10 ? bar.true.toFixed(1) : Math.round(bar.true)}`
  return [
    `<text${bar.isOurs ? ' font-weight="600"' : ''} text-anchor="end" x="${labels - 8}" y="${y + 13}">${escapeText(bar.label)}</text>`,
    `<rect class="${kind}" x="${labels}" y="${y + 2}" width="${round(Math.max(2, end - labels))}" height="14" rx="2"/>`,
    `<text x="${round(Math.max(end, labels + 2) + 6)}" y="${y + 13}">${value}</text>`,
  ]
}

function place(value) {
  return round(labels + (Math.log10(Math.max(1, value)) / Math.log10(most)) * room)
}

const round = (value) => Math.round(value * 10) / 10

function formatTrue({ figures }) {
  const base = figures.find(({ what, profiles }) => what === 'true' && profiles === 1000)
  return base ? base.milliseconds.toFixed(2) : '?'
}

function escapeText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
