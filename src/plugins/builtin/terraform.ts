import { definePlugin } from '../api.ts'
import { fillPlaceholders } from './placeholders.ts'

const workspace = 'TF_WORKSPACE'

/**
 * The workspace and the input variables of Terraform and OpenTofu per profile: the option `workspace` is TF_WORKSPACE,
 * `var_NAME` is TF_VAR_NAME (https://developer.hashicorp.com/terraform/cli/config/environment-variables). An empty
 * value removes the variable.
 */
export default definePlugin({
  name: 'terraform',
  apiVersion: 1,
  options: 'any',
  needs: { variables: [workspace, 'TF_VAR_*'] },
  env: {
    dependsOn: 'profile',
    plan: ({ profile, options }) => {
      const entries = Object.entries(options).map(
        ([option, text]) => [nameVariable(option), fillPlaceholders(text, profile)] as const,
      )
      const set = Object.fromEntries(entries.filter(([, value]) => value !== ''))
      return {
        set,
        unset: entries.filter(([, value]) => value === '').map(([name]) => name),
        secret: Object.keys(set).filter((name) => name !== workspace),
      }
    },
  },
})

function nameVariable(option: string): string {
  if (option === 'workspace') return workspace
  if (/^var_./.test(option)) return `TF_VAR_${option.slice('var_'.length)}`
  throw new Error(`there is no option "${option}"; there are: workspace, var_NAME`)
}
