import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'

const programNames = {
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  pwsh: 'PowerShell (pwsh)',
  kubectl: 'kubectl',
  terraform: 'Terraform',
}

/** Says at the end which programs were missing, and how many tests passed and failed, alone on the last line. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) counts[test.result().state] += 1
      if (module.errors().length > 0) counts.failed += 1
    }
    // A run that is refused, interrupted or without a test has failed, too.
    if (reason !== 'passed') counts.failed = Math.max(counts.failed, 1)
    const folders = (process.env['PATH'] ?? '').split(delimiter)
    const required = (process.env['ASSUME_REQUIRE_SHELLS'] ?? '').split(',')
    for (const [program, name] of Object.entries(programNames)) {
      const installed = folders.some((folder) => existsSync(join(folder, program)))
      if (installed) continue
      if (required.includes(program)) {
        counts.failed += 1
        process.exitCode = 1
        console.log(`\n${name} is required and not installed`)
      } else {
        console.log(`\n${name} is not installed: everything in it went UNTESTED (skipped)`)
      }
    }
    if (counts.skipped > 0) console.log(`\n${counts.skipped} tests were skipped`)
    console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
  }
}
