# --- the profile index ---------------------------------------------------------------------------------------

# The core writes it for reading without a process; src/index/format.ts and row.ts say what is in it.
# __assume_find_index is in a file of its own: TAB needs it before any of this is loaded.

# Each command substitution costs as much as ten other commands, so that what is found is put into variables of the caller,
# or of this shell.

# For the profile that the only word says without an option, sets __assume_profile to its name, __assume_time to what the
# time is, __assume_message, __assume_warning, and __assume_names and __assume_values as __assume_change takes them. Fails
# where the core has to decide.
function __assume_find_row --no-scope-shadowing
    set --query argv[2]; and return 1
    # With a newline in IFS, whatever the user has there, a command substitution gives a list of lines.
    set --local IFS \n
    string match --quiet --regex '^(?:--profile=|(?!-))(?!.*\\\\E)(?<__assume_profile>[^\x00-\x1f\x7f]+)\z' -- "$argv"; or return 1
    __assume_are_seen; and __assume_find_index; or return 1
    set --local bucket
    set --local limit
    __assume_choose_bucket $__assume_index[3]; or return 1
    set --local session
    __assume_read_row $__assume_index[2]/rows-$bucket; or return 1
    test "$session" = 0; or __assume_is_valid $__assume_index[2]/sessions
end

# Whether the core would see the variables that the index is chosen by: exported ones that no switch has set.
function __assume_are_seen
    set --query --export HOME; or return 1
    for path in AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE XDG_CONFIG_HOME
        test -z "$$path"; or set --query --export $path; or return 1
    end
    not string match --quiet --regex ' (?:HOME|AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|XDG_CONFIG_HOME) ' " $ASSUME_VARS "
end

# What printf makes a sum of with the characters of a name: the code of each times the square of its position. It grows
# with the longest name; __assume_reach is the position behind it.
set --global --unexport __assume_terms ''
set --global --unexport __assume_reach 1

# Sets bucket to which of the $argv[1] parts of the rows the profile is in, __assume_time, and limit to 15 minutes later.
function __assume_choose_bucket --no-scope-shadowing
    set --local characters
    if string match --quiet --regex '^[\x20-\x7e]+\z' -- $__assume_profile
        string match --quiet --regex --all '(?<characters>.)' -- $__assume_profile
        while set --query characters[$__assume_reach]
            set __assume_terms "$__assume_terms%d * $__assume_reach ^ 2 + "
            set __assume_reach (builtin math $__assume_reach + 1)
        end
    end
    # The time without a process: when a file was changed, and how long ago that is.
    set --local parts (builtin printf "$__assume_terms"'0\n' \'$characters; builtin path mtime /; builtin path mtime --relative /)
    set --local results (builtin math "($parts[1]) % $argv[1]"; builtin math $parts[2] + $parts[3]; builtin math $parts[2] + $parts[3] + 900)
    set bucket $results[1]
    set --query characters[1]; or set bucket other
    set __assume_time $results[2]
    set limit $results[3]
    test -n "$limit"
end

# Sets session, __assume_message, __assume_warning, __assume_names and __assume_values to what the part $argv[1] of the rows
# has for the profile, and for every row.
function __assume_read_row --no-scope-shadowing
    test -f $argv[1] -a -O $argv[1] -a ! -L $argv[1]; or return 1
    set --local common
    set --local row
    set --local head "^\Q$__assume_profile\E\x1f(?<session>0|[1-9][0-9]{0,5})\x1f(?<__assume_message>[^\x1f]*)\x1f(?<__assume_warning>[^\x1f]*)\x1f"
    # The row, the first line, which is what every row removes, and the last line.
    string match --quiet --regex "$head(?<row>.*)\z" <$argv[1]; or return 1
    string match --quiet --regex '^(?<common>[A-Za-z0-9_\x1f]*)\z' <$argv[1]; and string match --quiet end <$argv[1]; or return 1
    string match --quiet --regex --all '(?<__assume_names>[^\x1f=]*=?)(?<__assume_values>[^\x1f]*)\x1f' -- $row$common
    test "$__assume_names[1]$__assume_values[1]" = "AWS_PROFILE=$__assume_profile"
end

# Whether more than 15 minutes are left of the session in line $session of the list $argv[1], and its token is as it was:
# older than the list.
function __assume_is_valid --no-scope-shadowing
    test -f $argv[1] -a -O $argv[1] -a ! -L $argv[1]; or return 1
    set --local sessions
    read --null --list --delimiter \n sessions <$argv[1]
    set --local token
    set --local expiry
    string match --quiet --regex '^(?<token>/.+)\x1f(?<expiry>[1-9][0-9]{0,11})\z' -- "$sessions[$session]"; or return 1
    test -O $token -a ! -L $token -a $token -ot $argv[1] -a $expiry -gt $limit
end

# Adds the use of profile $argv[1] to the history, which gives the picker its order. Without the file there is none.
function __assume_note_use --no-scope-shadowing
    set --local file "$HOME"/.local/state/assume/history
    string match --quiet '/*' -- "$XDG_STATE_HOME"; and set file $XDG_STATE_HOME/assume/history
    test -f $file -a -w $file -a -O $file -a ! -L $file; or return 0
    builtin printf '%s\t%s\n' $__assume_time $argv >>$file
end
