import { type QuoteWord, quoteAnywhere } from '../text/words.ts'

/** Where a server is reached. */
export interface ServerPlaces {
  /** Absent on Windows. */
  readonly socket: string | undefined
  /** Absent without a port. */
  readonly port: { readonly url: string; readonly tokenFile: string } | undefined
}

/**
 * The lines to paste for those who are to get credentials from a server, never the token. A program of the machine, and of a
 * container that sees the socket, reads a `credential_process`; a remote host gets the socket through ssh.
 */
export function formatRecipes({ socket, port }: ServerPlaces, quote: QuoteWord): string {
  const parts = socket === undefined ? [] : listSocketRecipes(socket, quote)
  if (port)
    parts.push([
      'a program that reads the environment',
      `AWS_CONTAINER_CREDENTIALS_FULL_URI=${port.url}`,
      `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=${quote(port.tokenFile)}`,
    ])
  return parts
    .map(([title, ...lines]) => `\n${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`)
    .join('')
}

type Recipe = readonly [title: string, ...lines: string[]]

function listSocketRecipes(socket: string, quote: QuoteWord): Recipe[] {
  const folder = socket.slice(0, socket.lastIndexOf('/'))
  const name = socket.slice(folder.length + 1)
  // Two shells read what is typed for ssh.
  const remote = `/home/USER/.${/^[\w.-]+$/.test(name) ? name : 'assume.sock'}`
  const ask = (path: string) =>
    `credential_process = curl -s --fail --max-time 5 --unix-socket ${quoteAnywhere(path)} http://assume/`
  return [
    ['a profile of a program on this machine', ask(socket)],
    [
      'a container: a volume of its service in compose.yaml, and a profile in it',
      `- ${quoteAnywhere(`${folder}:/run/assume:ro`)}`,
      ask(`/run/assume/${name}`),
    ],
    [
      'a remote host: the socket there, in your home, and a profile on it',
      `ssh HOST rm -f ${remote}`,
      `ssh -R ${remote}:${quote(socket)} HOST`,
      ask(remote),
    ],
  ]
}
