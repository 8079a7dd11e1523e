# Runs the scripts that PowerShellHost names in $args[0], a pipe, each in a scope of its own and in its environment, and
# writes a line with the status of each to $args[1]. What a script leaves in the session is taken away again. An error
# that PowerShell would go on after ends a script here.
$keep = 'PSModulePath'
$variables = (Get-Variable -Scope Global).Name + 'variables', 'job', 'line', 'name', 'keep', 'requests', 'answers', 'folder', 'functions', 'prompt', 'status'
$functions = (Get-ChildItem Function:).Name
$prompt = $function:prompt
$folder = $env:PATH.Substring(0, $env:PATH.IndexOf([IO.Path]::PathSeparator) + 1)
$requests = [IO.StreamReader]::new([IO.FileStream]::new($args[0], 'Open', 'Read', 'ReadWrite'))
$answers = [IO.FileStream]::new($args[1], 'Open', 'Write', 'ReadWrite')
while ($null -ne ($line = $requests.ReadLine())) {
  $job = ConvertFrom-Json -AsHashtable $line
  foreach ($name in @([Environment]::GetEnvironmentVariables().Keys)) {
    if ($name -cne $keep) { [Environment]::SetEnvironmentVariable($name, [NullString]::Value) }
  }
  foreach ($name in $job.env.Keys) { Set-Item -LiteralPath "Env:$name" -Value $job.env[$name] }
  $env:PATH = $folder + $env:PATH
  Set-Variable -Name HOME -Value $job.env.HOME -Scope Global -Force
  (Get-PSProvider FileSystem).Home = $job.env.HOME
  Set-Location -LiteralPath $job.cwd
  [Environment]::CurrentDirectory = $job.cwd
  $global:LASTEXITCODE = 0
  $global:ended = $false
  try { & $job.script } catch { [Console]::Error.WriteLine(($_ | Out-String)) }
  [Console]::Out.Flush()
  $status = if ($global:ended) { 0 } elseif ($LASTEXITCODE -ne 0) { $LASTEXITCODE } else { 1 }
  Get-Module Assume | Remove-Module -Force
  Get-Variable -Scope Global | Where-Object { $_.Name -cnotin $variables } | Remove-Variable -Scope Global -Force -ErrorAction Ignore
  foreach ($name in (Get-ChildItem Function:).Name) { if ($name -cnotin $functions) { Remove-Item -LiteralPath "Function:$name" -Force } }
  $function:global:prompt = $prompt
  $Error.Clear()
  $answers.Write([Text.Encoding]::ASCII.GetBytes("$status`n"))
  $answers.Flush()
}
