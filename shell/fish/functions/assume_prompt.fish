# --- the prompt segment --------------------------------------------------------------------------------------

# Writes what is in force, for people who place it themselves: call it in fish_prompt. Starts no process.
function assume_prompt --description 'Show the AWS profile that is in force, for a prompt'
    set --local last $status
    set --local --unexport fish_trace
    set --query __assume_place; and __assume_look_at_prompt
    set --local text ''
    set --local colour cyan
    # Tools see what is exported.
    if set --query --export AWS_ACCESS_KEY_ID; and test -n "$AWS_ACCESS_KEY_ID"
        set text 'keys from elsewhere'
        test -n "$ASSUME_PROFILE"; and test "$AWS_ACCESS_KEY_ID" = "$__assume_key"; and set text "keys of $ASSUME_PROFILE"
    end
    if set --query --export AWS_PROFILE; and test -n "$AWS_PROFILE"
        if test -n "$text"
            # Tools disagree on which of the two wins.
            set text "$AWS_PROFILE, but $text"
            set colour red
        else
            set text "$AWS_PROFILE"
            if not string match --quiet '* AWS_PROFILE *' -- " $ASSUME_VARS "; or test "$AWS_PROFILE" != "$ASSUME_PROFILE"
                set text "$text, by hand"
            else if test "$__assume_layer[3]" = "$AWS_PROFILE"\x1f"$ASSUME_PROFILE"
                # A directory has chosen it.
                set text "$text ./"
            end
        end
    else if string match --quiet 'keys of *' -- $text
        set --local left (__assume_describe_left)
        set text "$ASSUME_PROFILE$left[1]"
        set --query left[2]; and set colour $left[2]
    end
    test -n "$text"; or return $last
    # U+F680-U+F69F is how fish keeps a byte 0x80-0x9f that is no part of a character.
    set --local hidden '[\x00-\x1f\x7f-\x9f\x{2028}\x{2029}\x{f680}-\x{f69f}]'
    # Only where there is one: a command substitution takes longer than all else here.
    string match --quiet --regex $hidden -- $text; and set text (string replace --all --regex $hidden '?' -- $text | string collect)
    if test -n "$NO_COLOR"; or test "$TERM" = dumb
        builtin printf '(%s) ' $text
        return $last
    end
    test "$ASSUME_STYLE" != protected; or set colour red
    builtin set_color $colour
    builtin printf '(%s) ' $text
    builtin set_color normal
    return $last
end

# How long the keys that a switch set are still good, and a colour where that is not long: yellow for a quarter of an
# hour, red for five minutes and when they are over.
function __assume_describe_left
    string match --quiet --regex '^[0-9]{1,12}$' -- "$ASSUME_EXPIRES_AT"; or return 0
    # The time without a process: when a file was changed, and how long ago that is.
    set --local now (math (path mtime /) + (path mtime --relative /))
    set --local left (math "$ASSUME_EXPIRES_AT - $now")
    if test $left -le 0
        echo ' expired'
    else if test $left -lt 60
        echo ' <1m'
    else if test $left -lt 3600
        echo " "(math --scale 0 $left / 60)m
    else
        echo " "(math --scale 0 $left / 3600)h(math --scale 0 "$left % 3600 / 60")m
    end
    if test $left -le 300
        echo red
    else if test $left -le 900
        echo yellow
    end
end
