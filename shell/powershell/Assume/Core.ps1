# Part of Assume.psm1, which reads it when assume is first called; what it defines belongs to the module.
# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# A table by name that tells AWS_PROFILE from aws_profile, as Linux and macOS do.
function script:New-AssumeTable {
  return [Collections.Hashtable]::new([StringComparer]::Ordinal)
}

# --- where the core is ---------------------------------------------------------------------------------------

$script:onWindows = [IO.Path]::DirectorySeparatorChar -eq '\'
$script:followsLinks = $PSVersionTable.PSVersion -ge [version]'7.2'

# The program and what comes before its arguments: that of the installation that this file belongs to, else the user's
# own, else whatever is on PATH, else what is missing. Windows cannot run bin/assume, so there it is node with the same bundle.
function script:Find-AssumeCore([string]$Root) {
  if ($script:onWindows) {
    foreach ($folder in $Root, "$env:LOCALAPPDATA/assume") {
      if ([IO.Path]::IsPathRooted($folder) -and [IO.File]::Exists("$folder/dist/main.js")) { return 'node', "$folder/dist/main.js" }
    }
  } else {
    if ([IO.File]::Exists("$Root/dist/main.js")) { return "$Root/bin/assume" }
    $data = Find-AssumeFolder $env:XDG_DATA_HOME '.local/share'
    if ($data -and [IO.File]::Exists("$data/assume/bin/assume")) { return "$data/assume/bin/assume" }
  }
  $found = Get-Command -Name assume -CommandType Application -TotalCount 1 -ErrorAction Ignore
  if ($found) { return $found.Source }
  if ($script:onWindows) { return 'node', "$Root/dist/main.js" }
  # The clone that this file belongs to says that it is not built.
  return "$Root/bin/assume"
}

# The folder that a variable names, else the fallback in the home folder. A folder that is no absolute path counts as
# unset: it would be another one wherever the shell is. Nothing where only the core knows which one it is.
function script:Find-AssumeFolder([string]$Named, [string]$Fallback) {
  if ($Named.StartsWith('/')) { return $Named }
  if ("$env:HOME".StartsWith('/')) { return "$env:HOME/$Fallback" }
}

# Runs the core; what it prints and what is piped in go as they would for a program that is called here. PowerShell
# changes some words on their way to a program (wildcards, ~, quotes, empty ones): those travel in a variable.
function script:Invoke-AssumeCore([string[]]$Words) {
  $line = @(Find-AssumeCore ([IO.Path]::GetFullPath("$PSScriptRoot/../../..")))
  $program = $line[0]
  if (-not [IO.File]::Exists($line[-1])) {
    $remedy = if ($script:onWindows) { 'npm ci and npm run build there' } else { 'run install.sh of a clone again' }
    [Console]::Error.WriteLine("assume: $($line[-1]) is missing: $remedy")
    $global:LASTEXITCODE = if ($Words.Count -gt 0 -and $Words[0] -ceq 'exec') { 125 } else { 1 }
    return
  }
  $line = @($line | Select-Object -Skip 1)
  $former = [Environment]::GetEnvironmentVariable('PWD')
  try {
    $env:ASSUME_CALLER = 'powershell'
    # PowerShell does not keep PWD, by which a folder is known as it is shown, also where a link leads to it.
    $env:PWD = $ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath
    # What only this shell knows, for `doctor` and `here`.
    $env:ASSUME_LOADED = '4 completion' + $(if ($global:__AssumeState.Prompt) { ' prompt' }) +
      $(if ($null -ne $global:__AssumeState['RenewAt']) { ' renews' }) + $(if ($null -ne $script:followAction) { ' directories' })
    if ($null -ne $script:followAction -and $null -ne $global:__AssumeState.Directories.Layer) {
      $env:ASSUME_DIRECTORY = $global:__AssumeState.Directories.Layer.Place
    }
    Send-AssumeKey
    if (@($Words -cnotmatch '\A[A-Za-z0-9_./:@+,=-]+\z').Count -eq 0) {
      $line += $Words
    } else {
      $env:ASSUME_ARGUMENTS = ConvertTo-Json -InputObject $Words -Compress
    }
    # Windows PowerShell makes an error of each line that a program writes to a stderr that the user redirects.
    $ErrorActionPreference = 'Continue'
    if ($MyInvocation.ExpectingInput) { $input | & $program @line } else { & $program @line }
  } finally {
    [Environment]::SetEnvironmentVariable('PWD', $(if ($null -eq $former) { [NullString]::Value } else { $former }))
    Remove-Item -LiteralPath Env:ASSUME_ARGUMENTS, Env:ASSUME_CALLER, Env:ASSUME_DIRECTORY, Env:ASSUME_KEY_ID, Env:ASSUME_LOADED -ErrorAction Ignore
  }
}

# --- the command ---------------------------------------------------------------------------------------------

# The first words with which the core is called directly.
$script:direct = & {
  $direct = 'list', 'status', 'doctor', 'here', 'exec', 'env', 'serve', 'console', 'credential-process', 'credentials-file', 'whoami', 'login', 'logout', 'configure', 'sync', 'sandbox', 'plugin', 'keys', 'import', 'setup', 'settings', '-h', '--help', '--version' # subcommands, generated
  $direct
}

# Does what the words say: a switch by the row of the profile index where there is one that will do, else as the core
# answers. Assume.psm1 calls it with the elements that it was called with itself.
function script:Invoke-Assume([object[]]$Elements) {
  [string[]]$words = $Elements
  # To call a function takes long, and mostly the elements are the words.
  foreach ($element in $Elements) {
    if ($element -is [string] -and -not $element.EndsWith(':', [StringComparison]::Ordinal)) { continue }
    [string[]]$words = @(Join-AssumeWord $Elements)
    break
  }
  $first = if ($words.Count -gt 0) { $words[0] } else { '' }
  if ($first -ceq 'exec') {
    if ($MyInvocation.ExpectingInput) { $input | Invoke-AssumeExec $words } else { Invoke-AssumeExec $words }
  } elseif ($script:direct -ccontains $first) {
    if ($MyInvocation.ExpectingInput) { $input | Invoke-AssumeCore $words } else { Invoke-AssumeCore $words }
    if ($first -ceq 'here' -and $null -ne $script:followAction) { Update-AssumePlace }
  } elseif ($words.Count -eq 1 -and '-u', '--unset' -ccontains $first) {
    Reset-AssumeSwitch
    $global:LASTEXITCODE = 0
  } else {
    if ($first -ceq '-' -and $words.Count -eq 1) { $words = $global:__AssumeState.Back }
    if ($null -eq $words) {
      [Console]::Error.WriteLine('assume: there is no earlier switch in this shell')
      $global:LASTEXITCODE = 2
      return
    }
    $row = Find-AssumeRow $words
    if ($null -eq $row) {
      Request-AssumeSwitch $words
      return
    }
    if ($row.Warning) { [Console]::Error.WriteLine('assume: warning: ' + $row.Warning) }
    if ([IO.File]::Exists($script:history)) { Add-AssumeUse $row.Name }
    Set-AssumeSwitch $row
    $global:LASTEXITCODE = 0
  }
}

# Puts the key that the last switch set into the variable that the core is called with.
function script:Send-AssumeKey {
  [Diagnostics.DebuggerHidden()] param()
  $env:ASSUME_KEY_ID = $global:__AssumeState.Key
}

# The words as they were typed: PowerShell splits -p:x in two and marks the first half, makes an array of a,b and a
# number of 012, which remembers its text for the cast to string only. Behind -- it splits them without the mark: then they
# are in one piece in the line.
function script:Join-AssumeWord([object[]]$Elements) {
  $call = Get-Variable -Name MyInvocation -Scope 2 -ValueOnly
  $line = [string]$(if ($call.PSObject.Properties['Statement']) { $call.Statement } else { $call.Line })
  $words = [Collections.Generic.List[string]]::new()
  $isOpen = $false
  foreach ($element in $Elements) {
    $text = if ($element -is [string]) { $element } else { @(foreach ($part in $element) { [string]$part }) -join ',' }
    if ($isOpen) { $words[$words.Count - 1] += $text } elseif ($null -ne $element) { $words.Add($text) }
    $isOpen = $text.EndsWith(':', [StringComparison]::Ordinal) -and ($null -ne $element.PSObject.Properties['<CommandParameterName>'] -or
      ($text.StartsWith('-') -and $line -cmatch ('(?s)(?<=\s--\s(?:.*\s)?)' + [regex]::Escape($text) + '(?=\S)')))
  }
  $words
}

# Calls the core and applies the one line that is for this module; all others go down the pipeline.
function script:Request-AssumeSwitch {
  [Diagnostics.DebuggerHidden()] param([string[]]$Words, [switch]$Renews)
  $sentinel = [char]1 + 'assume:'
  $json = ''
  try {
    $env:ASSUME_SHELL = 'powershell'
    $env:ASSUME_CONTRACT = '4'
    $call = { Invoke-AssumeCore $Words }
    # What nobody has asked for reads nothing, and in a prompt PowerShell would keep to itself what a program says.
    if ($Renews) { $call = { @() | Invoke-AssumeCore $Words 2>&1 } }
    & $call | ForEach-Object {
      [Diagnostics.DebuggerHidden()] param()
      if ($_ -is [Management.Automation.ErrorRecord]) { [Console]::Error.WriteLine([string]$_) }
      elseif ($_.StartsWith($sentinel, [StringComparison]::Ordinal)) { $json = $_.Substring($sentinel.Length) } else { $_ }
    }
  } finally {
    Remove-Item -LiteralPath Env:ASSUME_SHELL, Env:ASSUME_CONTRACT -ErrorAction Ignore
  }
  if ($global:LASTEXITCODE -eq 0 -and $json -ne '') { Set-AssumeSwitch (Read-AssumeMessage $json) }
}

# The switch that a line of the core says, as Set-AssumeSwitch takes it. Each string begins with =, without which
# ConvertFrom-Json would make a DateTime of a time.
function script:Read-AssumeMessage {
  [Diagnostics.DebuggerHidden()] param([string]$Json)
  $message = ConvertFrom-Json -InputObject $Json
  $targets = New-AssumeTable
  foreach ($pair in $message.set) { $targets[$pair[0].Substring(1)] = $pair[1].Substring(1) }
  foreach ($name in $message.unset) { $targets[$name.Substring(1)] = $null }
  foreach ($name in @($targets.Keys)) { if (-not (Test-AssumeName $name)) { $targets.Remove($name) } }
  $repeat = foreach ($word in $message.repeat) { $word.Substring(1) }
  $renewal = $message.PSObject.Properties['renewAt']
  return @{
    Message = $message.message.Substring(1)
    Repeat = @($repeat)
    Targets = $targets
    RenewAt = if ($renewal) { [long]$renewal.Value } else { $null }
  }
}
