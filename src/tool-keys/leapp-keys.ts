import { readProcess } from '../tool-files/tool-process.ts'
import type { KeyMove } from './key-move.ts'

/** Where a profile says which session it was, when its key has moved: its `credential_process` says so no more. */
const idKey = 'leapp_session_id'

type NamedProfiles = readonly (readonly [name: string, values: ReadonlyMap<string, string>])[]

/** Those of the profiles whose `credential_process` names a session, with its id. */
export function listStartedSessions(profiles: NamedProfiles, platform: NodeJS.Platform): Map<string, string> {
  return new Map(
    profiles.flatMap(([name, values]) => {
      const words = readProcess(values.get('credential_process'), /^leapp$/, platform)?.words ?? []
      const id = words[0] === 'session' && words[1] === 'generate' ? words[2] : undefined
      return id === undefined ? [] : [[name, id] as const]
    }),
  )
}

/** Those that have the key of a session from a store of ours, by the id of the session. */
export function listMovedSessions(profiles: NamedProfiles): ReadonlyMap<string, string> {
  return new Map(
    profiles.flatMap(([name, values]) => {
      const id = values.get(idKey)
      return id === undefined || !values.has('assume_keys') ? [] : [[id, name] as const]
    }),
  )
}

interface KeySession {
  readonly id: string
  readonly name: string
  /** Its MFA device; absent for none. */
  readonly device: string | undefined
}

/** The move of the key of a session to a profile; `names` are all that start Leapp for it. */
export function moveSession(
  { id, name, device }: KeySession,
  profileName: string,
  names: readonly string[],
): KeyMove {
  return {
    profileName,
    origin: { tool: 'Leapp', name, sessionId: id },
    told: [...(device === undefined ? [] : [['mfa_serial', device] as const]), [idKey, id]],
    sharers: names
      .filter((each) => each !== profileName)
      .map((each) => ({ name: each, target: profileName })),
  }
}
