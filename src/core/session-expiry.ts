import { separator } from './profile-index.ts'

/**
 * A line of a generation's list of sessions: the path of the token file, US, and when its access token ends, in whole
 * seconds since the epoch; 0 when there is no token that can be used.
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
