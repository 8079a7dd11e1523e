# --- the profile index ---------------------------------------------------------------------------------------

# The core writes it for reading without a process; src/index/format.ts and row.ts say what is in it.
# __assume_find_index is in a file of its own: TAB needs it before any of this is loaded.

# A command substitution costs as much as ten other commands, so that what is found is put into variables of the caller.

# For the profile that the only word says without an option, sets __assume_profile to its name, __assume_message,
# __assume_warning, and __assume_names and __assume_values as __assume_change takes them. Fails where the core has to decide.
function __assume_find_row --no-scope-shadowing
    __assume_look_up_row $argv; or return 1
    test "$__assume_session" = 0; or __assume_is_valid $__assume_index[2]/sessions
end

# The same, be its session valid or not; __assume_session is the line of it in the list, or 0.
function __assume_look_up_row --no-scope-shadowing
    set --query argv[2]; and return 1
    string match --quiet --regex '^(?:--profile=|(?!-))(?!.*\\\\E)(?<__assume_profile>[^\x00-\x1f\x7f]+)\z' -- "$argv"; or return 1
    set --query --export HOME; or return 1
    test -z "$AWS_CONFIG_FILE$AWS_SHARED_CREDENTIALS_FILE$XDG_CONFIG_HOME"; or __assume_are_seen; or return 1
    __assume_find_index; or return 1
    string match --quiet --regex "\x1f\Q$__assume_profile\E\x1f(?<__assume_bucket>\w+)\x1f" -- "$__assume_buckets"; or __assume_choose_bucket; or return 1
    __assume_read_row $__assume_index[2]/rows-$__assume_bucket
end

# Whether the core would see the variables that the index is chosen by: exported ones that no switch has set.
function __assume_are_seen
    for path in AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE XDG_CONFIG_HOME
        test -z "$$path"; or set --query --export $path; or return 1
    end
    not string match --quiet --regex ' (?:AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|XDG_CONFIG_HOME) ' " $ASSUME_VARS "
end

# What printf makes a sum of with the characters of a name: the code of each times the square of its position. It grows
# with the longest name; __assume_reach is the position behind it.
set --global --unexport __assume_terms ''
set --global --unexport __assume_reach 1

# Sets __assume_bucket to which of the parts of the rows the profile is in, and keeps it in __assume_buckets.
function __assume_choose_bucket --no-scope-shadowing
    set __assume_bucket other
    if string match --quiet --regex '^[\x20-\x7e]+\z' -- $__assume_profile
        set --local characters
        string match --quiet --regex --all '(?<characters>.)' -- $__assume_profile
        while set --query characters[$__assume_reach]
            set __assume_terms "$__assume_terms%d * $__assume_reach ^ 2 + "
            builtin math $__assume_reach + 1 | read --global __assume_reach
        end
        builtin printf "($__assume_terms 0) %% $__assume_index[3]" \'$characters | builtin math | read __assume_bucket; or return 1
    end
    set __assume_buckets "$__assume_buckets"\x1f$__assume_profile\x1f$__assume_bucket\x1f
end

# Sets __assume_session, __assume_message, __assume_warning, __assume_names and __assume_values to what the part $argv[1] of
# the rows has for the profile, and for every row.
function __assume_read_row --no-scope-shadowing
    test -f $argv[1] -a -O $argv[1] -a ! -L $argv[1]; or return 1
    # The row, the first line, which is what every row removes, and the last line.
    set --local head "^\Q$__assume_profile\E\x1f(?<__assume_session>0|[1-9][0-9]{0,5})\x1f(?<__assume_message>[^\x1f]*)\x1f(?<__assume_warning>[^\x1f]*)\x1f"
    string match --quiet --regex "$head(?<__assume_row>.*)\z" <$argv[1]; or return 1
    string match --quiet --regex '^(?<__assume_common>[A-Za-z0-9_\x1f]*)\z' <$argv[1]; and string match --quiet end <$argv[1]; or return 1
    string match --quiet --regex --all '(?<__assume_names>[^\x1f=]*=?)(?<__assume_values>[^\x1f]*)\x1f' -- $__assume_row$__assume_common
    test "$__assume_names[1]$__assume_values[1]" = "AWS_PROFILE=$__assume_profile"
end

# Whether more than 15 minutes are left of the session in line $__assume_session of the list $argv[1], and its token is as it
# was: older than the list.
function __assume_is_valid --no-scope-shadowing
    read --null --local --list --delimiter \n sessions <$argv[1]
    string match --quiet --regex '^(?<__assume_token>/.+)\x1f(?<__assume_expiry>[1-9][0-9]{0,11})\z' -- "$sessions[$__assume_session]"; or return 1
    # How old the generation can be by then.
    if test "$__assume_expiry $__assume_index[5]" != "$__assume_longest[1]"
        set --global --unexport __assume_longest "$__assume_expiry $__assume_index[5]" (builtin math $__assume_expiry - 900 - $__assume_index[5])
    end
    # The time without a process: how long ago a file was changed.
    builtin path mtime --relative $__assume_index[2]/rows-other | read --local age
    test -O $__assume_token -a ! -L $__assume_token -a $__assume_token -ot $argv[1] -a "$age" -lt $__assume_longest[2]
end

# Adds the use of the profile to the history, which gives the picker its order. Without the file there is none.
function __assume_note_use --no-scope-shadowing
    set --local file "$HOME"/.local/state/assume/history
    string match --quiet '/*' -- "$XDG_STATE_HOME"; and set file $XDG_STATE_HOME/assume/history
    test -f $file -a -w $file -a -O $file -a ! -L $file; or return 0
    builtin path mtime --relative $__assume_index[2]/rows-other | read --local age; or return 0
    builtin math $__assume_index[5] + $age | read --local now
    builtin printf '%s\t%s\n' $now $__assume_profile >>$file
end
