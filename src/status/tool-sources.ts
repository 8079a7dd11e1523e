import { findBotocoreSource } from './botocore-source.ts'
import type { CredentialSource, SourceFacts, Tool } from './credential-source.ts'
import { findJavaOrRustSource } from './java-rust-source.ts'
import { findJsSource } from './js-sdk-source.ts'

/** The tools in the order in which they are shown. */
export const tools: readonly Tool[] = ['aws-cli', 'boto3', 'js-sdk', 'java-sdk', 'rust-sdk']

/** Where a tool gets its keys from, by its own rules. */
export function findToolSource(tool: Tool, facts: SourceFacts): CredentialSource {
  switch (tool) {
    case 'aws-cli':
      return findBotocoreSource(facts, ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'])
    case 'boto3':
      return findBotocoreSource(facts, ['AWS_DEFAULT_PROFILE', 'AWS_PROFILE'])
    case 'js-sdk':
      return findJsSource(facts)
    case 'java-sdk':
    case 'rust-sdk':
      return findJavaOrRustSource(facts, tool)
  }
}

/** Whether sources are the same, whatever the reason. */
export function isSameSource(one: CredentialSource, other: CredentialSource): boolean {
  return one.kind === other.kind && one.profile === other.profile && one.method === other.method
}

/** The source that all tools use; undefined when they differ, or when they have none. */
export function findCommonSource(facts: SourceFacts): CredentialSource | undefined {
  const [first, ...others] = tools.map((tool) => findToolSource(tool, facts))
  if (!first || first.kind === 'none') return undefined
  return others.every((other) => isSameSource(first, other)) ? first : undefined
}
