import { Region } from '../../aws/region.ts'
import { mayKnowProfiles } from '../../profiles/plugin-settings.ts'
import { describeProfile } from '../../profiles/profile.ts'
import { warnOfRegionVariable } from '../../profiles/written-region.ts'
import { hideUser, printable } from '../../text/redact.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'
import { checkAgreement, checkKeyParts, formatRemoval, type VariableFinding } from './environment-keys.ts'

/** Variables that win over a profile, or mislead one tool or another. */
export function checkEnvironment(facts: Facts): SetUpFinding[] {
  const faults = [...checkNames(facts), ...checkKeyParts(facts)]
  const gone = faults.flatMap(({ variables }) => variables.map((name) => [name, undefined]))
  // What is told of a variable that has to go is not told a second time.
  const env = { ...facts.env, ...Object.fromEntries(gone) }
  return [
    ...faults.map(({ finding }) => finding),
    ...checkAgreement({ ...facts, env }),
    ...checkRegions(facts),
    ...checkEndpoints(facts),
    ...checkFileVariables(facts),
  ]
}

/** Names of profiles that are in no file. */
function checkNames({ env, profiles, shells }: Facts): VariableFinding[] {
  if (!profiles || mayKnowProfiles(profiles.plugins)) return []
  return ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].flatMap((variable): VariableFinding[] => {
    const name = env[variable]
    if (name === undefined || profiles.config.profiles.has(name)) return []
    const places = findAssignments(shells, variable, name)
    const always = places.length > 0 ? `; ${places.join(' and ')} sets it in every new shell` : ''
    const finding: SetUpFinding = {
      level: 'error',
      seen:
        name === ''
          ? `${variable} is set but empty`
          : `${variable} is ${printable(name)}, and there is no such profile`,
      why: `AWS tools that read the variable fail${always}`,
      mend: formatRemoval(env, [variable]),
    }
    return [{ finding, variables: [variable] }]
  })
}

const assignment =
  /^[ \t]*(?:export[ \t]+|set[ \t]+(?:-\S+[ \t]+)+|\$env:)?(\w+)(?:[ \t]*=[ \t]*|[ \t]+)(["']?)(.*?)\2[ \t]*(?:[;#].*)?$/

/** The lines of start-up files that set a variable to a value. */
function findAssignments(shells: Facts['shells'], variable: string, value: string): string[] {
  const texts = shells.flatMap((shell) => [...shell.texts])
  return texts.flatMap(([path, text = '']) =>
    text.split('\n').flatMap((line, at) => {
      const [, name, , word] = assignment.exec(line) ?? []
      return name === variable && word === value ? [`${printable(path)} line ${at + 1}`] : []
    }),
  )
}

function checkRegions({ env, profiles }: Facts): SetUpFinding[] {
  const broken = ['AWS_REGION', 'AWS_DEFAULT_REGION'].filter((name) => env[name] && !Region.parse(env[name]))
  if (broken.length > 0) {
    return broken.map((name) => ({
      level: 'error',
      seen: `${name} is no region: ${printable(env[name] ?? '')}`,
      why: 'no host can have that name, so every call of an AWS tool fails',
      mend: (_, write) => write(name),
    }))
  }
  const active = profiles && describeProfile(profiles.config, env['AWS_PROFILE'] ?? '')
  const warning = warnOfRegionVariable(env, active)
  if (warning === undefined) return []
  const variable = warning.startsWith('AWS_REGION') ? 'AWS_REGION' : 'AWS_DEFAULT_REGION'
  return [
    {
      level: 'warning',
      seen: warning,
      why: 'calls of AWS tools find no host there',
      mend: (_, write) => write(variable),
    },
  ]
}

/** Endpoints that no tool can ask. */
function checkEndpoints({ env }: Facts): SetUpFinding[] {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') return []
  return Object.entries(env).flatMap(([name, url]): SetUpFinding[] => {
    if (!/^AWS_ENDPOINT_URL(?:_[A-Z\d_]+)?$/.test(name) || !url) return []
    if (!/\s/.test(url) && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return []
    return [
      {
        level: 'error',
        seen: `${name} is no URL: ${printable(hideUser(url))}`,
        why: 'every call that goes there fails',
        mend: (_, write) => write(name),
      },
    ]
  })
}

/** Files that variables name. */
function checkFileVariables({ env, absentFiles }: Facts): SetUpFinding[] {
  const empty = (['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'] as const).filter(
    (name) => env[name] === '',
  )
  return [
    ...absentFiles.map(
      ([variable, path]): SetUpFinding => ({
        level: variable === 'AWS_CA_BUNDLE' ? 'error' : 'warning',
        seen: `${variable} is ${printable(path)}, and there is no such file`,
        why: absenceReasons[variable] ?? 'AWS tools and assume look there, and nowhere else',
        mend: (_, write) => write(variable),
      }),
    ),
    ...empty.map(
      (variable): SetUpFinding => ({
        level: variable === 'AWS_CONFIG_FILE' ? 'error' : 'warning',
        seen: `${variable} is set but empty`,
        why: 'the AWS CLI and boto3 read no such file then; assume reads the one in ~/.aws',
        mend: (_, write) => write(variable),
      }),
    ),
  ]
}

const absenceReasons: Readonly<Record<string, string>> = {
  AWS_CA_BUNDLE: 'every call of an AWS tool fails, since none can check whom it talks to',
  NODE_EXTRA_CA_CERTS: 'programs of Node trust only what they bring, which a proxy of a company is not among',
}
