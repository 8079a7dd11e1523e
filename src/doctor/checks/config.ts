import { printable } from '../../text/redact.ts'
import type { Hint } from '../../text/words.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'
import { checkSettings } from './settings.ts'

/** What of the AWS files and of the settings is not read, or not by all. */
export function checkConfig(facts: Facts): SetUpFinding[] {
  const { unreadable, profiles, awsPaths, awsFiles } = facts
  const findings: SetUpFinding[] = unreadable.map(({ message, hint }) => ({
    level: 'error',
    seen: message,
    why: 'no command that needs the file works',
    mend: hint,
  }))
  if (!profiles) return findings
  const edit =
    (file: 'config' | 'credentials', line: number): Hint =>
    (quote) =>
      `vi +${line} ${quote(awsPaths[file])}`
  const { rejections } = profiles.config
  const ofCli = rejections['aws-cli']
  const ofOthers = rejections['java-and-rust']
  if (ofCli) {
    findings.push({
      level: 'error',
      seen: `${awsFiles[ofCli.file]}:${ofCli.line}: ${printable(ofCli.message)}`,
      why: 'the AWS CLI and boto3 reject the whole file for that, and fail with every profile',
      mend: edit(ofCli.file, ofCli.line),
    })
  }
  if (ofOthers && (ofOthers.line !== ofCli?.line || ofOthers.file !== ofCli.file)) {
    findings.push({
      level: 'warning',
      seen: `${awsFiles[ofOthers.file]}:${ofOthers.line}: ${printable(ofOthers.message)}`,
      why: 'the SDKs for Java and Rust reject the whole file for that; the AWS CLI reads it',
      mend: edit(ofOthers.file, ofOthers.line),
    })
  }
  for (const { file, line, message } of profiles.config.problems) {
    if (line === ofCli?.line && file === ofCli.file) continue
    findings.push({
      level: 'warning',
      seen: `${awsFiles[file]}:${line}: ${printable(message)}`,
      why: 'what is meant there does not hold, or not for all tools',
      mend: edit(file, line),
    })
  }
  return [...findings, ...checkSettings(facts)]
}
