import type { Context, User } from '../context.ts'
import { listInstallation } from '../setup/installation.ts'
import { describeObjection, formatRemedy, type Objection } from '../system/files/objection.ts'
import { keepsOwnership, listObjections } from '../system/files/ownership.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import type { Hint } from '../text/words.ts'
import type { FileFault, ShellFacts } from './facts.ts'

/** What somebody else can change of what is believed and run: on all levels, and the installation as a whole. */
export function findChangeable(
  context: Context,
  paths: Paths,
  shells: readonly ShellFacts[],
  user: User,
): FileFault[] {
  const { files, installation } = context
  const startUp = shells.flatMap(({ texts }) => [...texts.keys()].filter((path) => texts.get(path)))
  const own = [paths.awsConfig, paths.awsCredentials, paths.ssoCache, paths.loginCache, paths.cliCache]
  const ours = [paths.settings, paths.plugins, paths.cache, paths.roles, paths.registrations, paths.history]
  const root = files.stat(installation) ? files.resolve(installation) : installation
  const program = files.stat(root) ? listInstallation(files, root) : []
  const found = new Map<string, Objection>()
  for (const objection of [...own, ...ours, ...startUp, ...program].flatMap((path) =>
    listObjections(context, path),
  )) {
    if (!found.has(objection.path) && keepsOwnership(context, objection)) found.set(objection.path, objection)
  }
  const objections = [...found.values()]
  const isInstalled = ({ path }: Objection) => path === root || path.startsWith(`${root}/`)
  const installed = objections.filter(isInstalled)
  const describe = (objection: Objection) =>
    describeObjection(objection, printable(shortenPath(objection.path, paths)))
  const describeTree = (first: Objection, others: number): FileFault => {
    const more = `; so it is with ${others} more in ${printable(shortenPath(root, paths))}`
    const own = `${user.id === 0 ? '' : 'sudo '}chown -R ${user.id}`
    const command: Hint = (quote) => `${first.flaw === 'foreign' ? own : 'chmod -R go-w'} ${quote(root)}`
    return { fault: 'changeable', seen: describe(first) + (others > 0 ? more : ''), command }
  }
  return [
    ...objections
      .filter((objection) => !isInstalled(objection))
      .map((objection): FileFault => {
        const command: Hint = (quote) => formatRemedy(objection, user.id, quote)
        return { fault: 'changeable', seen: describe(objection), command }
      }),
    ...(['foreign', 'open-to-others', 'open-to-group'] as const).flatMap((flaw) => {
      const [first, ...others] = installed.filter((objection) => objection.flaw === flaw)
      return first ? describeTree(first, others.length) : []
    }),
  ]
}
