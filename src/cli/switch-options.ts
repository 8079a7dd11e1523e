import type { Arguments } from './parse.ts'

/** The switch options among the flags, in the form in which a switch is asked for. */
export function readSwitchOptions({ flags }: Arguments): { region?: string; noLogin: boolean } {
  const { region } = flags
  return { ...(typeof region === 'string' && { region }), noLogin: flags['no-login'] === true }
}
