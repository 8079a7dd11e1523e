import { importToolNames } from '../../cli/import-command.ts'
import { grantedProcess } from '../../profiles/granted-process.ts'
import type { Profile } from '../../profiles/profile.ts'
import { printable } from '../../text/redact.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Another tool that switches AWS profiles, and the marks that it leaves. */
export interface OtherTool {
  readonly name: string
  /** Files and folders below the home. */
  readonly files: readonly string[]
  /** A variable that says where else, or that its shell is at work. */
  readonly variable?: string
  /** A `credential_process` of it. */
  readonly process?: RegExp
  /** Whether a profile with that process has its keys in the tool alone: import leaves it as it is. */
  readonly keeps?: (profile: Profile) => boolean
  /** Keys of profiles that it alone reads. */
  readonly keys: readonly string[]
  /** A line of a start-up file that loads it into zsh. */
  readonly startUp?: RegExp
}

/** In the order in which they are told. */
export const otherTools: readonly OtherTool[] = [
  {
    name: 'Granted',
    files: ['.granted'],
    process: grantedProcess,
    keeps: ({ properties }) => ![...properties.keys()].some((key) => key.startsWith('granted_sso_')),
    keys: ['granted_sso_start_url', 'granted_sso_account_id'],
  },
  {
    name: 'aws-vault',
    files: ['.awsvault'],
    variable: 'AWS_VAULT',
    process: /(?:^|[\s/])aws-vault(?:\.exe)?\s.*\b(?:exec|export)\b/,
    keys: ['include_profile', 'parent_profile', 'mfa_process', 'source_identity', 'session_tags'],
  },
  {
    name: 'aws-sso-cli',
    files: ['.aws-sso', '.config/aws-sso'],
    variable: 'AWS_SSO_PROFILE',
    process: /(?:^|[\s/])aws-sso(?:\.exe)?\s.*\bprocess\b/,
    keys: [],
  },
  {
    name: 'awsume',
    files: ['.awsume', '.config/awsume'],
    variable: 'AWSUME_PROFILE',
    keys: ['autoawsume', 'awsumepy_command'],
  },
  {
    name: 'aws-sso-util',
    files: [],
    process: /(?:^|[\s/])aws-sso-(?:util\s+credential-process|credential-process)\b/,
    keys: ['sso_auto_populated', 'sso_interactive_auth'],
  },
  {
    name: 'saml2aws',
    files: ['.saml2aws', '.aws/saml2aws'],
    process: /(?:^|[\s/])saml2aws(?:\.exe)?\s.*--credential-process\b/,
    keeps: () => true,
    keys: ['x_principal_arn'],
  },
  {
    name: 'Leapp',
    files: ['.Leapp'],
    process: /(?:^|[\s/])leapp(?:\.exe)?\s+session\s+generate\b/,
    keys: [],
  },
  { name: 'awsu', files: [], variable: 'AWSU_PROFILE', keys: [] },
  {
    name: 'the aws plugin of oh-my-zsh',
    files: [],
    keys: [],
    startUp:
      /^[ \t]*plugins\+?=\((?:[^)#]{0,4000}\s)?aws(?=[\s)])|^[^#\n]*(?:\bOMZP::aws\b|\bplugins\/aws\b)/m,
  },
]

/** The tool that a `credential_process` belongs to. */
export function findToolOf(credentialProcess: string): OtherTool | undefined {
  return otherTools.find(({ process }) => process?.test(credentialProcess))
}

/** Which other tools there are, how many profiles hang on them, and which of these do not work without them. */
export function checkTools(facts: Facts): SetUpFinding[] {
  return otherTools.flatMap((tool) => checkTool(tool, facts))
}

function checkTool(tool: OtherTool, facts: Facts): SetUpFinding[] {
  const { described, toolFiles, absentPrograms, env } = facts
  const { name, keys, variable, startUp } = tool
  const started = described.filter(
    ({ kind, credentialProcess = '' }) => kind === 'process' && findToolOf(credentialProcess) === tool,
  )
  const marked = described.filter(({ properties }) => keys.some((key) => properties.has(key)))
  const lines = startUp ? findLines(facts, startUp) : []
  const places = [...(toolFiles.get(name) ?? []), ...lines.map(formatPlace)]
  const findings: SetUpFinding[] = []
  const lost = started.filter(({ credentialProcess = '' }) =>
    [...absentPrograms].some((program) => credentialProcess.startsWith(program)),
  )
  const kept = lost.filter((profile) => tool.keeps?.(profile))
  const open = lost.filter((profile) => !kept.includes(profile))
  const describeLost = (profiles: readonly Profile[]) =>
    `${count(profiles.length)} keys from ${name}, which is not there: ${listNames(profiles)}`
  if (open.length > 0) {
    findings.push({
      level: 'error',
      seen: describeLost(open),
      why: 'they get no credentials without that program',
      mend: formatImport(name),
    })
  }
  if (kept.length > 0) {
    findings.push({
      level: 'error',
      seen: describeLost(kept),
      why: 'what they need lies in that program alone: install it again, or give them other credentials',
    })
  }
  const hanging = new Set([...started, ...marked].filter((profile) => !lost.includes(profile)))
  if (hanging.size > 0 || (places.length > 0 && lost.length === 0)) {
    const where = places.length > 0 ? ` (${places.map((each) => printable(each)).join(', ')})` : ''
    findings.push({
      level: 'info',
      seen: `${name} has been here${where}; ${count(hanging.size)} something from it`,
      why: hanging.size > 0 ? 'keep the tool as long as they do' : 'nothing of assume needs it',
      mend: formatImport(name),
    })
  }
  if (variable !== undefined && env[variable] !== undefined) {
    findings.push({
      level: 'info',
      seen: `${variable} is set: this shell was started by ${name}, or has been switched by it`,
      why: 'its keys win over AWS_PROFILE until a switch removes them',
    })
  }
  if (lines.length > 0) findings.push(...checkKeptProfile(facts))
  if (name === 'Granted') findings.push(...checkGrantedCompletion(facts))
  return findings
}

/** That plugin can keep what it has chosen beyond the shell. */
function checkKeptProfile(facts: Facts): SetUpFinding[] {
  return findLines(facts, /^[ \t]*(?:export[ \t]+)?AWS_PROFILE_STATE_ENABLED=["']?true\b/m).map((place) => ({
    level: 'warning',
    seen: `${formatPlace(place)} sets AWS_PROFILE_STATE_ENABLED`,
    why: 'every new zsh starts with the profile that asp has chosen last, and assume --unset goes back to that',
    mend: (quote) => `vi +${place.line} ${quote(place.path)}`,
  }))
}

/** The completion that zsh finds first is the one that it takes, also where ours is loaded later. */
function checkGrantedCompletion(facts: Facts): SetUpFinding[] {
  return findLines(facts, /^[^#\n]*\bfpath\+?=[^#\n]*zsh_autocomplete\/assume/m).map((place) => ({
    level: 'warning',
    seen: `${formatPlace(place)} lets zsh find Granted's completion of assume`,
    why: 'TAB behind assume then offers nothing of ours: take the line out',
    mend: (quote) => `vi +${place.line} ${quote(place.path)}`,
  }))
}

interface Place {
  readonly path: string
  /** From 1. */
  readonly line: number
}

/** Where the start-up files of zsh have such a line, the first of each file. */
function findLines({ shells }: Facts, pattern: RegExp): Place[] {
  const texts = shells.filter(({ task }) => task.shell === 'zsh').flatMap(({ texts: all }) => [...all])
  return texts.flatMap(([path, text = '']) => {
    const match = pattern.exec(text)
    return match ? [{ path, line: text.slice(0, match.index).split('\n').length }] : []
  })
}

function formatPlace({ path, line }: Place): string {
  return `${printable(path)} line ${line}`
}

/** The command that takes over what the tool left; undefined where there is none for it. */
function formatImport(name: string): string | undefined {
  const tool = importToolNames.find((each) => name.toLowerCase().endsWith(each))
  return tool && `assume import ${tool}`
}

function count(number: number): string {
  return number === 1 ? '1 profile has' : `${number} profiles have`
}

function listNames(profiles: readonly { readonly name: string }[]): string {
  const shown = profiles.slice(0, 3).map(({ name }) => printable(name))
  const more = profiles.length - shown.length
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}
