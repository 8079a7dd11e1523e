import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/**
 * What each room of `src` may use of the others, the lowest first: a room uses none that stands below it in this list. What a
 * file at the top may use is listed by its own name. A line more is a decision.
 */
const mayUse: Readonly<Record<string, string>> = {
  text: '',
  'errors.ts': 'text',
  emit: 'text errors.ts',
  'program-ports.ts': '',
  'context.ts': 'text emit program-ports.ts',
  aws: 'text errors.ts program-ports.ts context.ts',
  system: 'text errors.ts program-ports.ts context.ts aws',
  programs: 'text errors.ts program-ports.ts context.ts system',
  ui: 'text errors.ts program-ports.ts context.ts system',
  settings: 'text errors.ts program-ports.ts context.ts system',
  profiles: 'text errors.ts program-ports.ts context.ts aws system settings',
  cli: 'text errors.ts emit aws settings profiles',
  keys: 'text errors.ts program-ports.ts context.ts aws system ui settings profiles',
  browser: 'text errors.ts emit program-ports.ts context.ts system settings profiles',
  sso: 'text errors.ts emit program-ports.ts context.ts aws system settings profiles browser',
  plugins: 'text errors.ts emit program-ports.ts context.ts aws system ui settings profiles',
  credentials:
    'text errors.ts emit program-ports.ts context.ts aws system ui settings profiles keys sso plugins',
  status: 'text errors.ts emit program-ports.ts context.ts aws system settings profiles keys sso credentials',
  index:
    'text errors.ts emit program-ports.ts context.ts aws system settings profiles sso credentials status',
  switch:
    'text errors.ts emit program-ports.ts context.ts aws system ui settings profiles cli keys sso plugins credentials status index',
  directories: 'text errors.ts program-ports.ts context.ts aws system settings profiles cli switch',
  serve:
    'text errors.ts emit program-ports.ts context.ts aws system settings profiles credentials index switch',
  'key-lifecycle':
    'text errors.ts emit program-ports.ts context.ts aws system ui settings profiles cli keys credentials status switch',
  console:
    'text errors.ts emit program-ports.ts context.ts aws system ui settings profiles cli keys plugins browser credentials status switch',
  configure: 'text errors.ts program-ports.ts context.ts aws system ui settings profiles cli sso',
  setup: 'text errors.ts emit program-ports.ts context.ts system programs',
  'tool-files': 'text errors.ts',
  'tool-keys':
    'text errors.ts program-ports.ts context.ts system ui settings profiles keys key-lifecycle tool-files',
  import:
    'text errors.ts program-ports.ts context.ts aws system settings profiles cli key-lifecycle setup tool-files tool-keys',
  doctor:
    'text errors.ts emit program-ports.ts context.ts aws system programs settings profiles cli keys sso plugins credentials status directories setup',
  sandbox: 'text program-ports.ts context.ts sso',
  commands:
    'text errors.ts emit program-ports.ts context.ts aws system programs ui settings profiles cli keys browser sso plugins credentials status index switch directories serve key-lifecycle console configure setup tool-keys import doctor sandbox',
  'dispatch.ts': 'context.ts system cli switch commands',
  'main.ts': 'text errors.ts emit program-ports.ts context.ts aws system programs dispatch.ts switch',
}

/**
 * The files with effects, by folder: what imports the ports, a module of Node that has some, a service or another file with
 * effects. All others are pure: what they return follows from what they are given.
 */
const effectful: Readonly<Record<string, string>> = {
  '': 'dispatch main',
  aws: 'client-options http limits patience retries retry-strategy tunnel watch',
  browser: 'open surroundings',
  commands:
    'configure console credential-process credentials-file doctor env exec help here import keys list login logout plugin sandbox serve settings setup status switch sync whoami',
  configure: 'assignment assignments pacer',
  console: 'console-keys console-profile delivery login open-consoles signin-token subject',
  'console/hand-over': 'program server',
  credentials: 'credentials forget-session kept-role mfa role-cache session-lookup source-keys sts',
  'credentials/from':
    'assume-role aws-login container credential-process instance-metadata keys login-cache metadata proof-of-possession signin sso-role web-identity',
  directories: 'file-writer permission place record-store',
  doctor:
    'ask-network directory-files find-changeable gather look-at-files look-at-shells tolerant-context unreadable versions',
  import: 'apply backup gather',
  index:
    'excerpt-file expiry-file expiry-update index-generation kept-keys profile-index profile-list-file row-buckets row-lookup slow-path uses',
  'key-lifecycle':
    'add-key addition adopt-key adopt-keys change-passphrase choose-store key-copies key-questions key-stores list-keys remove-key take-in typed-key',
  'key-lifecycle/rotation': 'iam iam-sdk key-rotation key-trial other-key rotate-key rotation-calls',
  keys: 'file-store key-facts key-folder keyring-binding open-key-store os-store passphrase',
  plugins:
    'ahead ask-user check consent consult describe discovery enabled guard inspect-plugin inspect-source list open plugin-files',
  'plugins/builtin': 'mfa-command registry',
  'plugins/runner': 'environment host module-loader runner transport',
  profiles: 'aws-config-file aws-credentials-file profiles region route',
  sandbox: 'failure handler refusal removal sandbox secrets server state',
  'sandbox/console': 'console-page federation',
  'sandbox/iam': 'access-key iam-caller',
  'sandbox/oidc': 'authorization authorizations client clients device devices fields session token user',
  'sandbox/portal': 'console-link page-token portal',
  'sandbox/signin': 'login-session proof token',
  'sandbox/sts': 'answer assume-role caller-identity caller mfa parameter user-session',
  serve: 'client-files door serve token-file',
  settings: 'settings-file',
  setup: 'definition-files installation rc-files reachable shell-file',
  sso: 'end-session oidc open-portal portal-address portal registration-cache session-file session-renewal session targets token-cache',
  'sso/login': 'callback login pkce',
  status: 'caller expiries iam-sdk identity-calls identity notice state',
  switch:
    'kept-credentials known-profiles pick prepare-from-files prepare profile-listing provide refresh-index slow-switch subject unattended',
  system:
    'channel current-directory glob held-bundle interruption output paths source-stamps standard-input terminal told user',
  'system/files':
    'atomic-write cache-file drained-files edit-file files ownership pipe planted-link read-only read-text remove-file replace-text umask',
  'system/lock': 'lock-claim lock presence',
  'tool-keys': 'ask-tool fetch-key keyring-item move-key',
  programs:
    'ask-apart ask-in-job ask asked-program deadline process-tree program-end programs run start start-server',
  ui: 'choose-row confirm dialogue frame interview keyboard numbered-list picker progress secret-question terminal text-question',
}

/** Packages that start, ask or read something; what only computes is no effect. */
const effectfulPackages = /^(@aws-sdk\/|execa$|fast-glob$|jiti)/
const pureModules = /^node:(path|util|url|string_decoder|events|buffer)$/
/** What of `node:crypto` follows from its arguments. */
const pureCrypto =
  /^(createHash|createHmac|timingSafeEqual|createPublicKey|createPrivateKey|createCipheriv|createDecipheriv|pbkdf2Sync|sign|verify)$/

/** What touches the process: the composition root, the program that runs a user's module, and the ports. */
const mayTouchProcess =
  /^(main\.ts|plugins\/runner\/host\.ts|console\/hand-over\/program\.ts|programs\/|system\/)/

const mostLines = 3000
const mostFiles = 25

const source = join(import.meta.dirname, '../src')
const paths = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(ts|json)$/.test(path),
)

interface Import {
  readonly target: string
  readonly names: readonly string[]
  readonly isTypeOnly: boolean
}

interface Module {
  readonly path: string
  readonly lines: number
  /** Without comments. */
  readonly text: string
  readonly imports: readonly Import[]
  readonly exports: readonly string[]
}

const modules = new Map(paths.map((path) => [path, readModule(path)]))

function readModule(path: string): Module {
  const text = readFileSync(join(source, path), 'utf8')
  const lines = text.split('\n').length - 1
  if (path.endsWith('.json')) return { path, lines, text, imports: [], exports: [] }
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const imports: Import[] = []
  const exports: string[] = []
  const add = (specifier: string, names: readonly string[], isTypeOnly: boolean) => {
    const target = /^\.{1,2}\//.test(specifier) ? normalize(join(dirname(path), specifier)) : specifier
    imports.push({ target, names, isTypeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(textOf(node.moduleSpecifier), namesOf(node), node.importClause?.isTypeOnly ?? false)
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier)
      add(textOf(node.moduleSpecifier), [], node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(textOf(node.argument.literal), [], true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      for (const argument of node.arguments) if (ts.isStringLiteral(argument)) add(argument.text, [], false)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  for (const statement of tree.statements) exports.push(...exportsOf(statement))
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  return { path, lines, text: code, imports, exports }
}

function textOf(node: ts.Node): string {
  return ts.isStringLiteral(node) ? node.text : ''
}

function namesOf({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings
  if (!bindings || !ts.isNamedImports(bindings)) return ['*']
  return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
}

function exportsOf(statement: ts.Statement): string[] {
  if (!ts.canHaveModifiers(statement)) return []
  if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText())
  const { name } = statement as ts.Statement & { readonly name?: ts.Node }
  return name ? [name.getText()] : []
}

/** A folder of `src`, or a file at its top. */
function roomOf(path: string): string {
  return path.split('/')[0] ?? ''
}

function folderOf(path: string): string {
  return dirname(path) === '.' ? '' : dirname(path)
}

/** The ways round in a graph, each as one list of what it consists of. */
function listCircles(nodes: Iterable<string>, next: (node: string) => Iterable<string>): string[][] {
  const number = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const circles: string[][] = []
  const visit = (node: string) => {
    number.set(node, number.size)
    lowest.set(node, number.get(node) ?? 0)
    open.push(node)
    for (const other of next(node)) {
      if (!number.has(other)) visit(other)
      if (open.includes(other)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(other) ?? 0))
    }
    if (lowest.get(node) !== number.get(node)) return
    const circle = open.splice(open.indexOf(node))
    if (circle.length > 1) circles.push(circle)
  }
  for (const node of nodes) if (!number.has(node)) visit(node)
  return circles
}

const targetsOf = (path: string) =>
  modules.get(path)?.imports.flatMap(({ target }) => (modules.has(target) ? [target] : [])) ?? []

describe('rooms', () => {
  const rooms = Object.keys(mayUse)

  it.each([...modules.keys()])('%s uses what its room may', (path) => {
    const room = roomOf(path)
    expect(rooms, `src/${path} is in no known room`).toContain(room)
    const allowed = [room, ...(mayUse[room] ?? '').split(' ')]
    const broken = targetsOf(path).filter((target) => !allowed.includes(roomOf(target)))
    expect(broken, `${room} may use ${mayUse[room] || 'no other room'}`).toEqual([])
  })

  it('stand in an order in which each uses those above it alone', () => {
    const broken = Object.entries(mayUse).flatMap(([room, used]) =>
      used
        .split(' ')
        .filter((other) => other !== '' && rooms.indexOf(other) >= rooms.indexOf(room))
        .map((other) => `${room} uses ${other}`),
    )
    expect(broken).toEqual([])
  })

  it('have commands that do not use each other: what two of them need belongs into a room', () => {
    const broken = [...modules.keys()]
      .filter((path) => roomOf(path) === 'commands')
      .flatMap((path) =>
        targetsOf(path)
          .filter((target) => roomOf(target) === 'commands')
          .map((target) => `src/${path} imports src/${target}`),
      )
    expect(broken).toEqual([])
  })

  it(`have at most ${mostLines} lines, the sandbox excepted`, () => {
    const sizes = new Map<string, number>()
    for (const { path, lines } of modules.values())
      sizes.set(roomOf(path), (sizes.get(roomOf(path)) ?? 0) + lines)
    expect([...sizes].filter(([room, lines]) => room !== 'sandbox' && lines > mostLines)).toEqual([])
  })

  it(`have at most ${mostFiles} files in a folder`, () => {
    const counts = new Map<string, number>()
    for (const path of modules.keys()) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1)
    expect([...counts].filter(([, count]) => count > mostFiles)).toEqual([])
  })
})

it('no files import in a circle, types included', () => {
  expect(listCircles(modules.keys(), targetsOf)).toEqual([])
})

describe('purity', () => {
  const listed = new Set(
    Object.entries(effectful).flatMap(([folder, names]) =>
      names.split(' ').map((name) => join(folder, `${name}.ts`)),
    ),
  )
  const isPort = (target: string) => target === 'context.ts' || target === 'program-ports.ts'
  // A type does nothing; but who speaks of the ports is given them.
  const isEffect = ({ target, names, isTypeOnly }: Import): boolean => {
    if (isTypeOnly && !isPort(target)) return false
    if (target === 'node:crypto') return !names.every((name) => pureCrypto.test(name))
    if (target.startsWith('node:')) return !pureModules.test(target)
    return isPort(target) || effectfulPackages.test(target) || listed.has(target)
  }
  const describeAll = (imports: readonly Import[]) => imports.map(({ target }) => target)

  it.each([...modules.keys()].filter((path) => path.endsWith('.ts') && !listed.has(path)))(
    '%s is pure',
    (path) => {
      const { imports, text } = modules.get(path) as Module
      // The ports by themselves are types.
      const broken = imports.filter((each) => isEffect(each) && !(isPort(path) && isPort(each.target)))
      expect(describeAll(broken), 'a pure file imports what has effects').toEqual([])
      expect(text).not.toMatch(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/)
    },
  )

  it('is not denied to a file that has it, nor to one that is gone', () => {
    const isWithout = (path: string) => {
      const module = modules.get(path)
      return (
        module === undefined ||
        !(module.imports.some(isEffect) || /\bprocess\.|\bDate\.now\(/.test(module.text))
      )
    }
    expect(
      [...listed].filter(isWithout),
      'these have no effects by their imports: take them off the list',
    ).toEqual([])
  })
})

it.each([...modules.keys()].filter((path) => !mayTouchProcess.test(path)))(
  '%s leaves the process alone',
  (path) => {
    expect(modules.get(path)?.text).not.toMatch(
      /(?<![.\w-])process\.|from 'node:process'|globalThis\.process/,
    )
  },
)

it('an exported name has one meaning, `run` of a command excepted', () => {
  const places = new Map<string, string[]>()
  for (const { path, exports } of modules.values())
    for (const name of new Set(exports)) places.set(name, [...(places.get(name) ?? []), `src/${path}`])
  const isRun = (name: string, files: readonly string[]) =>
    name === 'run' && files.every((path) => basename(dirname(path)) === 'commands')
  expect([...places].filter(([name, files]) => files.length > 1 && !isRun(name, files))).toEqual([])
})
