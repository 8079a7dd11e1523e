import type { HookContext, OptionTable, PluginCredentials, ProfileFacts } from './api.ts'

/** Profiles as they come, to try a plugin with. */
export const sampleProfiles: readonly ProfileFacts[] = [
  {
    name: 'sample-sso',
    kind: 'sso',
    accountId: '111122223333',
    roleName: 'ReadOnly',
    region: 'eu-west-1',
    keys: {},
  },
  { name: 'sample prod/role.1', kind: 'role', accountId: '444455556666', roleName: 'admin', keys: {} },
  { name: 'sample-keys', kind: 'static', keys: {} },
]

/** Folders that need not exist. */
export const sampleFolders: HookContext['folders'] = {
  home: '/home/sample',
  own: '/home/sample/.cache/assume/plugins/sample',
}

/** Keys from AWS's own documentation, which open nothing. */
export const sampleCredentials: PluginCredentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

/** Values for the options that a plugin cannot do without. */
export function sampleOptions(options: OptionTable | 'any' | undefined): Record<string, string> {
  const needed = typeof options === 'object' ? Object.entries(options) : []
  return Object.fromEntries(
    needed
      .filter(([, option]) => option.required && option.default === undefined)
      .map(([name]) => [name, 'sample']),
  )
}
