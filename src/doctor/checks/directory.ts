import { printable } from '../../text/redact.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Who else sets the profile of this folder. */
export function checkDirectory({ directoryFiles }: Facts): SetUpFinding[] {
  return directoryFiles.map(
    ({ path, tool, variables }): SetUpFinding => ({
      level: 'warning',
      seen: `${tool} sets ${variables.join(' and ')} in this folder, by ${printable(path)}`,
      why: `${tool} puts its value back whenever the folder is entered, over that of a switch`,
      mend: (quote) =>
        tool === 'mise'
          ? `mise unset --file ${quote(path)} ${variables.join(' ')}`
          : path.endsWith('.envrc')
            ? `direnv edit ${quote(path)}`
            : `vi ${quote(path)}`,
    }),
  )
}
