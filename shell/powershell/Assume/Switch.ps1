# Part of Assume.psm1, which reads it when assume is first called; what it defines belongs to the module.
# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# --- applying a switch ---------------------------------------------------------------------------------------

# Names that Test-AssumeName has found fit.
$script:usable = [Collections.Hashtable]::new([StringComparer]::Ordinal)

# Sets and removes the Targets of a switch (by name, the value or $null for what is removed), and puts back what an
# earlier switch changed and this one does not. Repeat is what `assume -` will be called with.
function script:Set-AssumeSwitch {
  [Diagnostics.DebuggerHidden()] param([hashtable]$Switch)
  $state = $global:__AssumeState
  $targets = $Switch.Targets
  foreach ($name in @($targets.Keys)) {
    # Most switches touch the names of the one before, which have been looked at.
    if ($script:usable.ContainsKey($name)) { continue }
    if (Test-AssumeName $name) { $script:usable[$name] = $true } else { $null = $targets.Remove($name) }
  }

  Save-AssumeVariable $targets.Keys
  Restore-AssumeVariable $targets
  # As Set-AssumeVariable does, which costs as much to call as all the rest.
  foreach ($name in $targets.Keys) {
    $value = $targets[$name]
    if ($null -eq $value) { $value = [NullString]::Value }
    [Environment]::SetEnvironmentVariable($name, $value)
  }

  $state.Key = if ($targets.ContainsKey('AWS_ACCESS_KEY_ID')) { "$env:AWS_ACCESS_KEY_ID" } else { '' }
  if ($null -ne $state.Now) { $state.Back = $state.Now }
  $state.Now = $Switch.Repeat
  if (-not $env:ASSUME_QUIET -and -not [Console]::IsErrorRedirected) { [Console]::Error.WriteLine($Switch.Message) }
}

# Gives this shell back what it had before the first switch.
function script:Reset-AssumeSwitch {
  $state = $global:__AssumeState
  Save-AssumeVariable @()
  Restore-AssumeVariable (New-AssumeTable)
  $state.Saved.Clear()
  Set-AssumeVariable ASSUME_VARS $null
  $state.Key = ''
  if ($null -ne $state.Now) { $state.Back = $state.Now }
  $state.Now = $null
}

# --- saving and restoring ------------------------------------------------------------------------------------

# The former values stay in this process, in Saved of the one global variable: by name, the value or $null for
# absent. Environment variables are always exported here, and none is read-only.

# A table by name that tells AWS_PROFILE from aws_profile, as Linux and macOS do.
function script:New-AssumeTable {
  return [Collections.Hashtable]::new([StringComparer]::Ordinal)
}

# Saves the names that are not saved yet. Those that an inherited ASSUME_VARS lists were absent before.
function script:Save-AssumeVariable([string[]]$Names) {
  $saved = $global:__AssumeState.Saved
  foreach ($name in "$env:ASSUME_VARS".Split(' ')) {
    if (-not $saved.ContainsKey($name) -and (Test-AssumeName $name)) { $saved[$name] = $null }
  }
  foreach ($name in $Names) {
    if ($name -cne 'ASSUME_VARS' -and -not $saved.ContainsKey($name)) {
      $saved[$name] = [Environment]::GetEnvironmentVariable($name)
    }
  }
}

# Puts back every saved name that is not among the targets.
function script:Restore-AssumeVariable([object]$Targets) {
  $saved = $global:__AssumeState.Saved
  foreach ($name in $saved.Keys) {
    if (-not $Targets.ContainsKey($name)) { Set-AssumeVariable $name $saved[$name] }
  }
}

# Sets a variable, also to the empty text, or removes it for $null.
function script:Set-AssumeVariable {
  [Diagnostics.DebuggerHidden()] param([string]$Name, [object]$Value)
  # PowerShell would pass $null as an empty text, and cannot trace what is passed instead.
  if ($null -eq $Value) { $Value = [NullString]::Value }
  [Environment]::SetEnvironmentVariable($Name, $Value)
}

# --- names ---------------------------------------------------------------------------------------------------

# Whether a name can be a variable that a switch changes: decided by pattern, before it is looked up.
function script:Test-AssumeName([string]$Name) {
  $kept = 'PATH|HOME|IFS|PWD|OLDPWD|SHELL|ENV|USER|LOGNAME|TERM|LANG|LC_.*|LD_.*|DYLD_.*|TMPDIR|TMP|TEMP' +
    '|PATHEXT|COMSPEC|HOMEDRIVE|HOMEPATH|USERNAME|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA' +
    '|SYSTEMROOT|SYSTEMDRIVE|WINDIR|PSMODULE.*|POWERSHELL_.*|__PS.*|DOTNET_.*|CORECLR_.*|COMPLUS_.*'
  $Name -cmatch '\A[A-Za-z_][A-Za-z0-9_]*\z' -and $Name -notmatch "\A(?:$kept)\z"
}
