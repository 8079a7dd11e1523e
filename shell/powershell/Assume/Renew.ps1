# Part of Assume.psm1, which reads it when assume is first called; what it defines belongs to the module.
# Functions and blocks whose variables hold values are hidden from the debugger: `Set-PSDebug -Trace 2` would show them.

# --- renewing keys -------------------------------------------------------------------------------------------

# At a prompt where the keys of the last switch are in force: asks the core for new ones if it is time, and else not again
# for five minutes, also where Ctrl-C ends this. What repeats the switch, and what the one before was, stays.
function script:Update-AssumeKeys {
  [Diagnostics.DebuggerHidden()] param()
  $state = $global:__AssumeState
  $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
  if ($now -lt $state['RenewAt'] -or $env:AWS_PROFILE -or -not $env:ASSUME_PROFILE) { return }
  if (-not $env:AWS_ACCESS_KEY_ID -or -not [string]::Equals($env:AWS_ACCESS_KEY_ID, $state.Key)) { return }
  $state['RenewAt'] = $now + 300
  $code = $global:LASTEXITCODE
  $repeat = $state.Now
  $back = $state.Back
  try {
    # The core asks nothing, and ends within three seconds: it knows by the key, which no variable of the user's has, what it
    # is called for.
    $env:ASSUME_RENEWAL = $state.Key
    Request-AssumeSwitch $repeat -Renews
  } catch {
    [Console]::Error.WriteLine("assume: no new keys: $($_.Exception.Message)")
  } finally {
    Remove-Item -LiteralPath Env:ASSUME_RENEWAL -ErrorAction Ignore
    $state.Now = $repeat
    $state.Back = $back
    $global:LASTEXITCODE = $code
  }
}
