import { printable } from '../../text/redact.ts'
import type { DirectoryFile, Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Who else sets the profile of this folder. */
export function checkDirectory({ directoryFiles, profileFile }: Facts): SetUpFinding[] {
  return directoryFiles.flatMap((file) => {
    if (profileFile !== undefined) return [describeQuarrel(file, profileFile)]
    return file.isByUs ? [] : [describeOther(file)]
  })
}

function describeOther({ path, tool, variables }: DirectoryFile): SetUpFinding {
  return {
    level: 'warning',
    seen: `${tool} sets ${variables.join(' and ')} in this folder, by ${printable(path)}`,
    why: `${tool} puts its value back whenever the folder is entered, over that of a switch`,
    mend: (quote) =>
      tool === 'mise'
        ? `mise unset --file ${quote(path)} ${variables.join(' ')}`
        : path.endsWith('.envrc')
          ? `direnv edit ${quote(path)}`
          : `vi ${quote(path)}`,
  }
}

function describeQuarrel({ path, tool, variables }: DirectoryFile, profileFile: string): SetUpFinding {
  return {
    level: 'warning',
    seen: `${tool} sets ${variables.join(' and ')} in this folder, by ${printable(path)}, and ${printable(profileFile)} names a profile, too`,
    why: `where both have a say assume leaves it to ${tool}`,
    mend: 'assume here --deny',
  }
}
