# Completion of assume for PowerShell, read by Assume.psm1 on TAB. Starts no process.

$script:commandTable = & "$PSScriptRoot/Commands.ps1"

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
  $position = 0
  $takesOptions = $true
  $named = @($commands | Where-Object { $last -gt 1 -and $_.Name -ceq $Words[1] })
  if ($named.Count -gt 0) {
    $place.Command = $named[0]
    $index = 2
  }
  for (; $index -lt $last; $index++) {
    $word = $Words[$index]
    if ($takesOptions -and $word -ceq '--') {
      $takesOptions = $false
    } elseif ((Find-AssumePosition $place.Command $position) -ceq 'command') {
      break
    } elseif ($takesOptions -and $word -clike '-?*') {
      $kind = Find-AssumeFlag $place.Command $word
      if ($kind -ne '') { $index++ }
      # The value is the word that is being typed.
      if ($index -eq $last) {
        $place.Kind = $kind
        return $place
      }
    } else {
      $position++
    }
  }
  $word = $Words[$last]
  $place.Kind = Find-AssumePosition $place.Command $position
  if ($place.Kind -ceq 'command') {
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

# The kind of value that a flag takes; empty when it takes none or does not exist.
function Find-AssumeFlag([object]$Command, [string]$Name) {
  foreach ($flag in $Command.Flags) { if ($Name -cin $flag.Name, $flag.Short) { return $flag.Kind } }
  return ''
}

# The kind of a positional, counted from 0.
function Find-AssumePosition([object]$Command, [int]$Position) {
  if ($Position -lt $Command.Places.Count) { $Command.Places[$Position] } else { 'text' }
}

# --- the names of the profiles -------------------------------------------------------------------------------

# Rows NAME TAB DESCRIPTION from the profile index, or names alone, from the section headers of the AWS files, when it
# is stale.
function Read-AssumeProfile {
  $index = Find-AssumeIndex
  if ($null -ne $index) { return [Linq.Enumerable]::Skip([string[]]$index.Lines, $index.NamesAt) }
  $place = if ($env:HOME) { $env:HOME } else { "$env:USERPROFILE" }
  $plain = '(?<name>[A-Za-z0-9_./%@:+-]+)'
  $quoted = '(?<name>[^\]\p{Cc}\u2028-\u202e\u2066-\u2069]+)'
  $names = [Collections.Generic.List[string]]::new()
  foreach ($source in @(
      @($env:AWS_CONFIG_FILE, 'config', "(?<name>default)|profile[ \t]+(?:'$quoted'|""$quoted""|$plain)"),
      @($env:AWS_SHARED_CREDENTIALS_FILE, 'credentials', $plain)
    )) {
    $path = if ($source[0]) { $source[0] } else { "~/.aws/$($source[1])" }
    if ($path -cmatch '\A~[/\\]') {
      # Without a home that is a place only the core knows which one that is.
      if (-not [IO.Path]::IsPathRooted($place)) { continue }
      $path = $place + $path.Substring(1)
    }
    $header = "(?m)^\[[ \t]*(?:$($source[2]))[ \t]*\][ \t]*(?:[#;].*)?\r?$"
    foreach ($match in [regex]::Matches((Read-AssumeFile $path), $header)) { $names.Add($match.Groups['name'].Value) }
  }
  return [Linq.Enumerable]::Distinct($names)
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
    'flag' { $Place.Command.Flags | ForEach-Object { "$($_.Name)`t$($_.Text)" } }
    'region' { $table.Regions }
    '=*' { $Place.Kind.Substring(1).Split(',') }
    'profile' {
      if ($Count -eq 2 -and $Place.Lead -eq '') {
        $table.Commands | Where-Object { $_.Name -ne '' } | ForEach-Object { "$($_.Name)`t$($_.Text)" }
      }
      Read-AssumeProfile
    }
  }
}

# The candidates among the rows that continue the word, quoted where PowerShell would read them differently: its parser
# takes four typographic quotes for ' too.
function Select-AssumeChoice([string[]]$Rows, [string]$Lead, [string]$Typed, [bool]$IsQuoted) {
  foreach ($row in $Rows) {
    if (-not $row.StartsWith($Typed, [StringComparison]::OrdinalIgnoreCase)) { continue }
    $name, $text = $row.Split("`t", 2)
    if (-not $text) { $text = $name }
    $word = $Lead + $name
    if ($IsQuoted -or $word -cnotmatch '\A(--)?[A-Za-z0-9_./:+][A-Za-z0-9_./:+=%@-]*\z') {
      $word = "'" + ($word -replace "['\u2018-\u201b]", '$0$0') + "'"
    }
    [Management.Automation.CompletionResult]::new($word, $name, 'ParameterValue', $text)
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
  # An empty text for nothing: otherwise PowerShell would offer the names of files (PowerShell#18233, #27398).
  if ($null -eq $found) { '' } else { $found }
}
