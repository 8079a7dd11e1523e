import { delimiter, dirname } from 'node:path'
import { printable } from '../../text/redact.ts'
import type { Hint } from '../../text/words.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Which program scripts, cron and other programs get by the word assume. */
export function checkPath({ programs, binFolder, userShell }: Facts): SetUpFinding[] {
  const [first] = programs
  const ours = programs.find(({ isOurs }) => isOurs)
  const folder = ours ? dirname(ours.path) : binFolder
  // fish keeps it for shells to come, too.
  const scope = userShell === 'fish' ? '' : '; in a start-up file the line holds for shells to come'
  const mend: Hint = (quote) => {
    if (userShell === 'fish') return `fish_add_path --move ${quote(folder)}`
    if (userShell === 'powershell') {
      const word = quote(`${folder}${delimiter}`)
      // A bare word is a command where a value is to stand.
      return `$env:PATH = ${/^['"]/.test(word) ? word : `'${word}'`} + $env:PATH`
    }
    return `export PATH=${quote(folder)}:"$PATH"`
  }
  if (!first) {
    return [
      {
        level: 'info',
        seen: 'no assume is on PATH',
        why: `shells find it by the function; scripts, cron and credential_process do not${scope}`,
        mend,
      },
    ]
  }
  if (first.isOurs) return []
  const whose = first.isGranted ? ", Granted's," : ''
  return [
    {
      level: 'warning',
      seen: `${printable(first.path)}${whose} comes first on PATH${ours ? `, before ${printable(ours.path)}` : ''}`,
      why: `scripts, cron and credential_process get that one by the word assume${scope}`,
      mend,
    },
  ]
}
