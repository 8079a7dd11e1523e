import { join } from 'node:path'

/** The variable by which a program of Node loads these files of this folder before it starts. */
export function preload(...names: readonly string[]): { NODE_OPTIONS: string } {
  const files = names.map((name) => `--require "${join(import.meta.dirname, `${name}.cjs`)}"`)
  return { NODE_OPTIONS: files.join(' ') }
}
