# assume for PowerShell, 5.1 or newer. Import this module from $PROFILE.
# The files of all four shells have the same sections: where the core is, the command, applying a switch,
# saving and restoring, names, the prompt segment, completion, start.

# What the user prefers in the session must not reach into these functions.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$WhatIfPreference = $false
$PSNativeCommandUseErrorActionPreference = $false

# --- where the core is ---------------------------------------------------------------------------------------

$onWindows = [IO.Path]::DirectorySeparatorChar -eq '\'

# The program and what comes before its arguments: that of the installation that this file belongs to, else the user's
# own, else whatever is on PATH. Windows cannot run bin/assume, so there it is node with the same bundle.
function Find-AssumeCore([string]$Root) {
  if ($script:onWindows) {
    foreach ($folder in $Root, "$env:LOCALAPPDATA/assume") {
      if ([IO.File]::Exists("$folder/dist/main.js")) { return 'node', "$folder/dist/main.js" }
    }
  } else {
    $data = if ($env:XDG_DATA_HOME) { $env:XDG_DATA_HOME } else { "$env:HOME/.local/share" }
    if ([IO.File]::Exists("$Root/dist/main.js")) { return "$Root/bin/assume" }
    if ([IO.File]::Exists("$data/assume/bin/assume")) { return "$data/assume/bin/assume" }
  }
  return (Get-Command -Name assume -CommandType Application -TotalCount 1).Source
}

# Runs the core; what it prints and what is piped in go as they would for a program that is called here. PowerShell
# changes some words on their way to a program (wildcards, ~, quotes, empty ones): those travel in a variable.
function Invoke-AssumeCore([string[]]$Words) {
  $line = @(Find-AssumeCore ([IO.Path]::GetFullPath("$PSScriptRoot/../../..")))
  $program = $line[0]
  $line = @($line | Select-Object -Skip 1)
  try {
    if (@($Words -cnotmatch '\A[A-Za-z0-9_./:@+,=-]+\z').Count -eq 0) {
      $line += $Words
    } else {
      $env:ASSUME_ARGUMENTS = ConvertTo-Json -InputObject $Words -Compress
    }
    # Windows PowerShell makes an error of each line that a program writes to a stderr that the user redirects.
    $ErrorActionPreference = 'Continue'
    if ($MyInvocation.ExpectingInput) { $input | & $program @line } else { & $program @line }
  } finally {
    Remove-Item -LiteralPath Env:ASSUME_ARGUMENTS -ErrorAction Ignore
  }
}

# --- the command ---------------------------------------------------------------------------------------------

# Without param(), so that PowerShell binds nothing and every word gets here.
function assume {
  $words = @(Join-AssumeWord $args)
  $first = if ($words.Count -gt 0) { $words[0] } else { '' }
  $direct = 'list', 'status', 'exec', 'env', 'credential-process', 'credentials-file', 'whoami', 'login', 'logout', 'configure', 'sync', 'sandbox', 'plugin', 'setup', 'settings', '-h', '--help', '--version' # subcommands, generated
  if ($direct -ccontains $first) {
    if ($MyInvocation.ExpectingInput) { $input | Invoke-AssumeCore $words } else { Invoke-AssumeCore $words }
  } elseif ($first -ceq '-' -and ($words.Count -gt 1 -or $null -eq $global:__AssumeState.Back)) {
    [Console]::Error.WriteLine('assume: there is no earlier switch in this shell')
    $global:LASTEXITCODE = 2
  } elseif ($first -ceq '-') {
    Invoke-AssumeSwitch $global:__AssumeState.Back
  } elseif ($words.Count -eq 1 -and '-u', '--unset' -ccontains $first) {
    Reset-AssumeSwitch
    $global:LASTEXITCODE = 0
  } else {
    Invoke-AssumeSwitch $words
  }
}

# The words as they were typed: PowerShell splits -p:x in two and marks the first half, makes an array of a,b and a
# number of 012, which remembers its text for the cast to string only.
function Join-AssumeWord([object[]]$Elements) {
  $words = [Collections.Generic.List[string]]::new()
  $isOpen = $false
  foreach ($element in $Elements) {
    $text = @($element | ForEach-Object { [string]$_ }) -join ','
    if ($isOpen) { $words[$words.Count - 1] += $text } elseif ($null -ne $element) { $words.Add($text) }
    $isOpen = $text.EndsWith(':') -and $null -ne $element.PSObject.Properties['<CommandParameterName>']
  }
  $words
}

# Calls the core and applies the one line that is for this module; all others go down the pipeline.
function Invoke-AssumeSwitch([string[]]$Words) {
  $sentinel = [char]1 + 'assume:'
  $json = ''
  try {
    $env:ASSUME_SHELL = 'powershell'
    $env:ASSUME_CONTRACT = '1'
    Invoke-AssumeCore $Words | ForEach-Object {
      if ($_.StartsWith($sentinel, [StringComparison]::Ordinal)) { $json = $_.Substring($sentinel.Length) } else { $_ }
    }
  } finally {
    Remove-Item -LiteralPath Env:ASSUME_SHELL, Env:ASSUME_CONTRACT -ErrorAction Ignore
  }
  if ($global:LASTEXITCODE -eq 0 -and $json -ne '') { Set-AssumeSwitch (ConvertFrom-Json -InputObject $json) }
}

# --- applying a switch ---------------------------------------------------------------------------------------

# Sets and removes what the switch says, and puts back what an earlier switch changed and this one does not. Each
# string begins with =, without which ConvertFrom-Json would make a DateTime of a time.
function Set-AssumeSwitch([object]$Switch) {
  $state = $global:__AssumeState
  $targets = New-AssumeTable
  foreach ($pair in $Switch.set) { $targets[$pair[0].Substring(1)] = $pair[1].Substring(1) }
  foreach ($name in $Switch.unset) { $targets[$name.Substring(1)] = $null }
  foreach ($name in @($targets.Keys)) { if (-not (Test-AssumeName $name)) { $null = $targets.Remove($name) } }

  Save-AssumeVariable $targets.Keys
  Restore-AssumeVariable $targets
  foreach ($name in $targets.Keys) { Set-AssumeVariable $name $targets[$name] }

  $state.Key = if ($targets.ContainsKey('AWS_ACCESS_KEY_ID')) { "$env:AWS_ACCESS_KEY_ID" } else { '' }
  if ($null -ne $state.Now) { $state.Back = $state.Now }
  $state.Now = @($Switch.repeat | ForEach-Object { $_.Substring(1) })
  if (-not $env:ASSUME_QUIET -and -not [Console]::IsErrorRedirected) {
    [Console]::Error.WriteLine($Switch.message.Substring(1))
  }
}

# Gives this shell back what it had before the first switch.
function Reset-AssumeSwitch {
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
function New-AssumeTable {
  return [Collections.Hashtable]::new([StringComparer]::Ordinal)
}

# Saves the names that are not saved yet. Those that an inherited ASSUME_VARS lists were absent before.
function Save-AssumeVariable([string[]]$Names) {
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
function Restore-AssumeVariable([object]$Targets) {
  $saved = $global:__AssumeState.Saved
  foreach ($name in $saved.Keys) {
    if (-not $Targets.ContainsKey($name)) { Set-AssumeVariable $name $saved[$name] }
  }
}

# Sets a variable, also to the empty text, or removes it for $null.
function Set-AssumeVariable([string]$Name, [object]$Value) {
  if ($null -ne $Value) {
    Set-Item -LiteralPath "Env:$Name" -Value $Value
  } elseif ($null -ne [Environment]::GetEnvironmentVariable($Name)) {
    Remove-Item -LiteralPath "Env:$Name"
  }
}

# --- names ---------------------------------------------------------------------------------------------------

# Whether a name can be a variable that a switch changes: decided by pattern, before it is looked up.
function Test-AssumeName([string]$Name) {
  $kept = 'PATH|HOME|IFS|PWD|OLDPWD|SHELL|ENV|USER|LOGNAME|TERM|LANG|LC_.*|LD_.*|DYLD_.*|TMPDIR|TMP|TEMP' +
    '|PATHEXT|COMSPEC|HOMEDRIVE|HOMEPATH|USERNAME|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA' +
    '|SYSTEMROOT|SYSTEMDRIVE|WINDIR|PSMODULE.*|POWERSHELL_.*|__PS.*|DOTNET_.*|CORECLR_.*|COMPLUS_.*'
  $Name -cmatch '\A[A-Za-z_][A-Za-z0-9_]*\z' -and $Name -notmatch "\A(?:$kept)\z"
}

# --- the prompt segment --------------------------------------------------------------------------------------

# What is in force, as text for a prompt function: empty when there is nothing to show.
function Get-AssumePrompt {
  $text = ''
  $colour = 36
  if ($env:AWS_PROFILE) {
    $text = $env:AWS_PROFILE
    if ($env:ASSUME_PROFILE -and $env:ASSUME_PROFILE -cne $text) { $text += ', by hand' }
  } elseif ($env:AWS_ACCESS_KEY_ID) {
    $text = 'keys from elsewhere'
    if ($env:AWS_ACCESS_KEY_ID -ceq $global:__AssumeState.Key) {
      # How long they are still good: yellow for a quarter of an hour, red for five minutes and when they are over.
      $text = "$env:ASSUME_PROFILE"
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
  }
  if ($text -eq '') { return '' }
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
  if ([string]$function:prompt -like '*$assumeInner*') { return }
  $assumeInner = $function:prompt
  $assumeSegment = ${function:Get-AssumePrompt}
  $function:global:prompt = {
    $assumeWas = $?
    # A theme that wraps this function may have been wrapped in turn: then the outermost shows the segment.
    $assumeText = if ($global:__AssumeState.InPrompt) { '' } else { & $assumeSegment }
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

function Disable-AssumePrompt {
  if ([string]$function:prompt -notlike '*$assumeInner*') { return }
  $function:global:prompt = $function:prompt.Module.SessionState.PSVariable.GetValue('assumeInner')
}

# --- completion ----------------------------------------------------------------------------------------------

# The completion is read when TAB is pressed; from the second time on PowerShell has it compiled.
Register-ArgumentCompleter -Native -CommandName assume -ScriptBlock {
  param($word, $ast, $cursor)
  . "$PSScriptRoot/Completion.ps1"
  Complete-AssumeLine $ast $cursor
}

# --- start ---------------------------------------------------------------------------------------------------

# No cmdlet is used here: the first of each module of PowerShell's own costs the shell's start more than all the rest.

# An alias would win over the function.
if ($null -ne $alias:assume) { Remove-Item -LiteralPath Alias:assume -Force -ErrorAction Ignore }

# What has to outlive this module when it is imported again is a variable of the session.
if ($null -eq $ExecutionContext.SessionState.PSVariable.Get('global:__AssumeState')) {
  $global:__AssumeState = @{
    Saved = New-AssumeTable
    # The access key that a switch set, the arguments that repeat this switch and the one before.
    Key = ''
    Now = $null
    Back = $null
    Prompt = $false
    InPrompt = $false
  }
  if (" $env:ASSUME_VARS ".Contains(' AWS_ACCESS_KEY_ID ')) { $global:__AssumeState.Key = "$env:AWS_ACCESS_KEY_ID" }
}

$ExecutionContext.SessionState.Module.OnRemove = { Disable-AssumePrompt }
if ($global:__AssumeState.Prompt) { Enable-AssumePrompt }
