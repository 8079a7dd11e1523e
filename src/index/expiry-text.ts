import { separator } from './format.ts'

/**
 * A line of a generation's list of sessions: the path of the token file, US, and until when a switch has nothing to say of
 * it, in whole seconds since the epoch: the end of the access token, of what `aws login` lets be renewed, or of a session in
 * front of a stored key, whose file is a role file; 0 when there is nothing that can be used.
 */
export interface SessionExpiry {
  readonly tokenPath: string
  readonly expiresAt: number
}

/** The text of the list. */
export function formatExpiries(expiries: readonly SessionExpiry[]): string {
  return expiries.map(({ tokenPath, expiresAt }) => `${tokenPath}${separator}${expiresAt}\n`).join('')
}

/** The list that a text holds; a line of another form is as good as no token. */
export function parseExpiries(text: string): SessionExpiry[] {
  const lines = text.split('\n').slice(0, -1)
  return lines.map((line) => {
    const [tokenPath = '', expiresAt = ''] = line.split(separator)
    return { tokenPath, expiresAt: /^\d+$/.test(expiresAt) ? Number(expiresAt) : 0 }
  })
}
