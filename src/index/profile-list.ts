import type { AwsConfig } from '../profiles/config/merge.ts'
import type { ListedProfiles } from '../status/listed-profile.ts'

/** All that a list of the profiles says while the files are as they are. */
export interface ProfileList extends ListedProfiles {
  /** What of the files is not understood, a line each. */
  readonly warnings: readonly string[]
  readonly rejections: AwsConfig['rejections']
}

/** The first line; with another one it is a list of another version. */
const mark = 'assume-profiles 1\n'

/** What stands in the place of a list where there are profiles that are in no file. */
export const noProfileList = `${mark}none\n`

/** The list as text. */
export function formatProfileList(list: ProfileList): string {
  return `${mark}${JSON.stringify(list)}\n`
}

/** The list in such a text. `none`: each time somebody has to be asked; `torn`: it was cut off, or is none of this version. */
export function parseProfileList(text: string): ProfileList | 'none' | 'torn' {
  if (text === noProfileList) return 'none'
  // With thousands of profiles whatever is made beside what JSON makes is felt.
  if (!text.startsWith(mark)) return 'torn'
  try {
    return JSON.parse(text.slice(mark.length)) as ProfileList
  } catch {
    return 'torn'
  }
}
