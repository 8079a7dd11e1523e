# assume for fish, 3.6 or newer. conf.d/assume.fish puts this folder where fish looks for functions.
# The files of all four shells have the same sections: where the core is, the command, the profile index, applying a
# switch, saving and restoring, names, the prompt segment, completion, start. fish loads a function when it is first
# called, from the file that bears its name, so the last three are assume_prompt.fish, ../completions and ../conf.d.

# --- where the core is ---------------------------------------------------------------------------------------

# The installation that this file belongs to, else the user's own, else whatever is on PATH. A folder that is no
# absolute path counts as unset: it would be another one wherever the shell is.
begin
    set --local file (builtin path resolve (status filename))
    set --local root (string replace --regex --filter '/shell/fish/functions/assume\.fish$' '' $file)
    set --local data (string match '/*' -- "$XDG_DATA_HOME")
    set --query data[1]; or set data (string match '/*' -- "$HOME")/.local/share
    if set --query root[1]; and test -r $root/dist/main.js
        set --global --unexport __assume_core $root/bin/assume
    else if set --query data[1]; and test -x $data/assume/bin/assume
        set --global --unexport __assume_core $data/assume/bin/assume
    else
        set --global --unexport __assume_core assume
        set --global --unexport __assume_clone $root
    end
end

# Fails, with a message, where there is no core to call, $argv[1] being the command. Where PATH has none, the clone that this
# file belongs to says that it is not built.
function __assume_look_for_core
    set --local file $__assume_core
    if test "$file" = assume
        command --query assume; and return
        set file "$__assume_clone/bin/assume"
    end
    if test -e $file
        set __assume_core $file
        return
    end
    builtin printf 'assume: %s is missing: run install.sh of a clone again\n' $file >&2
    test "$argv[1]" = exec; and return 125
    return 1
end

# --- the command ---------------------------------------------------------------------------------------------

function assume --description 'Switch the AWS profile of this shell'
    switch "$argv[1]"
        case list status doctor exec env console credential-process credentials-file whoami login logout configure sync sandbox plugin setup settings -h --help --version # subcommands, generated
            __assume_look_for_core $argv; or return
            # fish_trace goes with it, if it is exported.
            set --local --export ASSUME_CALLER fish
            # What only this shell knows, for `doctor`.
            set --local --export ASSUME_LOADED 4 completion
            status is-interactive; and set --append ASSUME_LOADED interactive
            builtin functions --query __assume_inner_prompt; and set --append ASSUME_LOADED prompt
            __assume_show_key | read --local --export ASSUME_KEY_ID
            command $__assume_core $argv
        case '*'
            __assume_run $argv
    end
end

# Writes the key that the last switch set, in a way that no trace shows.
function __assume_show_key
    set --local --unexport fish_trace
    builtin echo $__assume_key
end

function __assume_run
    # A trace must not show the values of a switch; this one line quiets what is called from here too.
    set --local --unexport fish_trace
    switch "$argv[1]"
        case -u --unset
            if set --query argv[2]
                __assume_switch $argv
            else
                __assume_unset
            end
        case -
            if set --query argv[2]
                __assume_switch $argv
            else if set --query __assume_back[1]
                __assume_switch $__assume_back
            else
                builtin printf 'assume: there is no earlier switch in this shell\n' >&2
                return 2
            end
        case '*'
            __assume_switch $argv
    end
end

# Applies the row of the profile index where there is one that will do, else what the core answers.
function __assume_switch
    # With a newline in IFS, whatever the user has there, a command substitution gives a list of lines.
    set --local IFS \n
    if set --local __assume_row (__assume_find_row $argv 2>/dev/null)
        test -z "$__assume_row[1]"; or builtin printf 'assume: warning: %s\n' $__assume_row[1] >&2
        __assume_apply $__assume_row[2..]
        return
    end
    set --local __assume_call
    # fish ends the function whose program ends by Ctrl-C.
    set --local __assume_status 130
    __assume_request $argv
    if test "$__assume_status" -ne 0; or test "$__assume_call[1]" != __assume_apply
        return $__assume_status
    end
    __assume_apply $__assume_call[2..]
end

# Calls the core with its stdout left alone; what it writes to descriptor 3 is the switch. Sets __assume_call to that, and
# __assume_status.
function __assume_request --no-scope-shadowing
    __assume_look_for_core $argv
    or begin
        set __assume_status $status
        return
    end
    set --local --export ASSUME_SHELL fish
    set --local --export ASSUME_CONTRACT 4
    set --local --export ASSUME_KEY_ID "$__assume_key"
    # As words: whatever is evaluated stands in what `fish --profile` writes.
    command $__assume_core $argv 3>| read --null --tokenize --list __assume_call
    set __assume_status $pipestatus[1]
end

# --- the profile index ---------------------------------------------------------------------------------------

# The core writes it for reading without a process; src/index/format.ts and row.ts say what is in it.
# __assume_find_index is in a file of its own: TAB needs it before any of this is loaded.

# Writes, one a line, what is to be said before a switch to one profile without options, mostly an empty line, and what
# __assume_apply takes for it, and notes the switch in the history. Writes nothing where the core has to decide.
function __assume_find_row
    set --query argv[2]; and return 1
    set --local IFS \n
    set --local name
    string match --quiet --regex '^(?:--profile=|(?!-))(?<name>[^\x00-\x1f\x7f]+)\z' -- "$argv[1]"; or return 1
    __assume_are_seen; or return 1
    # The time without a process: when a file was changed, and how long ago that is.
    set --local clock (builtin math (builtin path mtime /) + (builtin path mtime --relative /)); or return 1
    set --local index (__assume_find_index); or return 1
    set --local bucket (__assume_choose_bucket $name $index[3]); or return 1
    set --local row (__assume_read_row $name $index[2] $bucket $clock); or return 1
    __assume_note_use $clock $name
    builtin printf '%s\n' $row[2] $row[1] --profile=$name -- $row[3..]
end

# Whether the core would see the variables that the index is chosen by: exported ones that no switch has set.
function __assume_are_seen
    for path in HOME AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE XDG_CONFIG_HOME
        test -n "$$path"; or continue
        set --query --export $path; and not string match --quiet "* $path *" " $ASSUME_VARS "; or return 1
    end
    return 0
end

# Writes which of the $argv[2] parts of the rows the name $argv[1] is in.
function __assume_choose_bucket
    if not string match --quiet --regex '^[\x20-\x7e]+\z' -- $argv[1]
        builtin echo other
        return
    end
    set --local IFS \n
    set --local codes (builtin printf '%d\n' \'(string split '' -- $argv[1]))
    # Each line is a position and the length of the match there, which is 1.
    set --local sum 0
    for position in (string match --regex --all --index . -- $argv[1] | string replace ' 1' '')
        set sum "$sum + $codes[$position] * $position * $position"
    end
    builtin math "($sum) % $argv[2]"
end

# Writes the success line of profile $argv[1], its warning, what it sets and what it removes, one a line, from part
# $argv[3] of the rows in folder $argv[2]. Fails without a row that is valid at $argv[4].
function __assume_read_row
    set --local IFS \n
    set --local file $argv[2]/rows-$argv[3]
    test -f $file -a -O $file -a ! -L $file; or return 1
    # The first line, which is what every row removes, the row, and the last line.
    set --local name (string escape --style=regex -- $argv[1])
    set --local lines (string match --regex "^(?:[A-Za-z0-9_\x1f]*|$name\x1f.*\x1f|end)\z" <$file)
    test "$lines[3..]" = end; or return 1
    set --local fields (string split \x1f -- $lines[2]$lines[1])
    __assume_is_valid "$fields[2]" $argv[2]/sessions $argv[4]; or return 1
    test "$fields[5]" = "AWS_PROFILE=$argv[1]"; or return 1
    builtin printf '%s\n' $fields[3..-2]
end

# Whether more than 15 minutes are left at $argv[3] of the session in line $argv[1] of the list $argv[2], and its token
# is as it was: older than the list. 0 is for no session.
function __assume_is_valid
    test "$argv[1]" != 0; or return 0
    string match --quiet --regex '^[1-9][0-9]{0,5}\z' -- $argv[1]; and test -f $argv[2] -a -O $argv[2] -a ! -L $argv[2]; or return 1
    set --local IFS \n
    set --local sessions (string match '*' <$argv[2])
    set --local token
    set --local expiry
    string match --quiet --regex '^(?<token>.+)\x1f(?<expiry>[1-9][0-9]{0,11})\z' -- "$sessions[$argv[1]]"; or return 1
    test -O $token -a ! -L $token; and test $token -ot $argv[2]; and test $expiry -gt (builtin math $argv[3] + 900)
end

# Adds the use of profile $argv[2] at $argv[1] to the history, which gives the picker its order. Without the file there
# is none.
function __assume_note_use
    set --local file "$HOME"/.local/state/assume/history
    string match --quiet '/*' -- "$XDG_STATE_HOME"; and set file $XDG_STATE_HOME/assume/history
    test -f $file -a -w $file -a -O $file -a ! -L $file; or return 0
    builtin printf '%s\t%s\n' $argv >>$file
end

# --- applying a switch ---------------------------------------------------------------------------------------

# Variables here begin with __assume_, or they would hide one of that name that a switch changes.

# __assume_apply MESSAGE REPEAT... -- NAME=VALUE... NAME...
# Sets the first, removes the others, and puts back what an earlier switch changed and this one does not.
function __assume_apply
    set --local __assume_message $argv[1]
    set --erase argv[1]
    set --local __assume_repeat
    while test "$argv[1]" != --
        set --append __assume_repeat $argv[1]
        set --erase argv[1]
    end
    set --erase argv[1]

    set --local IFS \n
    set --local __assume_targets (__assume_keep_usable '(?:=|\z)' $argv)
    set --local __assume_removed (__assume_keep_usable '\z' $argv)
    __assume_check_universal $__assume_removed; and __assume_check_local $__assume_targets; or return 1

    __assume_save_all $__assume_targets
    __assume_restore_all $__assume_targets
    set --query __assume_removed[1]; and set --erase --global $__assume_removed
    for __assume_entry in $argv
        string match --quiet --regex '(?s)^(?<__assume_name>[^=]*)=(?<__assume_value>.*)\z' -- $__assume_entry; or break
        builtin contains -- $__assume_name $__assume_targets; and set --global --export $__assume_name $__assume_value
    end

    set --global --unexport __assume_key ''
    builtin contains AWS_ACCESS_KEY_ID $__assume_targets; and set __assume_key "$AWS_ACCESS_KEY_ID"
    set --query __assume_now[1]; and set --global --unexport __assume_back $__assume_now
    set --global --unexport __assume_now $__assume_repeat
    if test -z "$ASSUME_QUIET"; and test -t 2
        builtin printf '%s\n' $__assume_message >&2
    end
    return 0
end

# Gives this shell back what it had before the first switch.
function __assume_unset
    __assume_check_local; or return 1
    __assume_save_all
    __assume_restore_all
    for __assume_name in $__assume_saved
        set --erase --global __assume_how_$__assume_name __assume_was_$__assume_name
    end
    set --global --unexport __assume_saved
    set --erase --global ASSUME_VARS
    set --global --unexport __assume_key ''
    set --query __assume_now[1]; and set --global --unexport __assume_back $__assume_now
    set --erase --global __assume_now
    return 0
end

# --- saving and restoring ------------------------------------------------------------------------------------

# The former values stay in unexported variables of this shell: __assume_saved lists the names, __assume_was_NAME is
# the value, and __assume_how_NAME is the flags with which `set` makes that variable again, nothing if it was absent.
# A switch changes global variables only: those of functions and blocks it cannot reach, universal ones belong to
# other shells too, and come back into sight by themselves when the global one goes.

# Fails, with a message, when one of the names, which are to be removed, would come back as a universal variable.
function __assume_check_universal
    set --local IFS \n
    for __assume_name in (set --names --universal --export)
        builtin contains -- $__assume_name $argv; or continue
        builtin printf 'assume: %s is an exported universal variable, so nothing was changed\n' $__assume_name >&2
        builtin printf '  set -eU %s    removes it, in every fish\n' $__assume_name >&2
        return 1
    end
    return 0
end

# Fails, with a message, when one of the names or one that was saved before is hidden by a variable of the caller.
function __assume_check_local
    set --local IFS \n
    # What the caller exports is in sight here, as a copy.
    for __assume_name in (set --names --local)
        builtin contains -- $__assume_name $argv $__assume_saved; or continue
        builtin printf 'assume: %s is local where assume was called, so nothing was changed\n' $__assume_name >&2
        builtin printf '  set -el %s    removes it there\n' $__assume_name >&2
        return 1
    end
    return 0
end

# Saves the names that are not saved yet. Those that an inherited ASSUME_VARS lists were absent before.
function __assume_save_all
    for __assume_name in (string split ' ' -- "$ASSUME_VARS")
        builtin contains -- $__assume_name $__assume_saved; or not __assume_keep_usable '\z' $__assume_name >/dev/null; and continue
        set --global --unexport __assume_how_$__assume_name
        set --global --unexport __assume_saved $__assume_saved $__assume_name
    end
    for __assume_name in $argv
        builtin contains -- $__assume_name ASSUME_VARS $__assume_saved; or __assume_save $__assume_name
    end
end

function __assume_save
    set --local __assume_name $argv[1]
    set --local __assume_how
    if set --query --global $__assume_name
        set __assume_how --global --unexport --unpath
        set --query --global --export $__assume_name; and set __assume_how[2] --export
        set --query --global --path $__assume_name; and set __assume_how[3] --path
        set --global --unexport --unpath __assume_was_$__assume_name $$__assume_name
    end
    set --global --unexport --unpath __assume_how_$__assume_name $__assume_how
    set --global --unexport __assume_saved $__assume_saved $__assume_name
end

# Puts back every saved name that is not among the targets.
function __assume_restore_all
    for __assume_name in $__assume_saved
        builtin contains -- $__assume_name $argv; and continue
        set --erase --global $__assume_name
        set --local __assume_how __assume_how_$__assume_name
        set --local __assume_was __assume_was_$__assume_name
        test -z "$$__assume_how"; or set $$__assume_how $__assume_name $$__assume_was
    end
end

# --- names ---------------------------------------------------------------------------------------------------

# Writes, one a line, the names at the start of those words that go on with pattern $argv[1] and can be a variable that a
# switch changes: decided by pattern, no word is used as a name before. \z and not $, which would let a newline stand at
# the end.
function __assume_keep_usable
    set --local ours 'PATH|HOME|IFS|PWD|OLDPWD|SHELL|ENV|USER|LOGNAME|TERM|LANG|LC_.*|LD_.*|DYLD_.*'
    set --local fishs '_|argv|status|status_generation|pipestatus|history|version|hostname|umask|SHLVL|EUID'
    set --local more 'COLUMNS|LINES|CDPATH|CMD_DURATION|FISH_VERSION|fish_.*|__fish_.*|__assume_.*'
    string match --regex --groups-only "^(?!(?:$ours|$fishs|$more)$argv[1])([A-Za-z_][A-Za-z0-9_]*)$argv[1]" -- $argv[2..]
end
