import { AssumeError } from '../errors.ts'

/** Throws AssumeError `unwritable-file` for a file in which no line can be changed without spoiling the whole. */
export function checkEditable(path: string, text: string | undefined): void {
  if (text === undefined) return
  if (/^(?:\udcff\udcfe|\udcfe\udcff)/.test(text)) {
    throw new AssumeError('unwritable-file', `${path} is UTF-16; assume edits UTF-8 files only`, {
      hint: `save ${path} as UTF-8, then repeat`,
    })
  }
  if (/^[ \t]*# SIG # Begin signature block/m.test(text)) {
    throw new AssumeError(
      'unwritable-file',
      `${path} is signed, and a change would make its signature invalid`,
      {
        hint: 'take the signature out and sign it again afterwards, or name the other shells: assume setup --shell …',
      },
    )
  }
}
