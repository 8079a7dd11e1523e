import { resolve } from 'node:path'
import { usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, FileStat, Files, Outcome } from '../context.ts'
import { applyChange } from '../emit/change.ts'
import { concludeRun, findStartFailure } from '../programs/programs.ts'
import type { Outage } from '../serve/answer.ts'
import { pointToServer, writeClientConfig } from '../serve/client-environment.ts'
import { writeClientFiles } from '../serve/client-files.ts'
import { choosePlace, keepOwnFolders, type ServePlace } from '../serve/place.ts'
import { formatRecipes } from '../serve/recipes.ts'
import { type CredentialServer, openServer } from '../serve/serve.ts'
import { keepToken, type TokenFile } from '../serve/token-file.ts'
import { readProfiles } from '../switch/known-profiles.ts'
import { readSubject, readSwitchOptions } from '../switch/options.ts'
import { prepareSwitch } from '../switch/prepare.ts'
import { printable } from '../text/redact.ts'

/** What is asked for. */
interface Wish {
  readonly name: string
  readonly command: readonly string[]
  readonly port: number | undefined
  readonly socket: string | undefined
}

/** `assume serve PROFILE [-- CMD …]`: a server for credentials, until Ctrl-C or as long as a command runs. */
export function run(args: Arguments, context: Context): Promise<Outcome> {
  const wish = readWish(args, context)
  return wish.command.length === 0 ? serveHere(args, context, wish) : serveCommand(args, context, wish)
}

function readWish(args: Arguments, { announceCommand }: Context): Wish {
  const { positionals, flags } = args
  const named = readSubject(args, undefined, 'serve')
  const [first, ...rest] = positionals
  const name = named && 'name' in named ? named.name : first
  if (name === undefined) throw usageError('serve', 'which profile?')
  const command = named ? positionals : rest
  if (command.length > 0) announceCommand()
  const { port, socket } = flags
  return {
    name,
    command,
    port: typeof port === 'string' ? readPort(port) : undefined,
    socket: typeof socket === 'string' ? socket : undefined,
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw usageError('serve', `--port is a number up to 65535, not "${text}"`)
}

/** Without a command: in the foreground, until Ctrl-C. */
async function serveHere(args: Arguments, context: Context, wish: Wish): Promise<Outcome> {
  const { prepared, place, request } = await prepare(args, context, wish)
  const socket = chooseSocket(context, wish, place.socket)
  const server = await openServer(context, {
    ...request,
    socket,
    port: wish.port,
    isSilent: false,
    onTrouble: (failure) => context.notify(describeTrouble(failure)),
  })
  context.heedTermination()
  const token = server.port && keepTokenOf(server, server.port.token, context, chooseTokenFile(wish, place))
  const port = server.port && { url: `http://${server.port.address}/`, tokenFile: token?.path ?? '' }
  const where = [socket, port?.url]
    .filter((each) => each !== undefined)
    .map((each) => printable(each))
    .join(' and ')
  const recipes = formatRecipes({ socket, port }, context.quoteWord)
  const said = `serving ${prepared.plan.message} at ${where}, until Ctrl-C\n${recipes}`
  const next = async (): Promise<Outcome> => {
    try {
      return await server.run(context.interruption)
    } catch (error) {
      if (error !== context.interruption.reason) throw error
      return { notices: ['stopped'], exitStatus: 130 }
    } finally {
      server.close()
      token?.remove()
    }
  }
  return { notices: [...prepared.notices, said], next }
}

/** Node has no sockets with a path on Windows. Throws AssumeError `usage` where there would be no door at all. */
function chooseSocket({ platform }: Context, { socket, port }: Wish, usual: string): string | undefined {
  if (platform !== 'win32') return socket === undefined ? usual : resolve(socket)
  if (port === undefined || socket !== undefined)
    throw usageError('serve', 'on Windows there is no socket, but a port: --port 0')
  return undefined
}

/** Beside the socket, at which no other server is. */
function chooseTokenFile({ socket }: Wish, { token }: ServePlace): string {
  return socket === undefined ? token : `${resolve(socket)}.token`
}

function keepTokenOf(server: CredentialServer, token: string, context: Context, path: string): TokenFile {
  try {
    return keepToken(context, path, token)
  } catch (error) {
    server.close()
    throw error
  }
}

function describeTrouble(failure: Outage | undefined): string {
  return failure ? `warning: no new credentials: ${failure.message}` : 'there are new credentials again'
}

/** With a command: at a port, as long as it runs. The terminal is the command's meanwhile. */
async function serveCommand(args: Arguments, context: Context, wish: Wish): Promise<Outcome> {
  const { name, command, socket, port = 0 } = wish
  const [program = '', ...words] = command
  const failure = findStartFailure(context, program)
  if (failure) return concludeRun(program, { failure })
  const { prepared, place, request } = await prepare(args, context, wish)
  const { documents } = readProfiles(context, { paths: prepared.paths })
  const files = writeClientFiles(context.files, place.client, writeClientConfig(documents, name))
  let trouble: Outage | undefined
  const server = await openServer(context, {
    ...request,
    port,
    socket: socket === undefined ? undefined : resolve(socket),
    isSilent: true,
    onTrouble: (each) => {
      trouble = each
    },
  })
  const { address = '', token = '' } = server.port ?? {}
  const change = pointToServer(prepared.plan.change, name, { url: `http://${address}/`, token, ...files })
  const next = async (): Promise<Outcome> => {
    const end = new AbortController()
    // A bug in it is none of the command's: it comes to light when that has ended.
    const renewal = server.run(end.signal).catch((error: unknown) => error)
    const ended = await context.run(program, words, applyChange(context.env, change))
    end.abort()
    server.close()
    const reason = await renewal
    if (reason !== end.signal.reason) throw reason
    const notices = trouble ? [describeTrouble(trouble)] : []
    return { ...concludeRun(program, ended), ...(trouble && { notices }) }
  }
  return { notices: prepared.notices, next }
}

/** As for a switch to the profile: whoever guards it is asked, and there is a session. */
async function prepare(args: Arguments, context: Context, { name }: Wish) {
  const options = readSwitchOptions(args, 'serve')
  const prepared = await prepareSwitch(context, { subject: { name }, options })
  const { mfaCode } = options
  const folders = keepOwnFolders(prepared.paths.serve, context.user?.id, (path) => look(context.files, path))
  return {
    prepared,
    place: choosePlace(folders, name),
    request: { profileName: name, mfaCode },
  }
}

function look(files: Files, path: string): FileStat | undefined {
  try {
    return files.stat(path)
  } catch {
    return undefined
  }
}
