import { createCipheriv, createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PassThrough } from 'node:stream'
import { run } from '../../src/commands/import.ts'
import type { Files, Terminal, TerminalSession } from '../../src/context.ts'
import { AssumeError } from '../../src/errors.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { createContext, endCommand } from '../support/context.ts'
import { createHome, fixtures, type Home } from '../support/home.ts'
import { takeSnapshot } from '../support/snapshot.ts'

export const samples = join(fixtures, 'coming-over')
export const machineId = '0123456789abcdef0123456789abcdef'
/** What Leapp makes of that. */
export const passphrase = createHash('sha256').update(machineId).digest('hex')

/** A home with what a tool leaves, and its lines in the start-up files. */
export function createSampleHome(...tools: string[]): Home {
  const home = createHome()
  for (const tool of tools) addSample(home, tool)
  return home
}

function addSample(home: Home, tool: string): void {
  const source = join(samples, tool)
  for (const name of listFiles(join(source, 'home'))) {
    const text = readFileSync(join(source, 'home', name), 'utf8')
    const before = existsSync(join(home.path, name)) ? readFileSync(join(home.path, name), 'utf8') : ''
    home.write(name, before + (tool === 'leapp' && name.endsWith('.json') ? lockWorkspace() : text))
  }
  for (const name of listFiles(join(source, 'rc'))) {
    const target = name === 'config.fish' ? '.config/fish/config.fish' : name
    home.write(target, readFileSync(join(source, 'rc', name), 'utf8'))
  }
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

/** The workspace of the sample as Leapp would lock it on the machine of the tests, or by another passphrase. */
export function lockWorkspace(
  text = readFileSync(join(samples, 'leapp/decrypted.json'), 'utf8'),
  secret = passphrase,
): string {
  const salt = Buffer.from('saltsalt')
  const digest = (block: Buffer) =>
    createHash('md5')
      .update(Buffer.concat([block, Buffer.from(secret), salt]))
      .digest()
  const first = digest(Buffer.alloc(0))
  const second = digest(first)
  const cipher = createCipheriv('aes-256-cbc', Buffer.concat([first, second]), digest(second))
  return Buffer.concat([Buffer.from('Salted__'), salt, cipher.update(text), cipher.final()]).toString(
    'base64',
  )
}

interface Answer {
  readonly status: number
  readonly output: string
  /** All that was shown on the terminal, and the lines for stderr. */
  readonly screen: string
}

/**
 * Runs `assume import`; with answers on a terminal, one line for each question. Every key stays where it is, and takes no answer.
 */
export async function runImport(
  home: Home,
  words: readonly string[],
  options: { answers?: readonly string[]; files?: Partial<Files>; env?: Record<string, string> } = {},
): Promise<Answer> {
  const screen: string[] = []
  const files: Partial<Files> = {
    read: (path) => (path.endsWith('/machine-id') ? Buffer.from(`${machineId}\n`) : nodeFiles.read(path)),
    ...options.files,
  }
  const { terminal, ...rest } = createContext(home, { ...options, files, screen })
  const context = { ...rest, terminal: { ...terminal, open: () => keepKeys(terminal.open) } }
  const flags = Object.fromEntries(
    words.filter((word) => word.startsWith('--')).map((word) => [word.slice(2), true as const]),
  )
  try {
    const outcome = await run({ positionals: words.filter((word) => !word.startsWith('--')), flags }, context)
    for (const line of await endCommand(context)) context.notify(line)
    for (const line of outcome.notices ?? []) context.notify(line)
    return { status: Number(outcome.exitStatus ?? 0), output: outcome.output ?? '', screen: screen.join('') }
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    return {
      status: error.exitStatus,
      output: '',
      screen: `${screen.join('')}${error.message}\n  ${error.hint}`,
    }
  }
}

/** Says no where a key is asked about, so that the answers are for all other questions. */
function keepKeys(open: Terminal['open']): TerminalSession {
  const session = open()
  const write = session.output.write.bind(session.output)
  const input = session.input as unknown as PassThrough
  const answered = (data: unknown) => {
    if (!/Move it out of .*\[y\/N\] $/.test(String(data))) return write(data as string)
    setImmediate(() => input.write('n\n'))
    // It is none of the questions that an answer is taken for.
    return write(`${String(data)} `)
  }
  return { ...session, output: Object.assign(session.output, { write: answered }) }
}

/** The files of a home but for those that assume keeps for itself. */
export function snapshotFiles(home: Home): Record<string, string> {
  const own = /^\.(?:cache|local)|^\.aws\/config\.assume-backup$/
  return Object.fromEntries(
    Object.entries(takeSnapshot(home.path)).filter(([name, entry]) => entry !== 'folder' && !own.test(name)),
  )
}
