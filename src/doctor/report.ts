import { printable } from '../text/redact.ts'
import type { Examination, ToldFinding } from './examine.ts'
import type { Versions } from './versions.ts'

/** So many findings of one check and level are shown; the others are counted. */
const mostAlike = 5

/** What a person reads: the versions, the findings, and how much is as it should be. */
export function formatExamination(
  versions: Versions,
  { findings, sound }: Examination,
  isVerbose: boolean,
): string {
  const shown = isVerbose ? findings : cutAlike(findings)
  const hidden = findings.filter((each) => !shown.includes(each))
  const more = [...new Set(hidden.map(({ check }) => check))].map(
    (check) =>
      `${hidden.filter((each) => each.check === check).length} more of ${check}: assume doctor ${check} --verbose\n`,
  )
  const fine = isVerbose
    ? sound.map(([check, text]) => `ok       ${check}: ${text}\n`).join('')
    : `${sound.length} ${sound.length === 1 ? 'check is' : 'checks are'} ok${isVerbose || sound.length === 0 ? '' : ': assume doctor --verbose'}\n`
  return [formatVersions(versions), ...shown.map(formatFinding), ...more, fine].join('\n')
}

function cutAlike(findings: readonly ToldFinding[]): ToldFinding[] {
  const counts = new Map<string, number>()
  return findings.filter(({ level, check }) => {
    const count = (counts.get(`${level} ${check}`) ?? 0) + 1
    counts.set(`${level} ${check}`, count)
    return count <= mostAlike
  })
}

function formatFinding({ level, check, seen, why, mend }: ToldFinding): string {
  const command = mend === null ? '' : `${' '.repeat(11)}${printable(mend)}\n`
  return `${level.padEnd(8)} ${check}: ${seen}\n${' '.repeat(9)}${why}\n${command}`
}

/** What one pastes into a report. */
function formatVersions({ assume, node, system, shells, awsCli }: Versions): string {
  const named = Object.entries(shells).map(([name, version]) => `${name} ${version}`)
  return printable(
    `assume ${assume} · Node ${node} · ${system} · ${[...named, `AWS CLI ${awsCli}`].join(' · ')}`,
  ).concat('\n')
}

/** What other programs read. */
export function describeExamination(versions: Versions, { findings }: Examination): object {
  return { versions, findings }
}
