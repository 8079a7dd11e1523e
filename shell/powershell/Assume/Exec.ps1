# Part of Assume.psm1, which reads it when assume is first called; what it defines belongs to the module.
# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# --- exec ----------------------------------------------------------------------------------------------------

# Runs a command for a profile: with the row of the profile index where there is one and PowerShell passes the words on as
# they are, else by the core. The command starts from what was there before the first switch, which is put back here, since
# PowerShell has no subshell; what runs beside in this process would see that, and then it is the core that decides alone.
function script:Invoke-AssumeExec {
  [Diagnostics.DebuggerHidden()] param([string[]]$Words, [switch]$ByCore)
  if (-not (Test-AssumeAlone)) {
    if ($MyInvocation.ExpectingInput) { $input | Invoke-AssumeCore $Words } else { Invoke-AssumeCore $Words }
    return
  }
  $saved = $global:__AssumeState.Saved
  $program = if (-not $ByCore) { Find-AssumeProgram $Words }
  # By these the row is found, as they are now: not where they are about to be others.
  foreach ($name in 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'XDG_CONFIG_HOME') { if ($saved.ContainsKey($name)) { $program = $null } }
  $row = if ($null -ne $program) { Find-AssumeRow $Words[1] }
  $values = $saved.Clone()
  # A name that an inherited ASSUME_VARS lists was absent.
  foreach ($name in ([string][Environment]::GetEnvironmentVariable('ASSUME_VARS')).Split([char]' ')) {
    if ($name -and -not $saved.ContainsKey($name) -and (Test-AssumeName $name)) { $values[$name] = $null }
  }
  $values['ASSUME_VARS'] = $null
  if ($null -ne $row) {
    foreach ($name in $row.Targets.Keys) { $values[$name] = $row.Targets[$name] }
    # PowerShell does not keep PWD, which the core's start script brings up to date.
    $folder = $ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath
    if ([Environment]::GetEnvironmentVariable('PWD') -cne $folder) { $values['PWD'] = Resolve-AssumePath $folder }
    if ($row.Warning) { [Console]::Error.WriteLine('assume: warning: ' + $row.Warning) }
  }
  $now = New-AssumeTable
  try {
    foreach ($name in $values.Keys) {
      $now[$name] = [Environment]::GetEnvironmentVariable($name)
      $value = $values[$name]
      if ($null -eq $value) { $value = [NullString]::Value }
      [Environment]::SetEnvironmentVariable($name, $value)
    }
    if ($null -eq $row) {
      if ($MyInvocation.ExpectingInput) { $input | Invoke-AssumeCore $Words } else { Invoke-AssumeCore $Words }
      return
    }
    $first = if ($Words[2] -ceq '--') { 4 } else { 3 }
    # Without the type one word would be splatted letter by letter.
    [string[]]$rest = if ($first -lt $Words.Count) { $Words[$first..($Words.Count - 1)] } else { @() }
    # What the user prefers here must neither change the words nor make errors of lines.
    $PSNativeCommandArgumentPassing = 'Standard'
    $ErrorActionPreference = 'Continue'
    if ($MyInvocation.ExpectingInput) { $input | & $program @rest } else { & $program @rest }
    return
  } catch [Management.Automation.ApplicationFailedException] {
    # A script without a first line that says what runs it, or nothing that can be run.
  } finally {
    foreach ($name in $now.Keys) {
      $value = $now[$name]
      if ($null -eq $value) { $value = [NullString]::Value }
      [Environment]::SetEnvironmentVariable($name, $value)
    }
  }
  if ($MyInvocation.ExpectingInput) {
    $input.Reset()
    $input | Invoke-AssumeExec $Words -ByCore
  } else {
    Invoke-AssumeExec $Words -ByCore
  }
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
    $path = $Words[$first]
    if (-not $path.StartsWith('/')) {
      $found = $ExecutionContext.InvokeCommand.GetCommand($path, 'Application')
      if ($null -eq $found) { return }
      $path = $found.Source
    }
    # PowerShell would open a file that cannot be executed in the program of the desktop for it.
    if ([IO.File]::Exists($path) -and ([int][IO.File]::GetUnixFileMode($path) -band 0x49) -ne 0) { return $path }
  } catch { return }
}
