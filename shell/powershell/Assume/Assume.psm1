# assume for PowerShell, 5.1 or newer. Import this module from $PROFILE.
# Here is what a session needs from its start. The rest is read when it is first called for, all of it at once: where the
# core is and the command (Core.ps1), the profile index (Index.ps1), applying a switch, saving and restoring, names
# (Switch.ps1), exec (Exec.ps1), the renewal of keys (Renew.ps1); what follows directories is read where that is turned on
# (Directories.ps1, Layer.ps1). An update may come in between, so the two know of each other only Invoke-Assume with the
# elements of a call, Complete-AssumeLine, and the variable of the session __AssumeState.

# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# What the user prefers in the session must not reach into these functions. Strict mode is set in the last line.
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$WhatIfPreference = $false
$PSNativeCommandUseErrorActionPreference = $false

$isRead = $false
$followAction = $null

# Reads the files that a call of assume and TAB need, at the first of them. No function, since all that are here are exported:
# to pick them in the manifest takes PowerShell as long as to import an empty module.
$initialize = {
  foreach ($part in 'Core.ps1', 'Index.ps1', 'Switch.ps1', 'Exec.ps1', 'Renew.ps1') { . "$PSScriptRoot/$part" }
  $script:isRead = $true
}

# Without param(), so that PowerShell binds nothing and every word gets here.
function assume {
  if (-not $script:isRead) { . $script:initialize }
  if ($MyInvocation.ExpectingInput) { $input | Invoke-Assume $args } else { Invoke-Assume $args }
}

# --- the prompt segment --------------------------------------------------------------------------------------

# What is in force, as text for a prompt function: empty when there is nothing to show.
function Get-AssumePrompt {
  [Diagnostics.DebuggerHidden()] param()
  $text = ''
  $colour = 36
  # PowerShell's own comparison passes over characters that are not seen.
  if ($env:AWS_ACCESS_KEY_ID) {
    $text = 'keys from elsewhere'
    if ($env:ASSUME_PROFILE -and [string]::Equals($env:AWS_ACCESS_KEY_ID, $global:__AssumeState.Key)) {
      $text = "keys of $env:ASSUME_PROFILE"
    }
  }
  if ($env:AWS_PROFILE) {
    if ($text) {
      # Tools disagree on which of the two wins.
      $text = "$env:AWS_PROFILE, but $text"
      $colour = 31
    } else {
      $text = $env:AWS_PROFILE
      $isSet = " $env:ASSUME_VARS ".Contains(' AWS_PROFILE ') -and [string]::Equals($text, $env:ASSUME_PROFILE)
      $directories = $global:__AssumeState['Directories']
      if (-not $isSet) {
        $text += ', by hand'
      } elseif ($null -ne $directories -and $null -ne $directories.Layer -and [string]::Equals($directories.Layer.Profile, $text + [char]31 + $text)) {
        # A directory has chosen it.
        $text += ' ./'
      }
    }
  } elseif ($text.StartsWith('keys of ', [StringComparison]::Ordinal)) {
    # How long they are still good: yellow for a quarter of an hour, red for five minutes and when they are over.
    $text = $env:ASSUME_PROFILE
    if ($env:ASSUME_EXPIRES_AT -cmatch '\A[0-9]{1,12}\z') {
      $left = [long]$env:ASSUME_EXPIRES_AT - [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
      $text += if ($left -le 0) {
        ' expired'
      } elseif ($left -lt 60) {
        ' <1m'
      } elseif ($left -lt 3600) {
        ' {0}m' -f [Math]::Floor($left / 60)
      } else {
        ' {0}h{1}m' -f [Math]::Floor($left / 3600), [Math]::Floor($left % 3600 / 60)
      }
      if ($left -le 300) { $colour = 31 } elseif ($left -le 900) { $colour = 33 }
    }
  }
  if (-not $text) { return '' }
  $text = '(' + ($text -replace '[\p{Cc}\u2028-\u202e\u2066-\u2069]', '?') + ') '
  if ($env:NO_COLOR -or $env:TERM -ceq 'dumb') { return $text }
  if ($env:ASSUME_STYLE -ceq 'protected') { $colour = 31 }
  $escape = [char]27
  return "$escape[${colour}m$text$escape[0m"
}

# Puts the segment in front of the prompt, whatever it is, once. setup calls it unless a prompt theme shows the
# profile already. The wrapped prompt finds $? and $LASTEXITCODE as if it were alone.
function Enable-AssumePrompt {
  $global:__AssumeState.Prompt = $true
  . $script:wrapPrompt
}

# A switch whose keys are to be renewed wraps it, too, and so do directories. No function, as above.
$wrapPrompt = {
  $ExecutionContext.SessionState.Module.OnRemove = {
    if ($null -ne $script:followAction) { Stop-AssumeFollowing }
    if ([string]$function:prompt -like '*$assumeInner*') {
      $function:global:prompt = $function:prompt.Module.SessionState.PSVariable.GetValue('assumeInner')
    }
  }
  if ([string]$function:prompt -like '*$assumeInner*') { return }
  $assumeInner = $function:prompt
  $assumeSegment = ${function:Get-AssumePrompt}
  $function:global:prompt = {
    $assumeWas = $?
    # A theme that wraps this function may have been wrapped in turn: then the outermost shows the segment.
    $assumeState = $global:__AssumeState
    $assumeText = ''
    if (-not $assumeState.InPrompt) {
      if ($null -ne $assumeState['Look']) { $null = & $assumeState['Look'] }
      if ($null -ne $assumeState['RenewAt']) { & $assumeState['Renew'] }
      if ($assumeState.Prompt) { $assumeText = & $assumeSegment }
    }
    $assumeOutside = $global:__AssumeState.InPrompt
    $global:__AssumeState.InPrompt = $true
    try {
      if ($assumeWas) { $null = 0 } else { Write-Error '' -ErrorAction Ignore }
      $assumeAnswer = @(& $assumeInner)
    } finally {
      $global:__AssumeState.InPrompt = $assumeOutside
    }
    if ($assumeText -ne '') {
      # PowerShell shows the first object only, and PS> when that is empty.
      if ($assumeAnswer.Count -eq 0) { $assumeAnswer = @('') }
      if ([string]$assumeAnswer[0] -eq '') { $assumeAnswer[0] = 'PS>' }
      $assumeAnswer[0] = $assumeText + $assumeAnswer[0]
    }
    $assumeAnswer
  }.GetNewClosure()
}

# Follows the profiles of directories from now on, in a session that somebody types in. PSReadLine is loaded before the profile
# is read in such a one alone; where somebody does without it, the first prompt tells.
function Enable-AssumeDirectories {
  if ($null -ne $script:followAction) { return }
  . "$PSScriptRoot/Directories.ps1"
  $global:__AssumeState['Look'] = $script:lookAtPrompt
  . $script:wrapPrompt
  if (Get-Module -Name PSReadLine) { Start-AssumeFollowing }
}

# --- completion ----------------------------------------------------------------------------------------------

# The completion is read when TAB is pressed; from the second time on PowerShell has it compiled.
Register-ArgumentCompleter -Native -CommandName assume -ScriptBlock {
  param($word, $ast, $cursor)
  if (-not $script:isRead) { . $script:initialize }
  . "$PSScriptRoot/Completion.ps1"
  Complete-AssumeLine $ast $cursor
}

# --- start ---------------------------------------------------------------------------------------------------

# No cmdlet is used here, no method is called, and as few ways of saying things as can be are used: the first use of each in a
# session costs more than all the rest. A module does not inherit strict mode, so that a variable may be missing.

# An alias would win over the function.
if ($null -ne $alias:assume) { Remove-Item -LiteralPath Alias:assume -Force -ErrorAction Ignore }

# What has to outlive this module when it is imported again is a variable of the session.
if ($null -eq $global:__AssumeState) {
  $global:__AssumeState = @{
    # By name, made for the first switch.
    Saved = $null
    # The access key that a switch set, the arguments that repeat this switch and the one before.
    Key = ''
    Now = $null
    Back = $null
    # From when on a prompt asks for new keys, in seconds since the epoch, and what does so.
    RenewAt = $null
    Renew = $null
    Prompt = $false
    InPrompt = $false
  }
  if ($env:ASSUME_VARS) {
    if (" $env:ASSUME_VARS ".Contains(' AWS_ACCESS_KEY_ID ')) { $global:__AssumeState.Key = "$env:AWS_ACCESS_KEY_ID" }
  }
} else {
  if ($global:__AssumeState.Prompt) { Enable-AssumePrompt }
  if ($null -ne $global:__AssumeState['Directories']) { Enable-AssumeDirectories }
}

Set-StrictMode -Version Latest
