import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canTrace, countProcesses } from './processes.mjs'

/** Runs statements in one of the shells; `env` is there for all of them. */
export class ShellScripts {
  #counts = new Map()

  constructor(shell, world, { env = {}, isInteractive = false } = {}) {
    this.shell = shell
    this.world = world
    this.env = env
    this.arguments = isInteractive ? shell.interactive : shell.arguments
  }

  /**
   * Times actions in turns in one shell that has `setup` behind it, each after its own `before` and directly behind `base`.
   * Returns for each of `count` rounds, and in it for each action, its time and that of the base, in milliseconds.
   */
  time(setup, actions, base, count) {
    const { shell } = this
    const statements = actions.flatMap(({ before = '', action }) => [
      before,
      shell.time(base),
      shell.time(action),
    ])
    const times = shell.readTimes(this.#run([...setup, shell.repeat(count, statements)]))
    if (times.length !== count * actions.length * 2)
      throw new Error(`${shell.name}: "${actions.map(({ what }) => what).join('", "')}" were not measured`)
    return Array.from({ length: count }, (_, round) =>
      actions.map((_, index) => {
        const [other, own] = times.slice((round * actions.length + index) * 2)
        return [own, other]
      }),
    )
  }

  /** `processes`: how many more start when the action is done, too, those of `besides` left out. Empty without strace. */
  countStarted(setup, { before = '', action, besides = '' }) {
    if (!canTrace) return {}
    return { processes: this.#count([...setup, before, action]) - this.#count([...setup, before, besides]) }
  }

  #count(lines) {
    const key = lines.join('\n')
    const known = this.#counts.get(key)
    if (known !== undefined) return known
    const { shell, world, env } = this
    const count = countProcesses(world, shell.program, [...this.arguments, this.#write(lines)], env)
    this.#counts.set(key, count)
    return count
  }

  #run(lines) {
    const { shell, world, env } = this
    return world.run(shell.program, [...this.arguments, this.#write(lines)], env)
  }

  #write(lines) {
    const { shell, world } = this
    const path = join(world.home, `script.${shell.extension}`)
    writeFileSync(path, `${[shell.prepare?.(world) ?? '', ...lines].join('\n')}\n`)
    return path
  }
}
