import type { CredentialSource, ProfileMethod, Tool } from './credential-source.ts'

/** The tools as people call them. */
export const toolNames: Readonly<Record<Tool, string>> = {
  'aws-cli': 'AWS CLI',
  boto3: 'boto3',
  'js-sdk': 'JS SDK',
  'java-sdk': 'Java SDK',
  'rust-sdk': 'Rust SDK',
}

const methods: Readonly<Record<ProfileMethod, string>> = {
  sso: 'Identity Center',
  role: 'a role',
  'web-identity': 'a web identity',
  static: 'its keys',
  login: 'aws login',
  process: 'credential_process',
}

/** A source in a few words; a profile with its name and its way to keys. */
export function describeToolSource({ kind, profile, method }: CredentialSource): string {
  if (kind === 'profile') return `profile ${profile}${method ? `, ${methods[method]}` : ''}`
  return {
    environment: 'the keys in the environment',
    'web-identity': 'the web identity in the environment',
    container: 'a server for credentials',
    instance: 'the EC2 instance, if it is one',
    none: 'nothing',
  }[kind]
}
