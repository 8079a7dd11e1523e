# Completion of assume for PowerShell, read by Assume.psm1 on the first TAB. Starts no process.

$script:commandTable = & "$PSScriptRoot/Commands.ps1"

# --- the words of the line -----------------------------------------------------------------------------------

# The elements of the command up to the cursor with the last one cut there: Words as the command would get them, Starts
# where each begins in the script. The last word is the one that is being typed; Quoted says whether it has a quote
# open, and Whole is false when it is more than a word (an array, a variable).
function Split-AssumeLine([object]$Ast, [int]$Cursor) {
  $line = @{ Words = @(); Starts = @(); IsQuoted = $false; IsWhole = $true }
  foreach ($element in $Ast.CommandElements) {
    $start = $element.Extent.StartOffset
    if ($start -ge $Cursor) { break }
    $text = $element.Extent.Text
    $isText = $element -is [Management.Automation.Language.StringConstantExpressionAst]
    if ($element.Extent.EndOffset -ge $Cursor) {
      $text = $text.Substring(0, $Cursor - $start)
      $line.IsWhole = $isText -or $element -is [Management.Automation.Language.ConstantExpressionAst] -or
        ($element -is [Management.Automation.Language.CommandParameterAst] -and $null -eq $element.Argument)
    }
    if ($isText) {
      $line.IsQuoted = $element.StringConstantType -ne 'BareWord' -and $element.Extent.EndOffset -ge $Cursor
      $length = $text.Length
      $text = $element.Value
      if ($element.Extent.EndOffset -gt $Cursor) { $text = $text.Substring(0, [Math]::Min($text.Length, $length - [int]$line.IsQuoted)) }
    }
    $line.Words += $text
    $line.Starts += $start
  }
  if ($Ast.CommandElements[$line.Words.Count - 1].Extent.EndOffset -lt $Cursor) {
    $line.Words += ''
    $line.Starts += $Cursor
  }
  $line
}

# --- what can stand there ------------------------------------------------------------------------------------

# What the last word is: Kind, Lead (what stands before the value, as in --region=), Command (the row of the table)
# and, for the kind "command", First: the number of the word that is the command.
function Find-AssumePlace([string[]]$Words) {
  $last = $Words.Count - 1
  $place = @{ Command = $script:commandTable.Commands[0]; Kind = ''; Lead = ''; First = 0 }
  $index = 1
  $position = 0
  $takesOptions = $true
  if ($last -gt 1) {
    foreach ($row in $script:commandTable.Commands) {
      if ($row.Name -ceq $Words[1]) {
        $place.Command = $row
        $index = 2
      }
    }
  }
  for (; $index -lt $last; $index++) {
    $word = $Words[$index]
    if ($takesOptions -and $word -ceq '--') {
      $takesOptions = $false
    } elseif ($takesOptions -and $word.Length -gt 1 -and $word[0] -eq '-') {
      $kind = Find-AssumeFlag $place.Command $word
      if ($kind -and ++$index -eq $last) {
        $place.Kind = $kind
        return $place
      }
    } else {
      if ((Find-AssumePosition $place.Command $position) -ceq 'command') { break }
      $position++
    }
  }
  $word = $Words[$last]
  if ($index -eq $last -and $takesOptions -and $word -clike '--*=*') {
    $place.Lead = $word.Substring(0, $word.IndexOf('=') + 1)
    $place.Kind = Find-AssumeFlag $place.Command $place.Lead.TrimEnd('=')
  } elseif ($index -eq $last -and $takesOptions -and $word -clike '-?*') {
    $place.Kind = 'flag'
  } else {
    $place.Kind = Find-AssumePosition $place.Command $position
    $place.First = $index
  }
  $place
}

# The kind of value that a flag takes; empty for one that takes none or does not exist.
function Find-AssumeFlag([object]$Command, [string]$Name) {
  foreach ($flag in $Command.Flags) { if ($flag.Name -ceq $Name -or $flag.Short -ceq $Name) { return $flag.Kind } }
  return ''
}

# The kind of a positional, counted from 0; "command" goes on to the end of the line.
function Find-AssumePosition([object]$Command, [int]$Position) {
  $kinds = $Command.Places
  if ($Position -lt $kinds.Count) { return $kinds[$Position] }
  if ($kinds.Count -gt 0 -and $kinds[-1] -ceq 'command') { return 'command' }
  return 'text'
}

# --- the names of the profiles -------------------------------------------------------------------------------

# Rows NAME TAB DESCRIPTION from the profile index, or names from the section headers of the AWS files when it is stale.
function Read-AssumeProfile {
  $home_ = if ($env:HOME) { $env:HOME } else { "$env:USERPROFILE" }
  $cache = if ($script:onWindows) { "$env:LOCALAPPDATA/assume/cache" } elseif ("$env:XDG_CACHE_HOME".StartsWith('/')) { "$env:XDG_CACHE_HOME/assume" } else { "$home_/.cache/assume" }
}
