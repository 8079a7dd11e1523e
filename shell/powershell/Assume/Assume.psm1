# assume for PowerShell, 5.1 or newer. Import this module from $PROFILE.
# The files of all four shells have the same sections: where the core is, the command, the profile index, applying a
# switch, saving and restoring, names, the prompt segment, completion, start.

# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# What the user prefers in the session must not reach into these functions.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$WhatIfPreference = $false
$PSNativeCommandUseErrorActionPreference = $false

# --- where the core is ---------------------------------------------------------------------------------------

$onWindows = [IO.Path]::DirectorySeparatorChar -eq '\'
$followsLinks = $PSVersionTable.PSVersion -ge [version]'7.2'

# The program and what comes before its arguments: that of the installation that this file belongs to, else the user's
# own, else whatever is on PATH, else what is missing. Windows cannot run bin/assume, so there it is node with the same bundle.
function Find-AssumeCore([string]$Root) {
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
function Find-AssumeFolder([string]$Named, [string]$Fallback) {
  if ($Named.StartsWith('/')) { return $Named }
  if ("$env:HOME".StartsWith('/')) { return "$env:HOME/$Fallback" }
}

# Runs the core; what it prints and what is piped in go as they would for a program that is called here. PowerShell
# changes some words on their way to a program (wildcards, ~, quotes, empty ones): those travel in a variable.
function Invoke-AssumeCore([string[]]$Words) {
  $line = @(Find-AssumeCore ([IO.Path]::GetFullPath("$PSScriptRoot/../../..")))
  $program = $line[0]
  if (-not [IO.File]::Exists($line[-1])) {
    $remedy = if ($script:onWindows) { 'npm ci and npm run build there' } else { 'run install.sh of a clone again' }
    [Console]::Error.WriteLine("assume: $($line[-1]) is missing: $remedy")
    $global:LASTEXITCODE = if ($Words.Count -gt 0 -and $Words[0] -ceq 'exec') { 125 } else { 1 }
    return
  }
  $line = @($line | Select-Object -Skip 1)
  try {
    $env:ASSUME_CALLER = 'powershell'
    # What only this shell knows, for `doctor`.
    $env:ASSUME_LOADED = '4 completion' + $(if ($global:__AssumeState.Prompt) { ' prompt' })
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
    Remove-Item -LiteralPath Env:ASSUME_ARGUMENTS, Env:ASSUME_CALLER, Env:ASSUME_KEY_ID, Env:ASSUME_LOADED -ErrorAction Ignore
  }
}

# --- the command ---------------------------------------------------------------------------------------------

# Without param(), so that PowerShell binds nothing and every word gets here.
function assume {
  $words = @(Join-AssumeWord $args)
  $first = if ($words.Count -gt 0) { $words[0] } else { '' }
  $direct = 'list', 'status', 'doctor', 'exec', 'env', 'console', 'credential-process', 'credentials-file', 'whoami', 'login', 'logout', 'configure', 'sync', 'sandbox', 'plugin', 'setup', 'settings', '-h', '--help', '--version' # subcommands, generated
  if ($direct -ccontains $first) {
    if ($MyInvocation.ExpectingInput) { $input | Invoke-AssumeCore $words } else { Invoke-AssumeCore $words }
  } elseif ($first -ceq '-' -and $words.Count -eq 1 -and $null -eq $global:__AssumeState.Back) {
    [Console]::Error.WriteLine('assume: there is no earlier switch in this shell')
    $global:LASTEXITCODE = 2
  } elseif ($first -ceq '-' -and $words.Count -eq 1) {
    Invoke-AssumeSwitch $global:__AssumeState.Back
  } elseif ($words.Count -eq 1 -and '-u', '--unset' -ccontains $first) {
    Reset-AssumeSwitch
    $global:LASTEXITCODE = 0
  } else {
    Invoke-AssumeSwitch $words
  }
}

# Puts the key that the last switch set into the variable that the core is called with.
function Send-AssumeKey {
  [Diagnostics.DebuggerHidden()] param()
  $env:ASSUME_KEY_ID = $global:__AssumeState.Key
}

# The words as they were typed: PowerShell splits -p:x in two and marks the first half, makes an array of a,b and a
# number of 012, which remembers its text for the cast to string only.
function Join-AssumeWord([object[]]$Elements) {
  $words = [Collections.Generic.List[string]]::new()
  $isOpen = $false
  foreach ($element in $Elements) {
    $text = @(foreach ($part in $element) { [string]$part }) -join ','
    if ($isOpen) { $words[$words.Count - 1] += $text } elseif ($null -ne $element) { $words.Add($text) }
    $isOpen = $text.EndsWith(':', [StringComparison]::Ordinal) -and $null -ne $element.PSObject.Properties['<CommandParameterName>']
  }
  $words
}

# Applies the row of the profile index where there is one that will do, else what the core answers.
function Invoke-AssumeSwitch([string[]]$Words) {
  $row = Find-AssumeRow $Words
  if ($null -eq $row) {
    Request-AssumeSwitch $Words
  } else {
    if ($row.Warning) { [Console]::Error.WriteLine('assume: warning: ' + $row.Warning) }
    Set-AssumeSwitch $row
    $global:LASTEXITCODE = 0
  }
}

# Calls the core and applies the one line that is for this module; all others go down the pipeline.
function Request-AssumeSwitch {
  [Diagnostics.DebuggerHidden()] param([string[]]$Words)
  $sentinel = [char]1 + 'assume:'
  $json = ''
  try {
    $env:ASSUME_SHELL = 'powershell'
    $env:ASSUME_CONTRACT = '4'
    Invoke-AssumeCore $Words | ForEach-Object {
      [Diagnostics.DebuggerHidden()] param()
      if ($_.StartsWith($sentinel, [StringComparison]::Ordinal)) { $json = $_.Substring($sentinel.Length) } else { $_ }
    }
  } finally {
    Remove-Item -LiteralPath Env:ASSUME_SHELL, Env:ASSUME_CONTRACT -ErrorAction Ignore
  }
  if ($global:LASTEXITCODE -eq 0 -and $json -ne '') { Set-AssumeSwitch (Read-AssumeMessage $json) }
}

# The switch that a line of the core says, as Set-AssumeSwitch takes it. Each string begins with =, without which
# ConvertFrom-Json would make a DateTime of a time.
function Read-AssumeMessage {
  [Diagnostics.DebuggerHidden()] param([string]$Json)
  $message = ConvertFrom-Json -InputObject $Json
  $targets = New-AssumeTable
  foreach ($pair in $message.set) { $targets[$pair[0].Substring(1)] = $pair[1].Substring(1) }
  foreach ($name in $message.unset) { $targets[$name.Substring(1)] = $null }
  $repeat = foreach ($word in $message.repeat) { $word.Substring(1) }
  return @{ Message = $message.message.Substring(1); Repeat = @($repeat); Targets = $targets }
}

# --- the profile index ---------------------------------------------------------------------------------------

# The core writes it for reading without a process; src/index/format.ts and row.ts say what is in it.
# These functions get by with a few methods, and without cmdlets and regular expressions: the first use of each in a
# session costs more than all the work. What is caught stays in the user's $Error.

$unit = [char]31
# 1970 in the ticks of .NET.
$epoch = 621355968000000000
$look = $null
$ownId = $null
# The sources of an index that begins with this line.
$expectedHead = $null
$expected = $null

# What Set-AssumeSwitch takes for a switch to one profile without options, with the Warning that is to be said before, and
# a note of the switch in the history. Nothing where the core has to decide.
function Find-AssumeRow([string[]]$Words) {
  if ($Words.Count -ne 1) { return }
  $name = $Words[0]
  if ($name.StartsWith('--profile=', [StringComparison]::Ordinal)) {
    $name = $name.Substring(10)
  } elseif ($name.StartsWith('-', [StringComparison]::Ordinal)) {
    return
  }
  try {
    $clock = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    # What an earlier switch set the core would not see.
    foreach ($path in 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'XDG_CONFIG_HOME') {
      if (" $env:ASSUME_VARS ".Contains(" $path ")) { return }
    }
    $index = Find-AssumeIndex
    if ($null -eq $index) { return }
    $row = Read-AssumeRow $index $name $clock
    if ($null -ne $row) { Add-AssumeUse $name $clock }
    return $row
  } catch {
    return
  }
}

# The index, if it is of this environment and this user, and its sources are the ones that they have to be, as they were:
# each has the time that is written there, as exactly as .NET knows it, and is the user's own, or is at the path where its
# links led; or it is still absent. Lines is the whole text, NamesAt the number of lines before the names, Folder that of
# the generation, Buckets the number of parts that the rows are in. What is root's is left to the core, and so are all
# modes.
function Find-AssumeIndex {
  [Diagnostics.DebuggerHidden()] param()
  if (-not $script:onWindows -and -not "$env:HOME".StartsWith('/')) { return }
  $cache = if ($script:onWindows) { "$env:LOCALAPPDATA/assume/cache" } else { (Find-AssumeFolder $env:XDG_CACHE_HOME '.cache') + '/assume' }
  if (-not [IO.Path]::IsPathRooted($cache)) { return }
  try {
    if (-not [IO.File]::Exists("$cache/index") -or -not (Test-AssumeOwn "$cache/index")) { return }
    $lines = [IO.File]::ReadAllLines("$cache/index")
    $paths = $env:HOME, $env:AWS_CONFIG_FILE, $env:AWS_SHARED_CREDENTIALS_FILE, $env:XDG_CONFIG_HOME
    $head = "assume-index 6$script:unit" + ($paths -join $script:unit)
    if ($lines[0] -cne $head) { return }
    $counts = $lines[1].Split($script:unit)
    $folder = "$cache/index-" + $counts[0]
    $end = 2 + [int]$counts[2]
    # Without its folder the index is not to be trusted: a source was just being written.
    if ($end -eq 2 -or -not [IO.Directory]::Exists($folder)) { return }
    if ($head -cne $script:expectedHead) {
      $script:expected = @(Get-AssumeSource)
      $script:expectedHead = $head
    }
    $expected = $script:expected
    if ($end -lt 2 + $expected.Count) { return }
    $own = [Collections.Generic.List[string]]::new()
    $own.Add($folder)
    for ($at = 2; $at -lt $end; $at++) {
      $source = $lines[$at].Split($script:unit)
      $path = $source[0]
      # .NET has a current folder of its own.
      if (-not [IO.Path]::IsPathRooted($path)) { return }
      # Behind those that it has to have come the files of plugins.
      if ($at -lt 2 + $expected.Count -and $path -cne $expected[$at - 2]) { return }
      if ($source[1] -ceq '-') {
        if ([IO.File]::Exists($path) -or [IO.Directory]::Exists($path)) { return }
        continue
      }
      if ($source[2] -ceq $path) { $own.Add($path) } elseif ($source[2] -cne (Resolve-AssumePath $path)) { return }
      $time = $source[1].PadLeft(3, '0')
      if ([IO.File]::GetLastWriteTimeUtc($source[2]).Ticks - $script:epoch -ne $time.Substring(0, $time.Length - 2)) { return }
    }
    if (-not (Test-AssumeOwn $own)) { return }
    return @{ Lines = $lines; NamesAt = $end; Folder = $folder; Buckets = [int]$counts[1] }
  } catch {
    return
  }
}

# The paths that every index begins with: config, credentials, settings and plugins. None on Windows, whose paths have more
# than one spelling.
function Get-AssumeSource {
  if ($script:onWindows) { return }
  $top = Remove-AssumeSlash $env:HOME
  foreach ($path in @($env:AWS_CONFIG_FILE, '~/.aws/config'), @($env:AWS_SHARED_CREDENTIALS_FILE, '~/.aws/credentials')) {
    $path = if ($path[0]) { $path[0] } else { $path[1] }
    if ($path.StartsWith('~/', [StringComparison]::Ordinal)) { $top + $path.Substring(1) } else { $path }
  }
  $folder = Remove-AssumeSlash (Find-AssumeFolder $env:XDG_CONFIG_HOME '.config')
  "$folder/assume/config"
  "$folder/assume/plugins"
}

function Remove-AssumeSlash([string]$Path) {
  if ($Path.EndsWith('/')) { return $Path.Substring(0, $Path.Length - 1) }
  return $Path
}

# Whether all of these are files and folders of the user's own: a link could lead to any of the user's, and a pipe would be
# waited for. PowerShell shows owners, but has no quick way to ask for one: this is how it asks the system itself, and where
# it is gone the core is asked.
function Test-AssumeOwn([string[]]$Paths) {
  if ($script:onWindows) { return $true }
  if ($null -eq $script:look) {
    $method = [Management.Automation.Platform].GetNestedType('Unix', 'NonPublic').GetMethod('GetLStat')
    $script:look = [Delegate]::CreateDelegate([Func[string, object]], $method)
  }
  foreach ($path in $Paths) {
    $stat = $script:look.Invoke($path)
    $kind = $stat.Mode -band 0xF000
    if ($kind -ne 0x8000 -and $kind -ne 0x4000) { return $false }
    if ($null -eq $script:ownId) {
      # A user without a name cannot be told from another one.
      $name = $stat.GetUserName()
      if (-not $name -or $name -cne [Environment]::UserName) { return $false }
      $script:ownId = $stat.UserId
    }
    if ($stat.UserId -ne $script:ownId) { return $false }
  }
  return $true
}

# The path with every link followed, also those of its folders. Before .NET 6 nothing reads a link: the text is then empty,
# and so it is where links lead to each other. On Windows only the spelling is made plain.
function Resolve-AssumePath([string]$Path) {
  if ($script:onWindows) { return [IO.Path]::GetFullPath($Path) }
  if (-not $script:followsLinks) { return '' }
  $resolved = ''
  $rest = $Path
  $links = 0
  while ($rest -cne '') {
    $name, $rest = $rest.Split([char]'/', 2)
    if ($null -eq $rest) { $rest = '' }
    if ($name -ceq '' -or $name -ceq '.') { continue }
    if ($name -ceq '..') {
      $resolved = $resolved.Substring(0, [Math]::Max(0, $resolved.LastIndexOf('/')))
      continue
    }
    $target = [IO.FileInfo]::new("$resolved/$name").LinkTarget
    if ($null -eq $target) {
      $resolved += "/$name"
      continue
    }
    $links++
    if ($links -gt 40) { return '' }
    if ($target.StartsWith('/')) { $resolved = '' }
    $rest = "$target/$rest"
  }
  return $resolved
}

# When a file was written, in the 100 nanoseconds of .NET, since 1970. .NET gives the time of a link itself, and only
# .NET 6 can follow it: before, a source that is a link looks changed.
function Get-AssumeWriteTime([string]$Path) {
  if ($script:followsLinks) {
    $target = [IO.File]::ResolveLinkTarget($Path, $true)
    if ($null -ne $target) { $Path = $target.FullName }
  }
  return [IO.File]::GetLastWriteTimeUtc($Path).Ticks - $script:epoch
}

# The switch to a profile, if the index has a row for it whose session is valid at a time in seconds since 1970.
function Read-AssumeRow {
  [Diagnostics.DebuggerHidden()] param([object]$Index, [string]$Name, [long]$Clock)
  $file = $Index.Folder + '/rows-' + (Select-AssumeBucket $Name $Index.Buckets)
  if (-not [IO.File]::Exists($file) -or -not (Test-AssumeOwn $file)) { return }
  $lines = [IO.File]::ReadAllLines($file)
  if ($lines[-1] -cne 'end') { return }
  foreach ($line in $lines) {
    if (-not $line.StartsWith($Name + $script:unit, [StringComparison]::Ordinal)) { continue }
    $row = $line.Split($script:unit)
    if ($row[4] -cne "AWS_PROFILE=$Name" -or -not (Test-AssumeSession $Index.Folder $row[1] $Clock)) { return }
    $targets = New-AssumeTable
    # The first line has what every row removes.
    foreach ($removed in $lines[0].Split($script:unit)) { $targets[$removed] = $null }
    for ($at = 4; $at -lt $row.Count; $at++) {
      $end = $row[$at].IndexOf('=')
      if ($end -lt 0) { $targets[$row[$at]] = $null } else { $targets[$row[$at].Substring(0, $end)] = $row[$at].Substring($end + 1) }
    }
    return @{ Warning = $row[3]; Message = $row[2]; Repeat = @("--profile=$Name"); Targets = $targets }
  }
}

# Which of the parts of the rows a name is in.
function Select-AssumeBucket([string]$Name, [int]$Count) {
  $sum = 0
  $position = 0
  foreach ($code in [Text.Encoding]::UTF8.GetBytes($Name)) {
    if ($code -lt 32 -or $code -gt 126) { return 'other' }
    $position++
    $sum += $position * $position * $code
  }
  return $sum % $Count
}

# Whether more than 15 minutes are left of the session in a line of the list, and its token is as it was: older than
# the list. 0 is for no session.
function Test-AssumeSession([string]$Folder, [string]$Line, [long]$Clock) {
  if ($Line -ceq '0') { return $true }
  $list = "$Folder/sessions"
  # PowerShell reads an empty text as 0, and counts from the end below 0.
  if ([int]$Line -lt 1 -or -not [IO.File]::Exists($list) -or -not (Test-AssumeOwn $list)) { return $false }
  $session = [IO.File]::ReadAllLines($list)[[int]$Line - 1].Split($script:unit)
  if (-not [IO.File]::Exists($session[0]) -or -not (Test-AssumeOwn $session[0])) { return $false }
  return [long]$session[1] - $Clock -gt 900 -and (Get-AssumeWriteTime $session[0]) -lt (Get-AssumeWriteTime $list)
}

# Adds a use to the history, which gives the picker its order. Without the file there is none.
function Add-AssumeUse([string]$Name, [long]$Clock) {
  $state = if ($script:onWindows) { "$env:LOCALAPPDATA/assume" } else { (Find-AssumeFolder $env:XDG_STATE_HOME '.local/state') + '/assume' }
  if (-not [IO.File]::Exists("$state/history") -or -not (Test-AssumeOwn "$state/history")) { return }
  try {
    # For reading too: to open a pipe for writing alone is to wait for its other end.
    $file = [IO.File]::Open("$state/history", 'Open', 'ReadWrite', 'ReadWrite')
    try {
      if (-not $file.CanSeek) { return }
      $line = [Text.Encoding]::UTF8.GetBytes("$Clock`t$Name`n")
      $null = $file.Seek(0, 'End')
      $file.Write($line, 0, $line.Length)
    } finally {
      $file.Dispose()
    }
  } catch { return }
}

# --- applying a switch ---------------------------------------------------------------------------------------

# Names that Test-AssumeName has found fit.
$usable = [Collections.Hashtable]::new([StringComparer]::Ordinal)

# Sets and removes the Targets of a switch (by name, the value or $null for what is removed), and puts back what an
# earlier switch changed and this one does not. Repeat is what `assume -` will be called with.
function Set-AssumeSwitch {
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
function Set-AssumeVariable {
  [Diagnostics.DebuggerHidden()] param([string]$Name, [object]$Value)
  # PowerShell would pass $null as an empty text, and cannot trace what is passed instead.
  if ($null -eq $Value) { $Value = [NullString]::Value }
  [Environment]::SetEnvironmentVariable($Name, $Value)
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
      if (-not $isSet) { $text += ', by hand' }
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
