import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { chooseKeyStore } from '../key-lifecycle/choose-store.ts'
import { formatKeyReport } from '../key-lifecycle/key-report.ts'
import type { KeyStores } from '../key-lifecycle/key-stores.ts'
import { giveStoredKey } from '../key-lifecycle/profile-edits.ts'
import { checkReceiver, takeKeyIn } from '../key-lifecycle/take-in.ts'
import { type KeyStoreName, keyStoreNames } from '../keys/key-store.ts'
import { type ConfigEdit, editDocument } from '../profiles/config/edit.ts'
import { describeProfile } from '../profiles/profile.ts'
import { loadProfiles } from '../profiles/profiles.ts'
import { readSetting } from '../settings/settings.ts'
import { editText } from '../system/files/edit-file.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import { readText } from '../system/files/read-text.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { writeAnywhere } from '../text/words.ts'
import { readProcess } from '../tool-files/tool-process.ts'
import { confirm } from '../ui/confirm.ts'
import { formatDiff } from '../ui/diff.ts'
import { askForSecret } from '../ui/secret-question.ts'
import { holdTerminal } from '../ui/terminal.ts'
import { fetchToolKey } from './fetch-key.ts'
import { editSharers, editTold, type KeyMove, listTakers } from './key-move.ts'
import { describeWay, formatTyping, listRemovals } from './key-origin.ts'

/** What moves a key out of another tool. */
export interface KeyTransfer {
  readonly context: Context
  readonly paths: Paths
  readonly stores: KeyStores
  /** Is given the edit of the config file before it is made. */
  readonly keep: (edit: FileEdit) => void
}

/**
 * Moves the keys that the user says yes to, one after the other, and says what has become of each. What keeps one from it does not
 * keep the next. Returns whether none has failed. Throws AssumeError `cancelled`, and what is no AssumeError.
 */
export async function moveToolKeys(transfer: KeyTransfer, moves: readonly KeyMove[]): Promise<boolean> {
  const { terminal } = transfer.context
  let isWhole = true
  for (const move of moves) {
    const said = await moveToolKey(transfer, move).catch((error) => {
      if (!(error instanceof AssumeError) || error.code === 'cancelled') throw error
      isWhole = false
      return explainStay(transfer, move, error)
    })
    await holdTerminal(terminal, async ({ output }) => {
      output.write(said)
    })
  }
  return isWhole
}

/** A key that stays where it is. */
function formatStay(move: KeyMove): string {
  const names = listTakers(move).map((name) => printable(name))
  return `still needs ${move.origin.tool}: ${names.join(', ')}: the key lies in its store\n`
}

function explainStay({ context, paths }: KeyTransfer, move: KeyMove, error: AssumeError): string {
  const { profileName } = move
  const quote = context.quoteWord
  const advice = error.adviseIn(quote, writeAnywhere)
  // A profile that has the tool's way takes no other by hand.
  const hasWay =
    describeProfile(loadProfiles(context, paths).config, profileName)?.credentialProcess !== undefined
  const hints = [
    ...(advice === undefined ? [] : [advice]),
    hasWay
      ? `or type it in, for a profile of its own: ${formatTyping(`${profileName}-keys`, quote)}`
      : `or type it in: ${formatTyping(profileName, quote)}`,
  ]
  return `${formatStay(move)}  ${error.message}\n${hints.map((hint) => `  ${hint}\n`).join('')}`
}

/**
 * Asks whether a key may move, shows what becomes of the profiles, and moves it: out of the tool through a pipe, then as
 * `takeKeyIn` does, and last the other profiles that have it. So what fails leaves the tool's way as it was, and the same once more
 * does what is left. Returns what there is to say.
 * Throws AssumeError as `fetchToolKey`, `takeKeyIn`, `chooseKeyStore` and `editText` do.
 */
async function moveToolKey(transfer: KeyTransfer, move: KeyMove): Promise<string> {
  const { context, paths, stores } = transfer
  const { profileName, origin } = move
  const before = loadProfiles(context, paths)
  const profile = describeProfile(before.config, profileName)
  const replacedProcess = findToolProcess(context, profile?.credentialProcess)
  checkReceiver(context, { paths, profiles: before, profileName, replacedProcess })
  const ofProfile = profile?.properties.get('assume_keys')
  const known = keyStoreNames.find(
    (each) => each === (ofProfile ?? readSetting('assume_key_store', before.settings)),
  )
  if (!(await agrees(transfer, move, known))) return formatStay(move)
  const hint = 'assume settings set assume_key_store file'
  const storeName =
    known ?? (await chooseKeyStore(context, paths, { settings: before.settings, ofProfile, hint }))
  // Nothing gives its secret away for a store that does not open.
  await (await stores.open(storeName)).read(profileName)
  const key = await fetchToolKey(context, paths, origin, (label, check) =>
    holdTerminal(context.terminal, (session) => askForSecret(session, { label, check })),
  )
  const draft = draftMove(transfer, move, storeName)
  if (draft) transfer.keep(draft)
  await editConfig(transfer, editTold(move))
  const profiles = loadProfiles(context, paths)
  const taken = await takeKeyIn(context, {
    paths,
    profiles,
    profileName,
    key: { ...key, createdAt: context.now() },
    storeName,
    stores,
    saysYes: false,
    replacedProcess,
    hint: 'assume import',
  })
  if (taken === 'declined') return formatStay(move)
  await editConfig(transfer, editSharers(move.sharers))
  const { quoteWord, platform } = context
  const report = formatKeyReport(
    loadProfiles(context, paths),
    { profileName, storeName, accessKeyId: key.accessKeyId, arn: taken.identity?.arn, leftFiles: [] },
    quoteWord,
  )
  const removals = listRemovals(origin, platform, quoteWord).map((command) => `  ${command}\n`)
  return `${report}${origin.tool} has it, too, until you type:\n${removals.join('')}`
}

/** A `credential_process` that gives way to ours: one of the tool, and none that somebody has put there meanwhile. */
function findToolProcess({ platform }: Context, command: string | undefined): string | undefined {
  return readProcess(command, /^(?:aws-vault|d?granted|leapp)$/, platform) && command
}

async function agrees(
  transfer: KeyTransfer,
  move: KeyMove,
  storeName: KeyStoreName | undefined,
): Promise<boolean> {
  const { terminal, env, quoteWord } = transfer.context
  const { profileName, origin, sharers } = move
  const name = printable(profileName)
  const others = sharers.map((each) => printable(each.name)).join(', ')
  const draft = draftMove(transfer, move, storeName)
  return holdTerminal(terminal, (session) => {
    if (draft) session.output.write(formatDiff([draft], { colour: !env['NO_COLOR'] }))
    session.output.write(`the key of ${name}: ${printable(describeWay(origin, quoteWord))}\n`)
    const also = others === '' ? '' : `, which ${others} ${sharers.length === 1 ? 'has' : 'have'}, too`
    return confirm(session, `Move it out of ${origin.tool}${also}?`, false)
  })
}

/** What the move makes of the config file, as far as that is known without a store; undefined where that says so already. */
function draftMove(
  { context, paths }: KeyTransfer,
  move: KeyMove,
  storeName: KeyStoreName | undefined,
): FileEdit | undefined {
  const path = paths.awsConfig
  const text = readText(context.files, path)
  const self = { name: move.profileName, target: move.profileName }
  const edited = editDocument(text ?? '', 'config', [
    ...editTold(move),
    ...editSharers([self, ...move.sharers]),
  ])
  const after = storeName === undefined ? edited : giveStoredKey(edited, move.profileName, storeName)
  return after === text ? undefined : { path, before: text, after }
}

async function editConfig({ context, paths }: KeyTransfer, edits: readonly ConfigEdit[]): Promise<void> {
  if (edits.length > 0)
    await editText(context, paths, paths.awsConfig, (text) => editDocument(text, 'config', edits))
}
