import { printable } from '../../text/redact.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Long-lived keys in plain text. */
export function checkKeys({ described, awsFiles }: Facts): SetUpFinding[] {
  return described.flatMap(({ name, properties, files }): SetUpFinding[] => {
    const id = properties.get('aws_access_key_id')
    if (!id?.startsWith('AKIA')) return []
    const file = awsFiles[files.includes('credentials') ? 'credentials' : 'config']
    return [
      {
        level: 'warning',
        seen: `profile ${printable(name)} has a long-lived key in plain text in ${file} (AKIA…${printable(id.slice(-4))})`,
        why: 'it is good until somebody deletes it, for every program and every backup that reads the file',
      },
    ]
  })
}
