# Part of Assume.psm1, which reads it when assume is first called; what it defines belongs to the module.
# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# --- applying a switch ---------------------------------------------------------------------------------------

if ($null -eq $global:__AssumeState.Saved) { $global:__AssumeState.Saved = New-AssumeTable }

# Sets and removes the Targets of a switch (by name, the value or $null for what is removed, all of them
# judged by Test-AssumeName), and puts back what an
# earlier switch changed and this one does not. Repeat is what `assume -` will be called with,
# RenewAt from when on a prompt asks for new keys, absent for never.
function script:Set-AssumeSwitch {
  [Diagnostics.DebuggerHidden()] param([hashtable]$Switch)
  $state = $global:__AssumeState
  $targets = $Switch.Targets
  Set-AssumeTarget $targets
  $state.Key = if ($targets.ContainsKey('AWS_ACCESS_KEY_ID')) { [string][Environment]::GetEnvironmentVariable('AWS_ACCESS_KEY_ID') } else { '' }
  if ($null -ne $state.Now) { $state.Back = $state.Now }
  $state.Now = $Switch.Repeat
  if ($null -ne $state['Directories']) { Clear-AssumeLayer }
  $state['RenewAt'] = $Switch['RenewAt']
  if ($null -ne $state['RenewAt']) {
    $state['Renew'] = ${function:Update-AssumeKeys}
    . $script:wrapPrompt
  }
  if (-not [Environment]::GetEnvironmentVariable('ASSUME_QUIET') -and -not [Console]::IsErrorRedirected) { [Console]::Error.WriteLine($Switch.Message) }
}

# Sets and removes the variables, which is all that a directory changes too.
function script:Set-AssumeTarget {
  [Diagnostics.DebuggerHidden()] param([hashtable]$Targets)
  $saved = $global:__AssumeState.Saved
  # Mostly all of these are names of the switch before.
  $inherited = [Environment]::GetEnvironmentVariable('ASSUME_VARS')
  if ($inherited) {
    foreach ($name in $inherited.Split([char]' ')) {
      if ($saved.ContainsKey($name)) { continue }
      Save-AssumeInherited
      break
    }
  }
  foreach ($name in $Targets.Keys) {
    if (-not $saved.ContainsKey($name) -and $name -cne 'ASSUME_VARS') { $saved[$name] = [Environment]::GetEnvironmentVariable($name) }
    $value = $Targets[$name]
    # PowerShell would pass $null as an empty text, and cannot trace what is passed instead.
    if ($null -eq $value) { $value = [NullString]::Value }
    [Environment]::SetEnvironmentVariable($name, $value)
  }
  foreach ($name in $saved.Keys) {
    if ($Targets.ContainsKey($name)) { continue }
    $value = $saved[$name]
    if ($null -eq $value) { $value = [NullString]::Value }
    [Environment]::SetEnvironmentVariable($name, $value)
  }
}

# Sets each of these variables to its value, or removes it where that is $null.
function script:Set-AssumeVariable {
  [Diagnostics.DebuggerHidden()] param([hashtable]$Values)
  foreach ($name in $Values.Keys) {
    $value = $Values[$name]
    if ($null -eq $value) { $value = [NullString]::Value }
    [Environment]::SetEnvironmentVariable($name, $value)
  }
}

# What the user does by hand, no directory changes again before another place is entered.
function script:Clear-AssumeLayer {
  [Diagnostics.DebuggerHidden()] param()
  $directories = $global:__AssumeState['Directories']
  $directories.Stance = 'hand'
  $directories.Layer = $null
  # What is there now is what comes back where direnv or mise gives back something else.
  $held = $directories.Held
  if ($null -ne $held) { foreach ($name in @($held.Kept.Keys)) { $held.Kept[$name] = [Environment]::GetEnvironmentVariable($name) } }
}

# Gives this shell back what it had before the first switch.
function script:Reset-AssumeSwitch {
  [Diagnostics.DebuggerHidden()] param()
  $state = $global:__AssumeState
  Save-AssumeInherited
  Set-AssumeVariable $state.Saved
  $state.Saved.Clear()
  [Environment]::SetEnvironmentVariable('ASSUME_VARS', [NullString]::Value)
  $state.Key = ''
  $state['RenewAt'] = $null
  if ($null -ne $state.Now) { $state.Back = $state.Now }
  $state.Now = $null
  if ($null -ne $state['Directories']) { Clear-AssumeLayer }
}

# --- saving and restoring ------------------------------------------------------------------------------------

# The former values stay in this process, in Saved of the one global variable: by name, the value or $null for
# absent. Environment variables are always exported here, and none is read-only.

# Saves the names that an inherited ASSUME_VARS lists, which were absent before, and are not saved yet.
function script:Save-AssumeInherited {
  [Diagnostics.DebuggerHidden()] param()
  $saved = $global:__AssumeState.Saved
  foreach ($name in "$env:ASSUME_VARS".Split([char]' ')) {
    if ($name -and -not $saved.ContainsKey($name) -and (Test-AssumeName $name)) { $saved[$name] = $null }
  }
}

# --- names ---------------------------------------------------------------------------------------------------

# Whether a name can be a variable that a switch changes: decided by pattern, before it is looked up.
function script:Test-AssumeName([string]$Name) {
  $kept = 'PATH|HOME|IFS|PWD|OLDPWD|SHELL|ENV|USER|LOGNAME|TERM|LANG|LC_.*|LD_.*|DYLD_.*|TMPDIR|TMP|TEMP' +
    '|PATHEXT|COMSPEC|HOMEDRIVE|HOMEPATH|USERNAME|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA' +
    '|SYSTEMROOT|SYSTEMDRIVE|WINDIR|PSMODULE.*|POWERSHELL_.*|__PS.*|DOTNET_.*|CORECLR_.*|COMPLUS_.*'
  $Name -cmatch '\A[A-Za-z_][A-Za-z0-9_]*\z' -and $Name -notmatch "\A(?:$kept)\z"
}
