import type { Plugin as DefinedPlugin } from './api.ts'

/** Where a plugin comes from. A module is one file; a package is a folder with a package.json. */
export type PluginSource =
  | { readonly name: string; readonly form: 'built-in' }
  | { readonly name: string; readonly form: 'module' | 'package' | 'executable'; readonly path: string }

/** A plugin that may be run: its content is the one that was agreed to. */
export type InspectedPlugin =
  | { readonly name: string; readonly form: 'built-in'; readonly definition: DefinedPlugin }
  /** `text` is what was looked at, so that it is what runs. */
  | { readonly name: string; readonly form: 'module'; readonly path: string; readonly text: string }
  | {
      readonly name: string
      readonly form: 'package'
      readonly path: string
      /** The module to begin with, as it would be imported from the folder. */
      readonly entry: string
      /** The SHA-256 of its files, in hexadecimal, by their paths without links. */
      readonly files: Readonly<Record<string, string>>
    }
  | { readonly name: string; readonly form: 'executable'; readonly path: string }
