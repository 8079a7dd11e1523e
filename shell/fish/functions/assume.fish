# assume for fish, 3.6 or newer. conf.d/assume.fish puts this folder where fish looks for functions.
# The files of all four shells have the same sections: where the core is, the command, applying a switch,
# saving and restoring, names, the prompt segment, completion, start. fish loads a function when it is first called,
# from the file that bears its name, so the last three are assume_prompt.fish, ../completions and ../conf.d.

# --- where the core is ---------------------------------------------------------------------------------------

# The installation that this file belongs to, else the user's own, else whatever is on PATH.
begin
    set --local file (builtin path resolve (status filename))
    set --local root (string replace --regex --filter '/shell/fish/functions/assume\.fish$' '' $file)
    set --local data "$XDG_DATA_HOME"
    test -n "$data"; or set data $HOME/.local/share
    if set --query root[1]; and test -r $root/dist/main.js
        set --global --unexport __assume_core $root/bin/assume
    else if test -x $data/assume/bin/assume
        set --global --unexport __assume_core $data/assume/bin/assume
    else
        set --global --unexport __assume_core assume
    end
end

# --- the command ---------------------------------------------------------------------------------------------

function assume --description 'Switch the AWS profile of this shell'
    # A trace must not show the values of a switch; this one line quiets what is called from here too.
    set --local fish_trace
    switch "$argv[1]"
        case list status exec env credential-process credentials-file whoami login logout configure sync sandbox plugin setup settings -h --help --version # subcommands, generated
            command $__assume_core $argv
        case -u --unset
            if set --query argv[2]
                __assume_switch $argv
            else
                __assume_unset
            end
        case -
            if set --query __assume_back[1]; and not set --query argv[2]
                __assume_switch $__assume_back
            else
                builtin printf 'assume: there is no earlier switch in this shell\n' >&2
                return 2
            end
        case '*'
            __assume_switch $argv
    end
end

# Calls the core with its stdout left alone; what it writes to descriptor 3 is the switch.
function __assume_switch
    set --local __assume_code
    set --local __assume_status
    begin
        set --local --export ASSUME_SHELL fish
        set --local --export ASSUME_CONTRACT 1
        command $__assume_core $argv 3>| read --null __assume_code
        set __assume_status $pipestatus[1]
    end
    if test "$__assume_status" -ne 0; or test -z "$__assume_code"
        return $__assume_status
    end
    eval $__assume_code
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

    # `string split` gives a list whatever IFS is.
    set --local __assume_names (string replace --regex '(?s)=.*' '' -- $argv | string split \n)
    set --local __assume_targets (__assume_keep_usable $__assume_names | string split \n)
    set --local __assume_removed (__assume_keep_usable $argv | string split \n)
    __assume_check_universal $__assume_removed; and __assume_check_local $__assume_targets; or return 1

    __assume_save_all $__assume_targets
    __assume_restore_all $__assume_targets
    set --query __assume_removed[1]; and set --erase --global $__assume_removed
    for __assume_entry in $argv
        string match --quiet '*=*' -- $__assume_entry; or continue
        set --local __assume_pair (string split --max 1 = -- $__assume_entry)
        builtin contains -- $__assume_pair[1] $__assume_targets; and set --global --export $__assume_pair
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
    for __assume_name in $argv
        set --query --universal --export $__assume_name; or continue
        builtin printf 'assume: %s is an exported universal variable, so nothing was changed\n' $__assume_name >&2
        builtin printf '  set -eU %s    removes it, in every fish\n' $__assume_name >&2
        return 1
    end
end

# Fails, with a message, when one of the names or one that was saved before is hidden by a variable of the caller.
function __assume_check_local
    for __assume_name in $argv $__assume_saved
        # What the caller exports is in sight here, as a copy.
        set --query --local $__assume_name; or continue
        builtin printf 'assume: %s is local where assume was called, so nothing was changed\n' $__assume_name >&2
        builtin printf '  set -el %s    removes it there\n' $__assume_name >&2
        return 1
    end
end

# Saves the names that are not saved yet. Those that an inherited ASSUME_VARS lists were absent before.
function __assume_save_all
    for __assume_name in (__assume_keep_usable (string split ' ' -- "$ASSUME_VARS") | string split \n)
        builtin contains -- $__assume_name $__assume_saved; and continue
        set --global --unexport __assume_how_$__assume_name
        set --global --unexport __assume_saved $__assume_saved $__assume_name
    end
    for __assume_name in $argv
        test $__assume_name = ASSUME_VARS; or builtin contains -- $__assume_name $__assume_saved; or __assume_save $__assume_name
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

# Writes those of the words that can be a variable that a switch changes, one a line: decided by pattern, no word is
# used as a name before. \z and not $, which would let a newline stand at the end.
function __assume_keep_usable
    set --local ours 'PATH|HOME|IFS|PWD|OLDPWD|SHELL|ENV|USER|LOGNAME|TERM|LANG|LC_.*|LD_.*|DYLD_.*'
    set --local fishs '_|argv|status|status_generation|pipestatus|history|version|hostname|umask|SHLVL|EUID'
    set --local more 'COLUMNS|LINES|CDPATH|CMD_DURATION|FISH_VERSION|fish_.*|__fish_.*|__assume_.*'
    string match --regex "^(?!(?:$ours|$fishs|$more)\z)[A-Za-z_][A-Za-z0-9_]*\z" -- $argv
end
