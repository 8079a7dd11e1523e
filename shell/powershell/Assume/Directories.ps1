# A profile for each directory, as .aws-profile or .awsprofile names it. Part of Assume.psm1, which reads it when
# Enable-AssumeDirectories is called; what it defines belongs to the module. Where there is such a file, Layer.ps1 changes the
# session. Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# --- the place -----------------------------------------------------------------------------------------------

# The nearest file, upwards from a folder, and its Place, the folder that it is in; nothing where there is none. Inside HOME
# nothing above it is looked at. A link that leads nowhere is a file, too.
function script:Find-AssumeNearest([string]$Folder) {
  $top = [string][Environment]::GetEnvironmentVariable('HOME')
  $top = if ($top.StartsWith('/')) { $top.TrimEnd([char]'/') } else { $null }
  $up = $Folder.TrimEnd([char]'/')
  while ($true) {
    foreach ($name in '/.aws-profile', '/.awsprofile') {
      if ([int][IO.FileInfo]::new($up + $name).Attributes -ne -1) {
        return @{ Place = $(if ($up) { $up } else { '/' }); File = $up + $name }
      }
    }
    if (-not $up -or [string]::Equals($up, $top)) { return }
    $up = $up.Substring(0, $up.LastIndexOf([char]'/'))
  }
}

# --- whether it is in force ----------------------------------------------------------------------------------

# The core records what is allowed, in one file for each length of a path; src/directories says what is in them.

# What is to be done about the file: its Verdict is `allow`, `deny`, or why it is not in force: `unrecorded`, `changed` or `untaken`.
# Name and Region are what is recorded, or else what the file says, and Text is all of that.
function script:Get-AssumeVerdict([string]$Place, [string]$File) {
  $unit = [char]31
  $judged = @{ Verdict = 'untaken'; Name = ''; Region = ''; Text = '' }
  $isAscii = $true
  foreach ($character in $Place.ToCharArray()) {
    # No record can hold such a path.
    if ([char]::IsControl($character)) { return $judged }
    if ([int]$character -gt 126) { $isAscii = $false }
  }
  $folder = "$(Find-AssumeFolder $env:XDG_STATE_HOME '.local/state')/assume/directories"
  $records = Read-AssumeRecord "$folder/$(if ($isAscii) { $Place.Length } else { 'other' })"
  $start = $records.IndexOf("`nallow$unit$Place$unit", [StringComparison]::Ordinal) + 1
  $tree = if ($records.Contains("`ndeny$unit$Place`n")) { '!' } elseif ($start -eq 0) { Find-AssumeTree (Read-AssumeRecord "$folder/trees") $Place }
  if ($tree -ceq '!') { return @{ Verdict = 'deny' } }
  $text = Read-AssumeOwn $File 1000
  # What is not UTF-8 is read as this character.
  if ($null -eq $text -or $text.Contains([char]0xfffd)) { return $judged }
  if ($start -gt 0) {
    $fields = $records.Substring($start, $records.IndexOf([char]10, $start) - $start).Split($unit)
    $judged.Text = $text.Replace([char]10, [char]30)
    if ($fields.Length -eq 5 -and $fields[2] -and [string]::Equals($fields[4], $judged.Text)) {
      $judged.Verdict = 'allow'
      $judged.Name = $fields[2]
      $judged.Region = $fields[3]
      return $judged
    }
  }
  $lines = @(Read-AssumeProfileText $text)
  if ($lines.Count -eq 0) { return $judged }
  $judged.Name = $lines[0]
  if ($lines.Count -eq 2) { $judged.Region = $lines[1] }
  $judged.Text = $text
  $judged.Verdict = if ($start -gt 0) { 'changed' } else { 'unrecorded' }
  if ($tree -and $lines.Count -eq 1 -and $judged.Name -cmatch '\A[A-Za-z0-9_.@+=:/-]+\z') {
    foreach ($pattern in $tree.Split([char]',')) {
      if ($judged.Name -cmatch ('\A' + [regex]::Escape($pattern).Replace('\*', '.*') + '\z')) { $judged.Verdict = 'allow' }
    }
  }
  return $judged
}

# The text of a file of records behind its first line, a line feed before each line; empty where it is not to be trusted.
function script:Read-AssumeRecord([string]$Path) {
  $text = Read-AssumeOwn $Path ([int]::MaxValue)
  if ($null -eq $text -or -not $text.StartsWith("assume-directories 1`n", [StringComparison]::Ordinal) -or -not $text.EndsWith([char]10)) { return '' }
  return $text.Substring(20)
}

# The text of a file of the user's own that is no link and not longer than so many bytes; $null where it is anything else.
function script:Read-AssumeOwn([string]$Path, [int]$Limit) {
  if (-not [IO.File]::Exists($Path)) { return $null }
  try {
    if ((Test-AssumeOwn $Path) -and [IO.FileInfo]::new($Path).Length -le $Limit) {
      return [Text.Encoding]::UTF8.GetString([IO.File]::ReadAllBytes($Path))
    }
  } catch {
    return $null
  }
}

# The profile, and the region if there is one, that a text says; nothing where it is not as it has to be.
function script:Read-AssumeProfileText([string]$Text) {
  foreach ($character in $Text.ToCharArray()) {
    if ([char]::IsControl($character) -and $character -ne "`n" -and $character -ne "`r" -and $character -ne "`t") { return }
  }
  $blanks = ' ', "`t", "`r"
  $lines = @(foreach ($line in $Text.Split([char]10)) {
      $line = $line.Trim([char[]]$blanks)
      if ($line -and $line[0] -ne '#') { $line }
    })
  if ($lines.Count -le 2 -and -not "$lines".Contains([char]13)) { $lines }
}

# What is recorded of the nearest tree that a folder is in: its patterns, or ! where it is denied; nothing where it is in none.
function script:Find-AssumeTree([string]$Records, [string]$Place) {
  $unit = [char]31
  for ($up = $Place; $true; $up = $up.Substring(0, [Math]::Max(1, $up.LastIndexOf([char]'/')))) {
    if ($Records.Contains("`ndeny$unit$up`n")) { return '!' }
    $start = $Records.IndexOf("`nallow$unit$up$unit", [StringComparison]::Ordinal) + 1
    if ($start -gt 0) {
      $line = $Records.Substring($start, $Records.IndexOf([char]10, $start) - $start)
      $list = $line.Substring($line.LastIndexOf($unit) + 1)
      if ($list -cmatch '\A[A-Za-z0-9_.@+=:/*,-]+\z') { return $list }
      return
    }
    if ($up -ceq '/') { return }
  }
}

# --- the hook ------------------------------------------------------------------------------------------------

# What the session knows of its place has to outlive this module, as Switch.ps1 says of the rest: Place is the folder with the nearest
# file, or empty; Seen the folder that was looked at last; Stance is `hand` where the user has switched since the place was entered,
# and `aside` where direnv or mise has the say; Layer says which folder's profile is in force, and Held what direnv may give back.
if ($null -eq $global:__AssumeState['Directories']) {
  $global:__AssumeState['Directories'] = @{
    Place = ''; Seen = $null; Stance = ''; Layer = $null; Held = $null; Told = ''; Refused = [Collections.Hashtable]::new()
  }
}

# Follows the session from now on, and looks at the folder where it is.
function script:Start-AssumeFollowing {
  if ($null -ne $script:followAction) { return }
  $commands = $ExecutionContext.SessionState.InvokeCommand
  if ([IO.Path]::DirectorySeparatorChar -eq '\' -or -not $commands.PSObject.Properties['LocationChangedAction']) {
    Stop-AssumeFollowing 'they need PowerShell 7 on Linux or macOS'
    return
  }
  $script:followAction = [EventHandler[Management.Automation.LocationChangedEventArgs]] {
    param($source, $change)
    Invoke-AssumeHook { Update-AssumeDirectory $change.NewPath }
  }
  $commands.LocationChangedAction = [Delegate]::Combine($commands.LocationChangedAction, $script:followAction)
  Invoke-AssumeHook { Update-AssumeDirectory $ExecutionContext.SessionState.Path.CurrentLocation }
}

# Ends that: when the module goes, or for a Reason, which is said.
function script:Stop-AssumeFollowing([string]$Reason) {
  if ($null -ne $script:followAction) {
    $commands = $ExecutionContext.SessionState.InvokeCommand
    $commands.LocationChangedAction = [Delegate]::Remove($commands.LocationChangedAction, $script:followAction)
    $script:followAction = $null
  }
  $global:__AssumeState['Look'] = $null
  if (-not $Reason) { return }
  $global:__AssumeState['Directories'] = $null
  [Console]::Error.WriteLine("assume: warning: no profiles for directories: $Reason")
}

# Does something without a trace: nothing reaches whoever has changed the location, and $Error stays as it is.
function script:Invoke-AssumeHook {
  [Diagnostics.DebuggerHidden()] param([scriptblock]$Action)
  $last = if ($global:Error.Count -gt 0) { $global:Error[0] }
  try { $null = & $Action } catch { $null = $_ }
  while ($global:Error.Count -gt 0 -and -not [object]::ReferenceEquals($global:Error[0], $last)) { $global:Error.RemoveAt(0) }
}

# Looks for the profile of a location, unless that is where this was done last, or is no folder of the file system.
function script:Update-AssumeDirectory {
  [Diagnostics.DebuggerHidden()] param($Location)
  if ($Location.Provider.Name -cne 'FileSystem') { return }
  $folder = $Location.ProviderPath
  $state = $global:__AssumeState.Directories
  if ([string]::Equals($Folder, $state.Seen)) { return }
  $isFirst = $null -eq $state.Seen
  $state.Seen = $Folder
  $found = Find-AssumeNearest $Folder
  $place = if ($null -ne $found) { $found.Place } else { '' }
  if ($place -or $null -ne $state.Layer -or $null -ne $state.Held) { . $script:readLayer }
  if ($null -eq $script:followAction) { return }
  if (-not [string]::Equals($place, $state.Place)) {
    $state.Place = $place
    $state.Stance = $state.Told = ''
  }
  if ($null -ne $state.Held) { Restore-AssumeHeld }
  if (Test-AssumeTheirs) {
    Start-AssumeAside
    return
  }
  if ($state.Stance -ceq 'hand') { return }
  $state.Stance = ''
  if (-not $place) {
    if ($null -ne $state.Layer) { Exit-AssumeDirectory }
    return
  }
  Enter-AssumeDirectory $found.File $isFirst
}

# Reads what changes the session, where that is needed for the first time.
$script:isLayerRead = $false
$script:readLayer = {
  if (-not $script:isLayerRead) {
    # What UnixStat of an item shows: the owner.
    if ($null -eq [Management.Automation.Platform].GetNestedType('Unix', 'NonPublic')) {
      Stop-AssumeFollowing 'this PowerShell does not know who owns a file'
    } else {
      if (-not $script:isRead) { . $script:initialize }
      . "$PSScriptRoot/Layer.ps1"
      $script:isLayerRead = $true
    }
  }
}

# Looks again, as if the place had just been entered: a command has changed what is recorded.
function script:Update-AssumePlace {
  $state = $global:__AssumeState.Directories
  $state.Seen = $state.Stance = $state.Told = ''
  Invoke-AssumeHook { Update-AssumeDirectory $ExecutionContext.SessionState.Path.CurrentLocation }
}

# What a prompt does: goes out of the way of direnv and mise.
$script:lookAtPrompt = {
  Start-AssumeFollowing
  $state = $global:__AssumeState['Directories']
  if ($null -ne $state -and ($null -ne $state.Layer -or $null -ne $state.Held -or $state.Stance -ceq 'aside')) {
    Invoke-AssumeHook { Update-AssumeStance }
  }
}

function script:Update-AssumeStance {
  $state = $global:__AssumeState.Directories
  . $script:readLayer
  if ($null -ne $state.Held) { Restore-AssumeHeld }
  if (Test-AssumeTheirs) {
    Start-AssumeAside
    return
  }
  if ($state.Stance -ceq 'aside') { Update-AssumePlace }
}

# Whether AWS_PROFILE is what direnv or mise has set, and no switch and no directory of ours.
function script:Test-AssumeTheirs {
  if (-not [Environment]::GetEnvironmentVariable('DIRENV_DIR') -and -not [Environment]::GetEnvironmentVariable('__MISE_SESSION')) { return $false }
  $name = [Environment]::GetEnvironmentVariable('AWS_PROFILE')
  return $name -and -not ([string]::Equals($name, [Environment]::GetEnvironmentVariable('ASSUME_PROFILE')) -and
    " $env:ASSUME_VARS ".Contains(' AWS_PROFILE '))
}

function script:Start-AssumeAside {
  $state = $global:__AssumeState.Directories
  if ($state.Place) { $state.Stance = 'aside' }
  if ($null -ne $state.Layer) { Exit-AssumeLayer -ToOthers }
}
