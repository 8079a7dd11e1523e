# Part of Assume.psm1, which reads it when assume is first called; what it defines belongs to the module.
# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# --- the profile index ---------------------------------------------------------------------------------------

# The core writes it for reading without a process; src/index/format.ts and row.ts say what is in it.
# These functions get by with a few methods, and without cmdlets and regular expressions: the first use of each in a
# session costs more than all the work. To call a function costs as much as a hundred of its lines, and $env: as thirty
# methods: so they are few, long and without it. What is caught stays in the user's $Error.

$script:unit = [char]31
# 1970 in the ticks of .NET.
$script:epoch = 621355968000000000
$script:look = $null
$script:ownId = $null
# Where the index and the history are, and the variables that say so.
$script:places = $null
$script:indexFile = $null
$script:history = $null
# The index that was read last, by the lines before its names; what every row of some bucket removes, by that line.
$script:knownIndex = @{ Head = $null }
$script:removedLine = $null
$script:removed = $null
# What Test-AssumeName said of the names that rows set.
$script:isUsable = New-AssumeTable

# What Set-AssumeSwitch takes for a switch to one profile without options, with its Name and the Warning that is to be said
# before. Nothing where the core has to decide. With AnySession it need not be valid; Session is its line in the file Sessions, or 0.
function script:Find-AssumeRow([string[]]$Words, [switch]$AnySession) {
  if ($Words.Count -ne 1) { return }
  $name = $Words[0]
  if ($name.StartsWith('--profile=', [StringComparison]::Ordinal)) {
    $name = $name.Substring(10)
  } elseif ($name.StartsWith('-', [StringComparison]::Ordinal)) {
    return
  }
  try {
    # What an earlier switch set the core would not see.
    $set = ' ' + [Environment]::GetEnvironmentVariable('ASSUME_VARS') + ' '
    if ($set.Contains(' AWS_CONFIG_FILE ') -or $set.Contains(' AWS_SHARED_CREDENTIALS_FILE ') -or $set.Contains(' XDG_CONFIG_HOME ')) { return }
    $index = Find-AssumeIndex
    if ($null -eq $index) { return }
    return Read-AssumeRow $index $name $AnySession
  } catch {
    return
  }
}

# Works out where the index and the history are: nowhere where only the core knows it.
function script:Find-AssumeFile {
  $script:indexFile = $script:history = $null
  $script:knownIndex = @{ Head = $null }
  if ($script:onWindows) {
    $cache = "$env:LOCALAPPDATA/assume/cache"
    $state = "$env:LOCALAPPDATA/assume"
  } else {
    $cache = (Find-AssumeFolder $env:XDG_CACHE_HOME '.cache') + '/assume'
    $state = (Find-AssumeFolder $env:XDG_STATE_HOME '.local/state') + '/assume'
    if (-not "$env:HOME".StartsWith('/')) { $cache = '' }
  }
  if ([IO.Path]::IsPathRooted($cache)) { $script:indexFile = "$cache/index" }
  $script:history = "$state/history"
}

# The index, if it is of this environment and this user, and its sources are the ones that they have to be, as they were:
# each has the time that is written there, as exactly as .NET knows it, and is the user's own, or is at the path where its
# links led; or it is still absent. Head is the lines before the names, NamesAt their number, Folder that of the
# generation, Buckets the number of parts that the rows are in. What is root's is left to the core, and so are all modes.
function script:Find-AssumeIndex {
  [Diagnostics.DebuggerHidden()] param()
  $unit = $script:unit
  $homeFolder = [Environment]::GetEnvironmentVariable('HOME')
  $places = $homeFolder, [Environment]::GetEnvironmentVariable('XDG_CACHE_HOME'), [Environment]::GetEnvironmentVariable('XDG_STATE_HOME') -join $unit
  if (-not [string]::Equals($places, $script:places)) {
    Find-AssumeFile
    $script:places = $places
  }
  $file = $script:indexFile
  if ($null -eq $file) { return }
  try {
    if (-not [IO.File]::Exists($file) -or -not (Test-AssumeOwn $file)) { return }
    $head = "assume-index 6$unit$homeFolder$unit" + [Environment]::GetEnvironmentVariable('AWS_CONFIG_FILE') + $unit +
      [Environment]::GetEnvironmentVariable('AWS_SHARED_CREDENTIALS_FILE') + $unit + [Environment]::GetEnvironmentVariable('XDG_CONFIG_HOME')
    $reader = [IO.StreamReader]::new($file)
    try {
      if (-not [string]::Equals($reader.ReadLine(), $head)) { return }
      $line = $reader.ReadLine()
      $head += "`n$line"
      for ($left = [int]$line.Substring($line.LastIndexOf($unit) + 1); $left -gt 0; $left--) { $head += "`n" + $reader.ReadLine() }
    } finally {
      $reader.Dispose()
    }
    $index = $script:knownIndex
    if (-not [string]::Equals($head, $index.Head)) {
      $index = Read-AssumeHead $head
      if ($null -eq $index) { return }
      $script:knownIndex = $index
    }
    # Without its folder the index is not to be trusted: a source was just being written.
    if (-not [IO.Directory]::Exists($index.Folder)) { return }
    foreach ($path in $index.Absent) { if ([IO.File]::Exists($path) -or [IO.Directory]::Exists($path)) { return } }
    foreach ($source in $index.Linked) { if ($source[1] -cne (Resolve-AssumePath $source[0])) { return } }
    foreach ($source in $index.Times) { if ([IO.File]::GetLastWriteTimeUtc($source[0]).Ticks -ne $source[1]) { return } }
    if (Test-AssumeOwn $index.Own) { return $index }
  } catch {
    return
  }
}

# What the lines before the names say: which paths have to be Absent, which have to lead where (Linked), which have which
# time of .NET (Times), which have to be the user's Own.
function script:Read-AssumeHead([string]$Head) {
  $lines = $Head.Split([char]10)
  $generation, $buckets, $count = $lines[1].Split($script:unit)
  $expected = @(Get-AssumeSource)
  if ([int]$count -lt [Math]::Max(1, $expected.Count)) { return }
  $index = @{
    Head = $Head
    NamesAt = 2 + [int]$count
    Folder = $script:indexFile + "-$generation"
    Buckets = [int]$buckets
    Absent = [Collections.Generic.List[string]]::new()
    Linked = [Collections.Generic.List[object]]::new()
    Times = [Collections.Generic.List[object]]::new()
    Own = [Collections.Generic.List[string]]::new()
  }
  $index.Own.Add($index.Folder)
  for ($at = 0; $at -lt [int]$count; $at++) {
    $path, $time, $target = $lines[$at + 2].Split($script:unit)
    # .NET has a current folder of its own.
    if (-not [IO.Path]::IsPathRooted($path)) { return }
    # Behind those that it has to have come the files of plugins.
    if ($at -lt $expected.Count -and $path -cne $expected[$at]) { return }
    if ($time -ceq '-') {
      $index.Absent.Add($path)
      continue
    }
    $target = @($target)[0]
    if ($target -ceq $path) { $index.Own.Add($path) } else { $index.Linked.Add(@($path, $target)) }
    $time = $time.PadLeft(3, '0')
    $index.Times.Add(@($target, ($script:epoch + [long]$time.Substring(0, $time.Length - 2))))
  }
  return $index
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

# The switch to a profile, if the index has a row for it whose session is valid.
function script:Read-AssumeRow {
  [Diagnostics.DebuggerHidden()] param([hashtable]$Index, [string]$Name, [bool]$AnySession)
  $file = $Index.Folder + '/rows-' + (Select-AssumeBucket $Name $Index.Buckets)
  $list = $Index.Folder + '/sessions'
  if (-not [IO.File]::Exists($file)) { return }
  $hasList = [IO.File]::Exists($list)
  if (-not (Test-AssumeOwn $(if ($hasList) { $file, $list } else { $file }))) { return }
  $text = [IO.File]::ReadAllText($file)
  $start = $text.IndexOf("`n$Name$script:unit", [StringComparison]::Ordinal) + 1
  if ($start -eq 0 -or -not $text.EndsWith("`nend`n", [StringComparison]::Ordinal)) { return }
  $row = $text.Substring($start, $text.IndexOf([char]10, $start) - $start).Split($script:unit)
  if ($row[4] -cne "AWS_PROFILE=$Name") { return }
  # The number of a session in the list, or 0. PowerShell reads an empty text as 0, and counts from the end below 0.
  if ($row[1] -cne '0' -and ([int]$row[1] -lt 1 -or -not $hasList)) { return }
  if ($row[1] -cne '0' -and -not $AnySession) {
    $token, $end = [IO.File]::ReadAllLines($list)[[int]$row[1] - 1].Split($script:unit)
    if ([long]$end - [DateTimeOffset]::UtcNow.ToUnixTimeSeconds() -le 900) { return }
    # Its token is as it was when it is older than the list. Only on Windows can it be a link here.
    if (-not [IO.File]::Exists($token) -or -not (Test-AssumeOwn $token)) { return }
    $time = if ($script:onWindows) { Get-AssumeWriteTime $token } else { [IO.File]::GetLastWriteTimeUtc($token).Ticks }
    if ($time -ge [IO.File]::GetLastWriteTimeUtc($list).Ticks) { return }
  }
  # The first line has what every row removes.
  $line = $text.Substring(0, $text.IndexOf([char]10))
  if (-not [string]::Equals($line, $script:removedLine)) {
    $script:removed = New-AssumeTable
    foreach ($field in $line.Split($script:unit)) { if (Test-AssumeName $field) { $script:removed[$field] = $null } }
    $script:removedLine = $line
  }
  $targets = $script:removed.Clone()
  # Most rows set the same names.
  $isUsable = $script:isUsable
  for ($at = 4; $at -lt $row.Length; $at++) {
    $field = $row[$at]
    $end = $field.IndexOf([char]'=')
    $variable = if ($end -lt 0) { $field } else { $field.Substring(0, $end) }
    if (-not $isUsable.ContainsKey($variable)) { $isUsable[$variable] = Test-AssumeName $variable }
    if ($isUsable[$variable]) { $targets[$variable] = if ($end -ge 0) { $field.Substring($end + 1) } }
  }
  return @{ Name = $Name; Warning = $row[3]; Message = $row[2]; Repeat = @("--profile=$Name"); Targets = $targets; Session = $row[1]; Sessions = $list }
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

# When a file was written, in the ticks of .NET. .NET gives the time of a link itself, and only .NET 6 can follow it: before,
# what is a link looks changed.
function script:Get-AssumeWriteTime([string]$Path) {
  if ($script:followsLinks) {
    $target = [IO.File]::ResolveLinkTarget($Path, $true)
    if ($null -ne $target) { $Path = $target.FullName }
  }
  return [IO.File]::GetLastWriteTimeUtc($Path).Ticks
}

# Adds a use to the history, which is there, and gives the picker its order.
function script:Add-AssumeUse([string]$Name) {
  $history = $script:history
  if (-not (Test-AssumeOwn $history)) { return }
  try {
    $clock = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    # For reading too: to open a pipe for writing alone is to wait for its other end.
    $file = [IO.File]::Open($history, 'Open', 'ReadWrite', 'ReadWrite')
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
