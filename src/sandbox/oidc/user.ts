import type { SandboxUser } from '../directory.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'

/** The user of this name, or the first one when the form has no choice. */
export function chooseUser(state: SandboxState, name: string | null): SandboxUser {
  const { users } = state.directory
  const user = name === null ? users[0] : users.find((candidate) => candidate.name === name)
  if (!user) throw new Refusal(400, 'invalid_request', 'There is no such user.')
  return user
}
