import type { Reader } from '../profiles/config/reader-view.ts'
import type { SourceFacts } from './credential-source.ts'

/** The tools whose regions are foretold, in the order in which they are shown. */
export const regionTools = ['aws-cli', 'boto3', 'js-sdk'] as const

export type RegionTool = (typeof regionTools)[number]

/** The region of a tool, which is empty where that is said, and the profile or the variable that says so. */
export interface ToolRegion {
  readonly region: string
  readonly profile?: string
  readonly variable?: string
}

interface Rules {
  readonly reader: Reader
  /** The variables in the order in which they are read. */
  readonly regions: readonly string[]
  readonly profiles: readonly string[]
  /** Whether a profile variable that is set but empty names a profile without a name. */
  readonly takesEmptyProfile: boolean
}

const rules: Readonly<Record<RegionTool, Rules>> = {
  'aws-cli': {
    reader: 'aws-cli',
    regions: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    profiles: ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'],
    takesEmptyProfile: true,
  },
  boto3: {
    reader: 'aws-cli',
    regions: ['AWS_DEFAULT_REGION'],
    profiles: ['AWS_DEFAULT_PROFILE', 'AWS_PROFILE'],
    takesEmptyProfile: true,
  },
  'js-sdk': {
    reader: 'js-sdk',
    regions: ['AWS_REGION'],
    profiles: ['AWS_PROFILE'],
    takesEmptyProfile: false,
  },
}

/** The region that a tool works in where its command names none. A variable that is empty counts as set, in all of them. */
export function findToolRegion(tool: RegionTool, { env, readAs }: SourceFacts): ToolRegion {
  const { reader, regions, profiles, takesEmptyProfile } = rules[tool]
  const variable = regions.find((name) => env[name] !== undefined)
  if (variable !== undefined) return { region: env[variable] ?? '', variable }
  const named = profiles.map((name) => env[name]).find((name) => name || (takesEmptyProfile && name === ''))
  const profile = named ?? 'default'
  const region = readAs(reader).profiles.get(profile)?.values.get('region') ?? ''
  return region === '' ? { region } : { region, profile }
}
