/** What `secret-tool search --all` has found, as far as it says. */
export interface SecretSearch {
  readonly secrets: readonly string[]
  /** How many items it shows without their secret: they are locked. */
  readonly locked: number
}

/**
 * Its output: for each item a line such as `[/1]`, and then lines of `name = value`. Which collection an item lies in is not said.
 */
export function readSecretSearch(output: string): SecretSearch {
  const items = output.split(/^\[\/[^\]\n]*\]$/m).slice(1)
  const found = items.map((item) => /^secret = (.*)$/m.exec(item)?.[1])
  const secrets = found.filter((secret) => secret !== undefined)
  return { secrets, locked: found.length - secrets.length }
}
