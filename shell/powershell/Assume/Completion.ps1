# Completion of assume for PowerShell, read by Assume.psm1 on TAB. Starts no process.

$script:commandTable = & "$PSScriptRoot/Commands.ps1"
$script:flagTable = & "$PSScriptRoot/Flags.ps1"

# --- the words of the line -----------------------------------------------------------------------------------

# The words of a command up to the cursor, where the last one, which is being typed, is cut: Words without their quotes,
# Starts where each begins in the script. IsQuoted says whether the last has a quote, IsWord is false when it is
# something else (an array, a variable).
function Split-AssumeLine([object]$Ast, [int]$Cursor) {
  $line = @{ Words = @(); Starts = @(); IsQuoted = $false; IsWord = $true }
  $end = 0
  foreach ($element in $Ast.CommandElements) {
    $start = $element.Extent.StartOffset
    if ($start -ge $Cursor) { break }
    $end = $element.Extent.EndOffset
    $text = $element.Extent.Text
    $isText = $element -is [Management.Automation.Language.StringConstantExpressionAst]
    $isQuoted = $isText -and $element.StringConstantType -ne 'BareWord'
    if ($isText) { $text = $element.Value }
    if ($end -gt $Cursor) { $text = $text.Substring(0, [Math]::Min($text.Length, $Cursor - $start - [int]$isQuoted)) }
    if ($end -ge $Cursor) {
      $line.IsQuoted = $isQuoted
      $line.IsWord = $element -is [Management.Automation.Language.ConstantExpressionAst] -or
        ($element -is [Management.Automation.Language.CommandParameterAst] -and $null -eq $element.Argument)
    }
    $line.Words += $text
    $line.Starts += $start
  }
  if ($end -lt $Cursor) {
    $line.Words += ''
    $line.Starts += $Cursor
  }
  $line
}

# --- what can stand there ------------------------------------------------------------------------------------

# What the last word is: its Kind, Lead (what of it stands before the value, as in --region=), Command (the row of the
# table), and for the kind "command" First, the number of the word that is the command.
function Find-AssumePlace([string[]]$Words) {
  $commands = $script:commandTable.Commands
  $last = $Words.Count - 1
  $place = @{ Command = $commands[0]; Kind = ''; Lead = ''; First = 0 }
  $index = 1
  $position = 1
  $before = ''
  $takesOptions = $true
  $named = @($commands | Where-Object { $last -gt 1 -and $_.Name -ceq $Words[1] })
  if ($named.Count -gt 0) {
    $place.Command = $named[0]
    $index = 2
  }
  for (; $index -lt $last; $index++) {
    $word = $Words[$index]
    $isFlag = $takesOptions -and $word -clike '-?*'
    # Behind a word of ours all is the command's; where there was none, flags are ours up to its first word.
    if ((Find-AssumePosition $place.Command $position $before $takesOptions) -ceq 'command' -and ($before -ne '' -or -not $isFlag)) {
      if ($before -ne '' -and $word -ceq '--') { $index++ }
      break
    }
    if ($takesOptions -and $word -ceq '--') {
      $takesOptions = $false
    } elseif ($isFlag) {
      $name = $word.Split('=')[0]
      $kind = Find-AssumeFlag $place.Command $name
      # Whoever says the profile by a flag says it by no word.
      if ($kind -ceq 'profile') { $position = 2 }
      if ($kind -ne '' -and $word -cnotlike '--*=*') { $index++ }
      # The value is the word that is being typed.
      if ($index -eq $last) {
        $place.Kind = $kind
        return $place
      }
    } else {
      $position++
      $before += "/$word"
    }
  }
  $word = $Words[$last]
  $place.Kind = Find-AssumePosition $place.Command $position $before $takesOptions
  $isFlag = $takesOptions -and $before -eq '' -and $index -eq $last -and $word -clike '-*'
  if ($place.Kind -ceq 'command' -and -not $isFlag) {
    # From here on it is another command's line.
    $place.First = $index
  } elseif (-not $takesOptions -or $word -cnotlike '-*') {
    return $place
  } elseif ($word -clike '--*=*') {
    $place.Lead = $word.Substring(0, $word.IndexOf('=') + 1)
    $place.Kind = Find-AssumeFlag $place.Command $place.Lead.TrimEnd('=')
  } else {
    $place.Kind = 'flag'
  }
  $place
}

# The flags of a command, its own first.
function Get-AssumeFlag([object]$Command) {
  @($script:flagTable[$Command.Name]) + $script:flagTable['*']
}

# The kind of value that a flag takes; empty when it takes none or does not exist. Of several letters in one word it is the
# last that can have its value in the next, where those before it take none.
function Find-AssumeFlag([object]$Command, [string]$Name) {
  $flags = Get-AssumeFlag $Command
  while ($Name.Length -gt 2 -and $Name[1] -cne '-') {
    if (@($flags | Where-Object { $_.Short -ceq $Name.Substring(0, 2) -and $_.Kind -ceq '' }).Count -eq 0) { return '' }
    $Name = '-' + $Name.Substring(2)
  }
  foreach ($flag in $flags) { if ($Name -cin $flag.Name, $flag.Short) { return $flag.Kind } }
  return ''
}

# The kind of a positional, counted from 1, which may depend on the words before it, and for a command on a -- before it.
function Find-AssumePosition([object]$Command, [int]$Position, [string]$Before, [bool]$TakesOptions) {
  foreach ($key in "$Position$Before", "$Position", '+') {
    if (-not $Command.Places.ContainsKey($key)) { continue }
    $kind = $Command.Places[$key]
    if ($kind -ceq 'behind-dashes' -and -not $TakesOptions) { return 'command' }
    return $kind
  }
  return 'text'
}

# --- the names -----------------------------------------------------------------------------------------------

# Rows NAME TAB DESCRIPTION from the profile index, or names alone, from the section headers of the AWS files, when it
# is stale.
function Read-AssumeProfile {
  $index = Find-AssumeIndex
  if ($null -ne $index) { return [Linq.Enumerable]::Skip([IO.File]::ReadAllLines($script:indexFile), $index.NamesAt) }
  $names = [Collections.Generic.List[string]]::new()
  Find-AssumeHeader $names $env:AWS_CONFIG_FILE 'config' "(?<name>default)|profile[ \t]+(?:$script:sectionName)"
  Find-AssumeHeader $names $env:AWS_SHARED_CREDENTIALS_FILE 'credentials' $script:plainName
  return [Linq.Enumerable]::Distinct($names)
}

$script:plainName = '(?<name>[A-Za-z0-9_./%@:+-]+)'
$quotedName = '(?<name>[^\]\p{Cc}\u2028-\u202e\u2066-\u2069]+)'
$script:sectionName = "'$quotedName'|""$quotedName""|$script:plainName"

# Adds to the names those in the section headers of a file, else of that one below ~/.aws. The pattern is of what stands in
# the brackets.
function Find-AssumeHeader([Collections.Generic.List[string]]$Names, [string]$Path, [string]$File, [string]$Pattern) {
  $place = if ($env:HOME) { $env:HOME } else { "$env:USERPROFILE" }
  if (-not $Path) { $Path = "~/.aws/$File" }
  if ($Path -cmatch '\A~[/\\]') {
    # Without a home that is a place only the core knows which one that is.
    if (-not [IO.Path]::IsPathRooted($place)) { return }
    $Path = $place + $Path.Substring(1)
  }
  $header = "(?m)^\[[ \t]*(?:$Pattern)[ \t]*\][ \t]*(?:[#;].*)?\r?$"
  foreach ($match in [regex]::Matches((Read-AssumeFile $Path), $header)) { $Names.Add($match.Groups['name'].Value) }
}

# The sso-sessions, from beside the profile index or, when it is stale, from the section headers of the config file.
function Read-AssumeSession {
  $index = Find-AssumeIndex
  $list = if ($null -ne $index) { $index.Folder + '/session-names' }
  if ($list -and [IO.File]::Exists($list) -and (Test-AssumeOwn $list)) { return [IO.File]::ReadAllLines($list) }
  $names = [Collections.Generic.List[string]]::new()
  Find-AssumeHeader $names $env:AWS_CONFIG_FILE 'config' "sso-session[ \t]+(?:$script:sectionName)"
  return [Linq.Enumerable]::Distinct($names)
}

# The plugins: the built-in ones, those in the plugin folder, those in the settings.
function Find-AssumePlugin {
  $names = [Collections.Generic.List[string]]::new([string[]]$script:commandTable.Plugins)
  $null, $null, $settings, $folder = Get-AssumeSource
  if ([IO.Path]::IsPathRooted($folder) -and [IO.Directory]::Exists($folder)) {
    foreach ($path in [IO.Directory]::GetFileSystemEntries($folder)) {
      $name = [IO.Path]::GetFileName($path)
      if ($name -clike '*.d.ts' -or $name -ceq 'node_modules') { continue }
      if ($name -cmatch '\A(?:assume-plugin-(?<name>[^.]+)(?:\.(?:exe|cmd|bat))?|(?<name>[^.]+)\.[mc]?[jt]s)\z') {
        $names.Add($Matches['name'])
      } elseif ([IO.File]::Exists("$path/package.json")) {
        $names.Add($name)
      }
    }
  }
  if ([IO.Path]::IsPathRooted($settings)) {
    $titles = [regex]::Matches((Read-AssumeFile $settings), '(?m)^\[plugin\s+(?<name>[^\]\s]+)')
    foreach ($match in $titles) { $names.Add($match.Groups['name'].Value) }
  }
  [Linq.Enumerable]::Distinct($names) | Where-Object { $_ -cmatch '\A[a-z][a-z0-9-]*\z' }
}

# Whether there is something to read in a file, without waiting for it: a pipe or a device has no length.
function Test-AssumeFile([string]$Path) {
  if (-not [IO.File]::Exists($Path)) { return $false }
  if ($script:onWindows) { return $true }
  if ($script:followsLinks) {
    $target = [IO.File]::ResolveLinkTarget($Path, $true)
    if ($null -ne $target) { $Path = $target.FullName }
  }
  return [IO.FileInfo]::new($Path).Length -gt 0
}

# The text of a file; empty when there is none or it cannot be read. What is caught stays in the user's $Error.
function Read-AssumeFile([string]$Path) {
  try { if (Test-AssumeFile $Path) { [IO.File]::ReadAllText($Path) } else { '' } } catch { '' }
}

# --- the answer ----------------------------------------------------------------------------------------------

# The rows TEXT TAB DESCRIPTION that can stand at a place.
function Get-AssumeChoice([hashtable]$Place, [int]$Count) {
  $table = $script:commandTable
  switch -CaseSensitive -Wildcard ($Place.Kind) {
    'flag' { Get-AssumeFlag $Place.Command | ForEach-Object { "$($_.Name)`t$($_.Text)" } }
    'service' { & "$PSScriptRoot/Services.ps1" | ForEach-Object { "$($_.Name)`t$($_.Text)" } }
    'region' { $table.Regions }
    '=*' { $Place.Kind.Substring(1).Split(',') }
    'session' { Read-AssumeSession }
    'session-or-profile' {
      $profiles = @(Read-AssumeProfile)
      $names = @($profiles | ForEach-Object { $_.Split("`t")[0] })
      Read-AssumeSession | Where-Object { $_ -cnotin $names }
      $profiles
    }
    'plugin' { Find-AssumePlugin }
    'profile' {
      Read-AssumeProfile
      if ($Count -eq 2 -and $Place.Lead -eq '') {
        $table.Commands | Where-Object { $_.Name -ne '' } | ForEach-Object { "$($_.Name)`t$($_.Text)" }
      }
    }
  }
}

# The candidates among the rows that continue the word, quoted where PowerShell would read them differently: its parser
# takes four typographic quotes for ' too.
function Select-AssumeChoice([string[]]$Rows, [string]$Lead, [string]$Typed, [bool]$IsQuoted) {
  # By its name this would be looked up for each row, as would be what -match found.
  $type = [Management.Automation.CompletionResultType]::ParameterValue
  foreach ($row in $Rows) {
    if (-not $row.StartsWith($Typed, [StringComparison]::OrdinalIgnoreCase)) { continue }
    $name, $text = $row.Split("`t", 2)
    if (-not $text) { $text = $name }
    $word = $Lead + $name
    if ($IsQuoted -or -not [regex]::IsMatch($word, '\A(--)?[A-Za-z0-9_./:+][A-Za-z0-9_./:+=%@-]*\z')) {
      $word = "'" + ($word -replace "['\u2018-\u201b]", '$0$0') + "'"
    }
    [Management.Automation.CompletionResult]::new($word, $name, $type, $text)
  }
}

# What follows `exec PROFILE`, completed as if it were typed alone. The part of the line that PowerShell will replace
# is the same in both.
function Complete-AssumeCommand([object]$Ast, [int]$Cursor, [int]$Start) {
  $rest = $Ast.Extent.StartScriptPosition.GetFullScript().Substring($Start, $Cursor - $Start)
  [Management.Automation.CommandCompletion]::CompleteInput($rest, $rest.Length, $null).CompletionMatches
}

function Complete-AssumeLine([object]$Ast, [int]$Cursor) {
  $line = Split-AssumeLine $Ast $Cursor
  $place = Find-AssumePlace $line.Words
  $found = if ($place.Kind -ceq 'command') {
    Complete-AssumeCommand $Ast $Cursor $line.Starts[$place.First]
  } elseif ($line.IsWord) {
    $typed = $line.Words[-1].Substring($place.Lead.Length)
    Select-AssumeChoice @(Get-AssumeChoice $place $line.Words.Count) $place.Lead $typed $line.IsQuoted
  }
  # PowerShell's own completion knows the names of files.
  if ($place.Kind -ceq 'file' -and $line.IsWord) { return }
  # An empty text for nothing: otherwise PowerShell would offer the names of files (PowerShell#18233, #27398).
  if ($null -eq $found) { '' } else { $found }
}
