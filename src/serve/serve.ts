import { randomBytes } from 'node:crypto'
import type { Credentials } from '../aws/credentials.ts'
import type { Context } from '../context.ts'
import { openIndex } from '../index/profile-index.ts'
import { type ProvideOptions, provideCredentials } from '../switch/provide.ts'
import { locateSwitchPaths, type Paths } from '../system/paths.ts'
import type { Outage } from './answer.ts'
import { type OpenDoor, openPort, openSocket } from './door.ts'
import { CredentialSupply } from './supply.ts'

/** Whose credentials are served, and where. */
export interface ServeRequest {
  readonly profileName: string
  /** The path of the socket; absent for none. */
  readonly socket?: string | undefined
  /** The number of the port, 0 for any; absent for none. */
  readonly port?: number | undefined
  readonly mfaCode?: string | undefined
  /** Is told when renewals begin to fail, and when one succeeds again. */
  readonly onTrouble: (failure: Outage | undefined) => void
  /** Whether the terminal is somebody else's while credentials are renewed: then nothing is said. */
  readonly isSilent: boolean
}

/** A server whose first credentials are at hand. */
export interface CredentialServer {
  /** Of the port; absent without one. */
  readonly port?: { readonly address: string; readonly token: string }
  /** Renews the credentials until the signal is aborted; rejects then with its reason. */
  run(signal: AbortSignal): Promise<never>
  /** Lets nobody in any more, and ends a renewal that is under way. */
  close(): void
}

/**
 * Gets the first credentials, for which the user may be asked, and opens the doors. Throws AssumeError `address-taken`,
 * `unsafe-file`, `unwritable-file`, and what `provideCredentials` throws.
 */
export async function openServer(context: Context, request: ServeRequest): Promise<CredentialServer> {
  const { profileName, mfaCode, onTrouble } = request
  const paths = locateSwitchPaths(context)
  const end = new AbortController()
  const unattended = {
    ...context,
    ...(request.isSilent && silence),
    interruption: AbortSignal.any([context.interruption, end.signal]),
  }
  let isFirst = true
  const fetch = (refresh: boolean): Promise<Credentials> =>
    isFirst
      ? provide(context, paths, profileName, { logsIn: true, isAttended: true, refresh, mfaCode })
      : provide(unattended, paths, profileName, { logsIn: false, refresh })
  const supply = await CredentialSupply.open({ now: context.now, wait: context.wait, fetch, onTrouble })
  isFirst = false
  const doors: OpenDoor[] = []
  const close = () => {
    end.abort()
    for (const door of doors) door.close()
  }
  const take = () => supply.take()
  const run = (signal: AbortSignal) => supply.run(signal)
  try {
    if (request.socket !== undefined)
      doors.push(await openSocket(context, paths, take, { path: request.socket, profileName }))
    if (request.port === undefined) return { run, close }
    const token = randomBytes(32).toString('base64url')
    const door = await openPort(context, take, { port: request.port, token, profileName })
    doors.push(door)
    return { port: { address: door.address, token }, run, close }
  } catch (error) {
    close()
    throw error
  }
}

const silence = { notify: () => {}, notifyOnce: () => {}, trace: () => {}, isVerbose: false }

/** The index is looked for each time: in hours it is built anew. */
function provide(
  context: Context,
  paths: Paths,
  name: string,
  options: ProvideOptions,
): Promise<Credentials> {
  return provideCredentials(context, { paths, index: openIndex(context, paths) }, name, options)
}
