/** The names of the plugins that assume brings along. */
export const builtinPlugins = ['kube', 'mfa-command', 'protect', 'terraform', 'vars'] as const

export type BuiltinPlugin = (typeof builtinPlugins)[number]
