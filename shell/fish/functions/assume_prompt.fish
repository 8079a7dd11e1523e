# --- the prompt segment --------------------------------------------------------------------------------------

# Writes what is in force, for people who place it themselves: call it in fish_prompt. Starts no process.
function assume_prompt --description 'Show the AWS profile that is in force, for a prompt'
    set --local last $status
    set --local fish_trace
    set --local text ''
    if test -n "$AWS_PROFILE"
        set text "$AWS_PROFILE"
        test -z "$ASSUME_PROFILE"; or test "$ASSUME_PROFILE" = "$AWS_PROFILE"; or set text "$text, by hand"
    else if test -n "$AWS_ACCESS_KEY_ID"
        set text 'keys from elsewhere'
        test "$AWS_ACCESS_KEY_ID" != "$__assume_key"; or set text "$ASSUME_PROFILE"
    end
    test -n "$text"; or return $last
    # U+F680-U+F69F is how fish keeps a byte 0x80-0x9f that is no part of a character.
    set text (string replace --all --regex '[\x00-\x1f\x7f-\x9f\x{2028}\x{2029}\x{f680}-\x{f69f}]' '?' -- $text | string collect)
    if test -n "$NO_COLOR"; or test "$TERM" = dumb
        builtin printf '(%s) ' $text
        return $last
    end
    set --local colour cyan
    test "$ASSUME_STYLE" != protected; or set colour red
    builtin set_color $colour
    builtin printf '(%s) ' $text
    builtin set_color normal
    return $last
end
