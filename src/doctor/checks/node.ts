import { printable } from '../../text/redact.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** The Node that runs the core, and the one that was recorded for shells whose PATH has none. */
export function checkNode({ node: { version, path, recorded } }: Facts): SetUpFinding[] {
  const findings: SetUpFinding[] = []
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    findings.push({
      level: 'warning',
      seen: `Node ${version} runs assume`,
      why: 'it is made for Node 20.19 or later, and parts of it may fail; see https://nodejs.org/en/download',
    })
  }
  if (recorded && !recorded.exists) {
    findings.push({
      level: 'warning',
      seen: `the Node that was recorded at the installation is gone: ${printable(recorded.path)}`,
      why: 'where PATH has no node, as in cron and graphical programs, assume has to search for one, or fails',
      // What else was recorded is of the Node that has gone.
      mend: (quote) =>
        `printf '%s\\n' ${quote(path)} > ${quote(recorded.file)} && touch -r ${quote(path)} ${quote(recorded.file)}`,
    })
  }
  return findings
}
