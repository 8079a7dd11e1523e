import { join } from 'node:path'
import { repository } from '../home.ts'
import { PowerShellHost, PowerShellTerminal } from '../pwsh-host.ts'
import type { Shell } from '../shell.ts'

const file = join(repository, 'shell/powershell/Assume/Assume.psd1')
const quote = (word: string) => `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`

/** Without `setUnexported`: every environment variable of PowerShell is exported. */
export const pwsh: Shell = {
  name: 'pwsh',
  scriptArguments: ['-NoProfile', '-NonInteractive', '-File'],
  prepareSession(home, promptEnd) {
    home.write(
      '.config/powershell/profile.ps1',
      [
        'Set-PSReadLineOption -PredictionSource None',
        `function prompt { '${promptEnd} ' }`,
        `Import-Module ${quote(file)}`,
        'Enable-AssumePrompt\n',
      ].join('\n'),
    )
    return { args: ['-NoLogo'], env: {} }
  },
  load: `Import-Module -Force ${quote(file)}`,
  expectStatus: (status) =>
    `if ($LASTEXITCODE -ne ${status}) { "status $LASTEXITCODE, not ${status}"; exit 99 }`,
  quote,
  setExported: (name, value) => `Set-Item -LiteralPath Env:${name} -Value ${quote(value)}`,
  unset: (name) => `Remove-Item -LiteralPath Env:${name} -ErrorAction Ignore`,
  show: (name) => `if ($null -eq $Env:${name}) { 'absent' } else { "exported:$Env:${name}" }`,
  showPrompt: `(Get-AssumePrompt) -replace "$([char]27)\\[[0-9;]*m"`,
  showColouredPrompt: 'Get-AssumePrompt',
  complete: (line) =>
    `try { (TabExpansion2 -inputScript ${quote(line)} -cursorColumn ${line.length}).CompletionMatches.ListItemText } catch { }`,
}

let host: PowerShellHost | undefined
let terminal: PowerShellTerminal | undefined

/** The same, whose scripts are run by one process, which is started for the first of them. */
export const hostedPwsh: Shell = {
  ...pwsh,
  run(job) {
    host ??= new PowerShellHost()
    return host.run(job)
  },
  start(job) {
    host ??= new PowerShellHost()
    return host.start(job)
  },
  runInTerminal(job) {
    terminal ??= new PowerShellTerminal()
    return terminal.show(job)
  },
}

/** Ends that process, and the one in a terminal. */
export async function endPowerShellHost(): Promise<void> {
  host?.close()
  await terminal?.close()
  host = undefined
  terminal = undefined
}
