import { createHash } from 'node:crypto'
import { delimiter, isAbsolute, join } from 'node:path'
import { definePlugin, type HookContext, type ProfileFacts } from '../api.ts'
import { fillPlaceholders } from './placeholders.ts'

/** What kubectl reads where nobody says anything else. */
const defaultConfig = '~/.kube/config'

/**
 * A kubeconfig per profile, and a context in it. kubectl has no variable for a context, but where several files are
 * named the first that has a `current-context` decides
 * (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files), so
 * a file that has nothing else is named before the others, and those stay as they are.
 */
export default definePlugin({
  name: 'kube',
  apiVersion: 1,
  options: {
    config: {
      describe: `the kubeconfig, or several as in KUBECONFIG; ${defaultConfig} where only a context is given`,
    },
    context: { describe: 'the context; where there is none, the kubeconfig says it' },
  },
  needs: { variables: ['KUBECONFIG'] },
  env: {
    dependsOn: 'profile',
    plan: ({ profile, options, folders }) => {
      if (!options.config && !options.context) return undefined
      const paths = locateConfigs(options.config || defaultConfig, profile, folders)
      if (!options.context) return { set: { KUBECONFIG: paths.join(delimiter) }, expects: paths }
      const text = formatContext(fillPlaceholders(options.context, profile))
      const name = `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.yaml`
      return {
        set: { KUBECONFIG: [join(folders.own, name), ...paths].join(delimiter) },
        expects: paths,
        files: { [name]: text },
      }
    },
  },
})

/** The paths in a list as KUBECONFIG has it. Throws an Error for one that would mean something else there. */
function locateConfigs(list: string, profile: ProfileFacts, { home }: HookContext['folders']): string[] {
  const words = list.split(delimiter).filter((word) => word !== '')
  return words.map((word) => {
    const path = fillPlaceholders(word, profile).replace(/^~(?=[/\\])/, () => home)
    if (!isAbsolute(path)) throw new Error(`${path} is no path from / or ~/`)
    if (path.split(/[/\\]/).includes('..')) throw new Error(`${path} leads upwards`)
    if (path.includes(delimiter)) throw new Error(`${path} has a ${delimiter}, which KUBECONFIG cannot hold`)
    return path
  })
}

/** A kubeconfig that says the current context only. JSON is YAML. */
function formatContext(context: string): string {
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': context })}\n`
}
