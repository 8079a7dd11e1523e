/** The ports of a TCP connection within this machine: of who has opened it, and of who was asked. */
export interface PeerPorts {
  readonly from: number
  readonly to: number
}

/** Where Linux lists connections with the users that have opened them (`proc_net_tcp.rst` of its documentation). */
export const connectionTables = ['/proc/net/tcp', '/proc/net/tcp6']

/**
 * Whether a connection is of another user than `userId`, by the texts of the tables. Root counts as no other: who relays the
 * browsers of Windows to WSL is root. A connection that stands in none is of nobody that is known.
 */
export function isOfAnotherUser({ from, to }: PeerPorts, userId: number, tables: readonly string[]): boolean {
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', remote = '']) => readPort(local) === from && readPort(remote) === to)
    .some(([, , , , , , , owner]) => owner !== '0' && owner !== `${userId}`)
}

/** Of `0100007F:A73F`. */
function readPort(address: string): number {
  return Number.parseInt(address.slice(address.indexOf(':') + 1), 16)
}
