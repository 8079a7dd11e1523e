/** PowerShell: the clock is .NET's. */
export const pwsh = {
  name: 'pwsh',
  program: 'pwsh',
  arguments: ['-NoProfile', '-NonInteractive', '-File'],
  extension: 'ps1',
  load: ({ installation }) => `Import-Module -Force '${installation}/shell/powershell/Assume/Assume.psd1'`,
  loadEmpty: ({ emptyModule }) => `Import-Module -Force '${emptyModule}'`,
  complete: (line) => `TabExpansion2 -inputScript '${line}' -cursorColumn ${line.length}`,
  prompt: 'Get-AssumePrompt',
  interactive: ['-NoProfile', '-File'],
  // The first prompt tells that somebody types.
  watch: 'Enable-AssumeDirectories; $null = prompt',
  atPrompt: (statement) => `${statement}; $null = Get-AssumePrompt`,
  discard: (action) => `$null = ${action}`,
  repeat: (count, statements) => `
foreach ($__i in 1..${count}) {
${statements.join('\n')}
}`,
  time: (statement) => `
$__watch = [Diagnostics.Stopwatch]::StartNew()
${statement}
$__watch.Stop()
[Console]::WriteLine([Math]::Round($__watch.Elapsed.TotalMilliseconds * 1000))`,
  readTimes: ({ stdout }) =>
    stdout
      .trim()
      .split('\n')
      .map((microseconds) => Number(microseconds) / 1000),
}
