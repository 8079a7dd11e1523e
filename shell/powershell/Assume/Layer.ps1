# Part of Assume.psm1, which Directories.ps1 reads where there is a file that names a profile; what it defines belongs to the module.
# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# --- the layer -----------------------------------------------------------------------------------------------

# What a directory sets lies below what the user does by hand. Layer of the session's Directories is the Place, its Terms (which
# file it was, and what was recorded), the Profile that it set, all that it Set, the Mark of what direnv and mise had loaded, and
# what leaving puts back: Kept by name, the value or $null for absent, and what the session knew of the switch that was in force.

# Makes the profile that the file names that of this session, if the user has allowed it for the place; else leaves the
# directory whose profile is in force. IsFirst says that nothing has been looked at before in this session.
function script:Enter-AssumeDirectory {
  [Diagnostics.DebuggerHidden()] param([string]$File, [bool]$IsFirst)
  $state = $global:__AssumeState
  $directories = $state.Directories
  $judged = Get-AssumeVerdict $directories.Place $File
  if ($judged.Verdict -cne 'allow') {
    Exit-AssumeDirectory
    if ($judged.Verdict -cne 'deny') { Write-AssumeRefusal $judged $File }
    return
  }
  $layer = $directories.Layer
  $terms = $File, $judged.Name, $judged.Region, $judged.Text -join [char]31
  if ($null -ne $layer -and [string]::Equals($layer.Place, $directories.Place) -and [string]::Equals($layer.Terms, $terms)) { return }
  $inherited = [Environment]::GetEnvironmentVariable('ASSUME_PROFILE')
  if (-not $IsFirst -or -not $inherited) {
    Enter-AssumeLayer $judged $File $terms
  } elseif ([string]::Equals($inherited, $judged.Name) -and $state.Saved.Count -eq 0) {
    # A session that starts here takes what it has inherited for what the directory has set.
    $kept = New-AssumeTable
    foreach ($name in (" $env:ASSUME_VARS ASSUME_VARS").Split([char]' ')) { if ($name -and (Test-AssumeName $name)) { $kept[$name] = $null } }
    Set-AssumeLayer $terms @{ Kept = $kept; Saved = New-AssumeTable; Key = ''; RenewAt = $null }
  } else {
    $directories.Stance = 'hand'
  }
}

# Sets the profile, with the region that was recorded if there is one, or puts back for `none` what was there before the first
# switch. A row will do whose session is over.
function script:Enter-AssumeLayer {
  [Diagnostics.DebuggerHidden()] param([hashtable]$Judged, [string]$File, [string]$Terms)
  $state = $global:__AssumeState
  $before = Get-AssumeProfile
  $left = if ($null -ne $state.Directories.Layer) { $state.Directories.Layer.Place }
  Exit-AssumeLayer
  $targets = New-AssumeTable
  $message = 'no profile'
  $row = $null
  if ($Judged.Name -cne 'none') {
    $row = Find-AssumeRow "--profile=$($Judged.Name)" -AnySession
    if ($null -eq $row) {
      Write-AssumeLeft $before $left
      Write-AssumeCommand $Judged $File
      return
    }
    $targets = $row.Targets
    $message = $row.Message
    if ($Judged.Region) {
      foreach ($name in 'AWS_REGION', 'AWS_DEFAULT_REGION') {
        if ($null -eq $targets[$name]) { $targets['ASSUME_VARS'] += " $name" }
        $targets[$name] = $Judged.Region
      }
      $message = "$($Judged.Name), region $($Judged.Region)"
    }
  }
  $saved = $state.Saved.Clone()
  $kept = New-AssumeTable
  $inherited = [string][Environment]::GetEnvironmentVariable('ASSUME_VARS')
  foreach ($name in @($targets.Keys) + @($saved.Keys) + $inherited.Split([char]' ') + 'ASSUME_VARS') {
    if ($name -and -not $kept.ContainsKey($name) -and (Test-AssumeName $name)) { $kept[$name] = [Environment]::GetEnvironmentVariable($name) }
  }
  $former = @{ Kept = $kept; Saved = $saved; Key = $state.Key; RenewAt = $state['RenewAt'] }
  if ($null -ne $row) {
    Set-AssumeTarget $targets
  } else {
    # As `assume --unset` does, but nothing that is saved is dropped.
    Save-AssumeInherited
    Set-AssumeVariable $state.Saved
    [Environment]::SetEnvironmentVariable('ASSUME_VARS', [NullString]::Value)
  }
  $state.Key = ''
  $state['RenewAt'] = $null
  Set-AssumeLayer $Terms $former
  $now = Get-AssumeProfile
  if ($null -eq $row -and $now) { $message = $now }
  if (-not [string]::Equals($before, $now)) { Write-AssumeNews $message $File }
  if ($null -ne $row -and -not (Test-AssumeSession $row)) {
    [Console]::Error.WriteLine("assume: warning: the session of $($Judged.Name) has ended: assume login")
  }
}

# Notes the layer that is in force from now on; Former is what leaving puts back.
function script:Set-AssumeLayer {
  [Diagnostics.DebuggerHidden()] param([string]$Terms, [hashtable]$Former)
  $set = New-AssumeTable
  foreach ($name in $Former.Kept.Keys) { $set[$name] = [Environment]::GetEnvironmentVariable($name) }
  $directories = $global:__AssumeState.Directories
  $directories.Layer = $Former + @{ Place = $directories.Place; Terms = $Terms; Profile = (Join-AssumeProfile); Set = $set; Mark = (Get-AssumeMark) }
}

# Leaves the directory whose profile is in force, if there is one, and says so.
function script:Exit-AssumeDirectory {
  $layer = $global:__AssumeState.Directories.Layer
  if ($null -eq $layer) { return }
  $before = Get-AssumeProfile
  Exit-AssumeLayer
  Write-AssumeLeft $before $layer.Place
}

# Puts back what was in force before the layer, unless the profile is not that of the layer any more, and forgets the layer. ToOthers
# is for direnv and mise: what they have changed stays, but they will give it back as they found it.
function script:Exit-AssumeLayer {
  [Diagnostics.DebuggerHidden()] param([switch]$ToOthers)
  $state = $global:__AssumeState
  $layer = $state.Directories.Layer
  $state.Directories.Layer = $null
  if ($null -eq $layer -or (-not $ToOthers -and -not [string]::Equals($layer.Profile, (Join-AssumeProfile)))) { return }
  $isOther = -not [string]::Equals($layer.Mark, (Get-AssumeMark))
  if ($ToOthers -or $isOther) { Save-AssumeHeld $layer }
  Set-AssumeVariable $layer.Kept
  $state.Saved = $layer.Saved
  $state.Key = $layer.Key
  $state['RenewAt'] = $layer.RenewAt
  if ($isOther -and -not $ToOthers -and $null -ne $state.Directories.Held) { Restore-AssumeHeld }
}

# --- direnv and mise -----------------------------------------------------------------------------------------

# Both give back, when their own directory is left, what they found when it was entered, which may be what a layer had set. Held of
# the session's Directories has, by name, what they have changed above a layer: what was Kept from before it, and what it had Set;
# and the Mark of what they had loaded then.

function script:Get-AssumeMark {
  return [Environment]::GetEnvironmentVariable('DIRENV_DIR') + '/' + [Environment]::GetEnvironmentVariable('__MISE_SESSION')
}

# Holds what somebody has changed since the layer set it, and takes that from what the layer puts back.
function script:Save-AssumeHeld {
  [Diagnostics.DebuggerHidden()] param([hashtable]$Layer)
  $directories = $global:__AssumeState.Directories
  $held = $directories.Held
  if ($null -eq $held) { $held = @{ Kept = New-AssumeTable; Set = New-AssumeTable; Mark = (Get-AssumeMark) } }
  foreach ($name in @($Layer.Kept.Keys)) {
    if (-not $held.Kept.ContainsKey($name)) {
      if ([string]::Equals([Environment]::GetEnvironmentVariable($name), $Layer.Set[$name])) { continue }
      $held.Kept[$name] = $Layer.Kept[$name]
      $held.Set[$name] = $Layer.Set[$name]
    }
    $Layer.Kept.Remove($name)
  }
  if ($held.Kept.Count -gt 0) { $directories.Held = $held }
}

# Where direnv or mise has loaded something else since, puts back what was before the layer in the place of what they have given
# back of it.
function script:Restore-AssumeHeld {
  [Diagnostics.DebuggerHidden()] param()
  $directories = $global:__AssumeState.Directories
  $held = $directories.Held
  $mark = Get-AssumeMark
  if ($null -ne $directories.Layer -or ($mark -cne '/' -and [string]::Equals($mark, $held.Mark))) { return }
  $held.Mark = $mark
  $back = New-AssumeTable
  foreach ($name in @($held.Kept.Keys)) {
    if (-not [string]::Equals([Environment]::GetEnvironmentVariable($name), $held.Set[$name])) { continue }
    $back[$name] = $held.Kept[$name]
    $held.Kept.Remove($name)
  }
  Set-AssumeVariable $back
  if ($mark -ceq '/' -or $held.Kept.Count -eq 0) { $directories.Held = $null }
}

# --- what is said --------------------------------------------------------------------------------------------

# The profile that is in force, empty for none, and the two variables that say so.
function script:Get-AssumeProfile {
  $name = [Environment]::GetEnvironmentVariable('AWS_PROFILE')
  if ($name) { return $name }
  return [string][Environment]::GetEnvironmentVariable('ASSUME_PROFILE')
}

function script:Join-AssumeProfile {
  return [Environment]::GetEnvironmentVariable('AWS_PROFILE') + [char]31 + [Environment]::GetEnvironmentVariable('ASSUME_PROFILE')
}

# Whether the session of a row is not over, as far as the index knows: a login that was no command of ours it does not.
function script:Test-AssumeSession([hashtable]$Row) {
  if ($Row.Session -ceq '0') { return $true }
  $token, $end = [IO.File]::ReadAllLines($Row.Sessions)[[int]$Row.Session - 1].Split([char]31)
  if (-not [IO.File]::Exists($token)) { return $false }
  return [long]$end -gt [DateTimeOffset]::UtcNow.ToUnixTimeSeconds() -or
    [IO.File]::GetLastWriteTimeUtc($token).Ticks -gt [IO.File]::GetLastWriteTimeUtc($Row.Sessions).Ticks
}

# Says it to people, with a path in parentheses.
function script:Write-AssumeNews([string]$Line, [string]$Path, [string]$Word) {
  if ([Environment]::GetEnvironmentVariable('ASSUME_QUIET') -or [Console]::IsErrorRedirected) { return }
  [Console]::Error.WriteLine("$(Format-AssumePath $Line) ($Word$(Format-AssumePath $Path))")
}

# Says that a folder was left, if the profile is another than before.
function script:Write-AssumeLeft([string]$Before, [string]$Folder) {
  $now = Get-AssumeProfile
  if (-not $Folder -or [string]::Equals($now, $Before)) { return }
  Write-AssumeNews $(if ($now) { "$now again" } else { 'no profile' }) $Folder 'left '
}

# Says, once in this session, what to do about a file that is not in force.
function script:Write-AssumeRefusal([hashtable]$Judged, [string]$File) {
  $directories = $global:__AssumeState.Directories
  $key = "$($Judged.Verdict) $($directories.Place)"
  if ($directories.Refused.ContainsKey($key)) { return }
  $directories.Refused[$key] = $true
  $said = if ($Judged.Verdict -ceq 'changed') {
    ' has changed'
  } elseif ($Judged.Verdict -ceq 'untaken') {
    ' is not taken'
  } elseif ($Judged.Name -cmatch '\A[A-Za-z0-9_.@+=:/-]+\z') {
    " wants $($Judged.Name)"
  }
  [Console]::Error.WriteLine("assume: $(Format-AssumePath $File)${said}: assume here")
}

# Says what to type where a profile has no row, once while the place stays the place.
function script:Write-AssumeCommand([hashtable]$Judged, [string]$File) {
  $directories = $global:__AssumeState.Directories
  if ([string]::Equals($directories.Told, $directories.Place)) { return }
  $directories.Told = $directories.Place
  $word = $Judged.Name
  if ($word.StartsWith([char]'-') -or $script:direct -ccontains $word) { $word = "--profile=$word" }
  if ($word -cnotmatch '\A(--)?[\w./:+][\w./:+=%@-]*\z') { $word = "'" + ($word -replace "['\u2018-\u201b]", '$0$0') + "'" }
  if ($Judged.Region) { $word += " --region $($Judged.Region)" }
  [Console]::Error.WriteLine("assume: $(Format-AssumePath $File) wants $($Judged.Name): assume $word")
}

# A path as it is shown, on one line.
function script:Format-AssumePath([string]$Path) {
  $top = ([string][Environment]::GetEnvironmentVariable('HOME')).TrimEnd([char]'/')
  if ($top -and ($Path + '/').StartsWith("$top/", [StringComparison]::Ordinal)) { $Path = '~' + $Path.Substring($top.Length) }
  return $Path -replace '[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]', '?'
}
