import { editConfigText } from '../../src/import/draft.ts'
import { type ImportFacts, readConfigFacts, readCredentialsFacts } from '../../src/import/facts.ts'
import type { ImportTool, ToolPlan } from '../../src/import/plan.ts'

export interface Given {
  readonly config?: string
  readonly credentials?: string
  readonly own?: Readonly<Record<string, string>>
  readonly keys?: readonly string[]
  readonly machineIds?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** What a tool makes of files with these texts. */
export function planOf(
  tool: ImportTool,
  { config, credentials, own = {}, keys, machineIds = [], env = {} }: Given,
): ToolPlan {
  const facts: ImportFacts = {
    ...readConfigFacts(config),
    credentials: readCredentialsFacts(credentials),
    settings: new Map(),
    sections: new Map(),
    startUp: [],
    own: new Map(
      Object.entries(own).map(([role, text]) => [role, { path: `/${role}`, shown: `~/${role}`, text }]),
    ),
    listings: new Map(keys ? [['keys', keys]] : []),
    machineIds,
    env,
    platform: 'linux',
  }
  return tool.plan(facts)
}

/** The lines that a plan adds to the config file, and with a dash those that it takes away. */
export function changes(tool: ImportTool, given: Given): string[] {
  const before = (given.config ?? '').split('\n')
  const after = (editConfigText(given.config ?? '', planOf(tool, given).change) ?? '').split('\n')
  const added = after.filter((line) => line !== '' && !before.includes(line))
  return [
    ...added,
    ...before.filter((line) => line !== '' && !after.includes(line)).map((line) => `-${line}`),
  ]
}

export const notesOf = (tool: ImportTool, given: Given) =>
  planOf(tool, given).notes.map(({ kind, text }) => `${kind} ${text}`)
