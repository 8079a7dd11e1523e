# Part of Assume.psm1, which reads it when assume is first called; what it defines belongs to the module.
# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# --- exec ----------------------------------------------------------------------------------------------------

# Runs a command for a profile: with the row of the profile index where there is one and PowerShell passes the words on as
# they are, else by the core. The command starts from what was there before the first switch, which is put back here, since
# PowerShell has no subshell; what runs beside in this process would see that, and then it is the core that decides alone.
function script:Invoke-AssumeExec {
  [Diagnostics.DebuggerHidden()] param([string[]]$Words)
  if (-not (Test-AssumeAlone)) {
    if ($MyInvocation.ExpectingInput) { $input | Invoke-AssumeCore $Words } else { Invoke-AssumeCore $Words }
    return
  }
  $now = New-AssumeTable
  try {
    Initialize-AssumeFormer $now
    $program = Find-AssumeProgram $Words
    $row = if ($null -ne $program) { Find-AssumeRow $Words[1] }
    if ($null -eq $row) {
      if ($MyInvocation.ExpectingInput) { $input | Invoke-AssumeCore $Words } else { Invoke-AssumeCore $Words }
      return
    }
    if ($row.Warning) { [Console]::Error.WriteLine('assume: warning: ' + $row.Warning) }
    foreach ($name in $row.Targets.Keys) {
      if (Test-AssumeName $name) { Set-AssumeFormer $now $name $row.Targets[$name] }
    }
    # PowerShell does not keep PWD, which the core's start script brings up to date.
    $folder = $ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath
    if ($env:PWD -cne $folder) { Set-AssumeFormer $now PWD (Resolve-AssumePath $folder) }
    $first = if ($Words[2] -ceq '--') { 4 } else { 3 }
    $rest = @($Words | Select-Object -Skip $first)
    # What the user prefers here must neither change the words nor make errors of lines.
    $PSNativeCommandArgumentPassing = 'Standard'
    $ErrorActionPreference = 'Continue'
    if ($MyInvocation.ExpectingInput) { $input | & $program @rest } else { & $program @rest }
  } finally {
    foreach ($name in $now.Keys) { Set-AssumeVariable $name $now[$name] }
  }
}

# Puts back what was there before the first switch of this shell. A name that an inherited ASSUME_VARS lists was absent.
function script:Initialize-AssumeFormer {
  [Diagnostics.DebuggerHidden()] param([hashtable]$Now)
  $saved = $global:__AssumeState.Saved
  foreach ($name in "$env:ASSUME_VARS".Split(' ')) {
    if (-not $saved.ContainsKey($name) -and (Test-AssumeName $name)) { Set-AssumeFormer $Now $name $null }
  }
  foreach ($name in $saved.Keys) { Set-AssumeFormer $Now $name $saved[$name] }
  Set-AssumeFormer $Now ASSUME_VARS $null
}

# Sets or removes a variable for one command, and notes what it has now, the first time.
function script:Set-AssumeFormer {
  [Diagnostics.DebuggerHidden()] param([hashtable]$Now, [string]$Name, [object]$Value)
  if (-not $Now.ContainsKey($Name)) { $Now[$Name] = [Environment]::GetEnvironmentVariable($Name) }
  Set-AssumeVariable $Name $Value
}

# Whether nothing else runs in this process: a thread job or the action of an event would see what is set for the command.
function script:Test-AssumeAlone {
  [CmdletBinding()] param()
  return $PSCmdlet.JobRepository.Jobs.Count -eq 0 -and @($ExecutionContext.Events.Subscribers).Count -eq 0
}

# The path of the command in `exec NAME [--] COMMAND [WORD...]`, if it is a file that can be executed and PowerShell
# changes none of the words on their way to it. Nothing on Windows, where each program splits its command line itself.
function script:Find-AssumeProgram([string[]]$Words) {
  if ($script:onWindows -or $Words.Count -lt 3 -or $Words[1] -ceq '' -or $Words[1].StartsWith('-')) { return }
  $first = if ($Words[2] -ceq '--') { 3 } else { 2 }
  if ($Words.Count -le $first -or $Words[$first].StartsWith('-')) { return }
  for ($at = $first; $at -lt $Words.Count; $at++) {
    $word = $Words[$at]
    if ($word -ceq '' -or $word -ceq '--%' -or $word[0] -eq '~' -or $word.IndexOfAny('*?[]"''`'.ToCharArray()) -ge 0) { return }
  }
  try {
    $found = $ExecutionContext.InvokeCommand.GetCommand($Words[$first], 'Application')
    # PowerShell would open a file that cannot be executed in the program of the desktop for it.
    if ($null -eq $found -or ([int][IO.File]::GetUnixFileMode($found.Source) -band 0x49) -eq 0) { return }
    if ([IO.File]::Exists($found.Source)) { return $found.Source }
  } catch { return }
}
