# Part of Assume.psm1, which reads it when assume is first called, and when TAB first needs it; what it defines belongs to the module.
# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# --- the profile index ---------------------------------------------------------------------------------------

# The core writes it for reading without a process; src/index/format.ts and row.ts say what is in it.
# These functions get by with a few methods, and without cmdlets and regular expressions: the first use of each in a
# session costs more than all the work. What is caught stays in the user's $Error.

$script:unit = [char]31
# 1970 in the ticks of .NET.
$script:epoch = 621355968000000000
$script:look = $null
$script:ownId = $null
# The sources of an index that begins with this line.
$script:expectedHead = $null
$script:expected = $null

# What Set-AssumeSwitch takes for a switch to one profile without options, with its Name and the Warning that is to be said
# before. Nothing where the core has to decide.
function script:Find-AssumeRow([string[]]$Words) {
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
    return Read-AssumeRow $index $name $clock
  } catch {
    return
  }
}

# The index, if it is of this environment and this user, and its sources are the ones that they have to be, as they were:
# each has the time that is written there, as exactly as .NET knows it, and is the user's own, or is at the path where its
# links led; or it is still absent. Lines is the whole text, NamesAt the number of lines before the names, Folder that of
# the generation, Buckets the number of parts that the rows are in. What is root's is left to the core, and so are all
# modes.
function script:Find-AssumeIndex {
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
function script:Get-AssumeSource {
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

function script:Remove-AssumeSlash([string]$Path) {
  if ($Path.EndsWith('/')) { return $Path.Substring(0, $Path.Length - 1) }
  return $Path
}

# Whether all of these are files and folders of the user's own: a link could lead to any of the user's, and a pipe would be
# waited for. PowerShell shows owners, but has no quick way to ask for one: this is how it asks the system itself, and where
# it is gone the core is asked.
function script:Test-AssumeOwn([string[]]$Paths) {
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
function script:Resolve-AssumePath([string]$Path) {
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
function script:Get-AssumeWriteTime([string]$Path) {
  if ($script:followsLinks) {
    $target = [IO.File]::ResolveLinkTarget($Path, $true)
    if ($null -ne $target) { $Path = $target.FullName }
  }
  return [IO.File]::GetLastWriteTimeUtc($Path).Ticks - $script:epoch
}

# The switch to a profile, if the index has a row for it whose session is valid at a time in seconds since 1970.
function script:Read-AssumeRow {
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
    return @{ Name = $Name; Warning = $row[3]; Message = $row[2]; Repeat = @("--profile=$Name"); Targets = $targets }
  }
}

# Which of the parts of the rows a name is in.
function script:Select-AssumeBucket([string]$Name, [int]$Count) {
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
function script:Test-AssumeSession([string]$Folder, [string]$Line, [long]$Clock) {
  if ($Line -ceq '0') { return $true }
  $list = "$Folder/sessions"
  # PowerShell reads an empty text as 0, and counts from the end below 0.
  if ([int]$Line -lt 1 -or -not [IO.File]::Exists($list) -or -not (Test-AssumeOwn $list)) { return $false }
  $session = [IO.File]::ReadAllLines($list)[[int]$Line - 1].Split($script:unit)
  if (-not [IO.File]::Exists($session[0]) -or -not (Test-AssumeOwn $session[0])) { return $false }
  return [long]$session[1] - $Clock -gt 900 -and (Get-AssumeWriteTime $session[0]) -lt (Get-AssumeWriteTime $list)
}

# Adds a use to the history, which gives the picker its order. Without the file there is none.
function script:Add-AssumeUse([string]$Name) {
  $clock = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
  $state = if ($script:onWindows) { "$env:LOCALAPPDATA/assume" } else { (Find-AssumeFolder $env:XDG_STATE_HOME '.local/state') + '/assume' }
  if (-not [IO.File]::Exists("$state/history") -or -not (Test-AssumeOwn "$state/history")) { return }
  try {
    # For reading too: to open a pipe for writing alone is to wait for its other end.
    $file = [IO.File]::Open("$state/history", 'Open', 'ReadWrite', 'ReadWrite')
    try {
      if (-not $file.CanSeek) { return }
      $line = [Text.Encoding]::UTF8.GetBytes("$clock`t$Name`n")
      $null = $file.Seek(0, 'End')
      $file.Write($line, 0, $line.Length)
    } finally {
      $file.Dispose()
    }
  } catch { return }
}
