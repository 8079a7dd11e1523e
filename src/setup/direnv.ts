import { placeBlock, removeBlock } from './block.ts'

/** The file from which direnv has the function `use assume`. */
export interface DirenvLibrary {
  readonly path: string
  /** What it loads, quoted for bash. */
  readonly quotedFile: string
  /** How many of the folders above it do not exist. */
  readonly missingFolders: number
}

/** What direnv loads, below `shell/` of an installation. */
export const direnvFile = 'direnv/assume.bash'

/** The text of the library with our block, or without it: undefined for no file. Throws AssumeError `broken-block`. */
export function planLibrary(
  { path, quotedFile, missingFolders }: DirenvLibrary,
  text: string | undefined,
  isWanted: boolean,
): string | undefined {
  if (!isWanted) return text === undefined ? undefined : removeBlock(text, path)
  return placeBlock(text, `if [ -r ${quotedFile} ]; then . ${quotedFile}; fi`, path, missingFolders)
}
