/** What to do after the shells were set up: `load` loads assume in an open one. */
export function formatAdvice({ load, hasProfiles }: { load: string; hasProfiles: boolean }): string {
  const first = hasProfiles
    ? 'assume              choose a profile for this shell'
    : 'assume configure    write a first profile; there is none yet'
  return `Open a new shell, or type in this one: ${load}\nThen type:\n  ${first}\n`
}
