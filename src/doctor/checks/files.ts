import type { Facts, FileFault } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Who else can change what is run and believed, or read what is secret, and where the user cannot write. */
export function checkFiles({ fileFaults }: Facts): SetUpFinding[] {
  return fileFaults.map(({ fault, seen, command }) => ({ ...consequences[fault], seen, mend: command }))
}

const consequences: Readonly<Record<FileFault['fault'], Pick<SetUpFinding, 'level' | 'why'>>> = {
  changeable: {
    level: 'error',
    why: 'whoever writes there decides which program runs and which account is used',
  },
  readable: { level: 'error', why: 'others on this machine can read credentials there' },
  'closed tokens': { level: 'error', why: 'a login keeps its token there, and fails where it cannot' },
  'closed cache': { level: 'warning', why: 'assume keeps nothing there, and does all of its work each time' },
}
