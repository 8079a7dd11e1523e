# What the first switch or exec in a shell needs; all of it is loaded together, from this folder. assume.fish, which can be
# older when an installation is brought up to date, calls only __assume_switch, with the words that were typed; what is
# used of it are __assume_core, __assume_look_for_core, __assume_show_key, and __assume_key, which the prompt shows, too.

builtin source (status dirname)/__assume_find_index.fish
builtin source (status dirname)/__assume_find_row.fish
builtin source (status dirname)/__assume_exec.fish

function __assume_switch
    if test "$argv[1]" = exec
        __assume_exec $argv[2..]
        return
    end
    # A trace must not show the values of a switch; this one line quiets what is called from here too.
    set --local --unexport fish_trace
    switch "$argv[1]"
        case -u --unset
            if set --query argv[2]
                __assume_switch_to $argv
            else
                __assume_unset
            end
        case -
            if set --query argv[2]
                __assume_switch_to $argv
            else if set --query __assume_back[1]
                __assume_switch_to $__assume_back
            else
                builtin printf 'assume: there is no earlier switch in this shell\n' >&2
                return 2
            end
        case '*'
            __assume_switch_to $argv
    end
end

# Applies the row of the profile index where there is one that will do, else what the core answers.
function __assume_switch_to
    if __assume_find_row $argv 2>/dev/null
        __assume_note_use
        test -z "$__assume_warning"; or builtin printf 'assume: warning: %s\n' $__assume_warning >&2
        set --local __assume_repeat --profile=$__assume_profile
        __assume_change
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

# --- applying a switch ---------------------------------------------------------------------------------------

# Variables here begin with __assume_, or they would hide one of that name that a switch changes. A command substitution
# costs as much as ten other commands, so that what was found out about the names of a switch is kept for the next.

# __assume_apply MESSAGE REPEAT... -- [__assume_renew_at=SECONDS] NAME=VALUE... NAME...
# Sets the first, removes the others, and puts back what an earlier switch changed and this one does not. This is what the
# core calls.
function __assume_apply
    set --local __assume_message $argv[1]
    set --erase argv[1]
    set --local __assume_repeat
    while test "$argv[1]" != --
        set --append __assume_repeat $argv[1]
        set --erase argv[1]
    end
    set --local __assume_renewal (string replace --regex --filter '^__assume_renew_at=([0-9]{1,12})\z' '$1' -- "$argv[2]")
    set --local __assume_names
    set --local __assume_values
    for __assume_entry in $argv[2..]
        string match --quiet --regex '(?s)^(?<__assume_name>[A-Za-z_][A-Za-z0-9_]*(?:=|\z)|)(?<__assume_value>.*)\z' -- $__assume_entry
        set --append __assume_names "$__assume_name"
        set --append __assume_values "$__assume_value"
    end
    __assume_change
end

# Does that with $__assume_message, $__assume_repeat, $__assume_names, those to set with a = behind, $__assume_values, and
# $__assume_renewal, which is empty where keys are not renewed.
function __assume_change --no-scope-shadowing
    __assume_set_targets; or return 1
    set --global --unexport __assume_key ''
    builtin contains AWS_ACCESS_KEY_ID $__assume_set; and set __assume_key "$AWS_ACCESS_KEY_ID"
    set --query __assume_now[1]; and set --global --unexport __assume_back $__assume_now
    set --global --unexport __assume_now $__assume_repeat
    set --global --unexport __assume_renew_at $__assume_renewal
    if test -n "$__assume_renew_at"; and not builtin functions --query __assume_renew
        builtin source (status dirname)/__assume_renew.fish
    end
    set --query __assume_place; and __assume_take_over
    if test -z "$ASSUME_QUIET"; and test -t 2
        builtin printf '%s\n' $__assume_message >&2
    end
    return 0
end

# Sets and removes the variables, which is all that a directory changes too.
function __assume_set_targets --no-scope-shadowing
    set --local IFS \n
    test "$__assume_names" = "$__assume_judged"; or __assume_judge $__assume_names
    # How many of them are not there.
    set --query --universal --export $__assume_removed
    test $status = "$__assume_counts[1]"; or __assume_check_universal $__assume_removed; or return 1
    set --local __assume_others
    if test "$__assume_judged/$ASSUME_VARS" = "$__assume_settled"
        # Behind a switch of the same names nothing is left to save, and nothing to put back.
        set --query --local $__assume_targets
        test $status = "$__assume_counts[2]"; or __assume_check_local $__assume_targets; or return 1
    else
        __assume_check_local $__assume_targets; or return 1
        set --global --unexport __assume_settled
        __assume_save_all $__assume_targets
        set __assume_others (__assume_exclude "$__assume_targets" $__assume_saved)
        __assume_restore __assume $__assume_others
    end

    set --query __assume_removed[1]; and set --erase --global $__assume_removed
    for __assume_name in $__assume_set
        set --global --export $__assume_name $__assume_values[1]
        set --erase __assume_values[1]
    end
    set --erase --global __assume_dropped
    set --query __assume_others[1]; or set --global --unexport __assume_settled "$__assume_judged/$ASSUME_VARS"
    return 0
end

# Gives this shell back what it had before the first switch.
function __assume_unset
    __assume_check_local; or return 1
    test "$__assume_judged/$ASSUME_VARS" = "$__assume_settled"; or __assume_save_all
    set --global --unexport __assume_settled
    __assume_restore __assume $__assume_saved
    set --erase --global ASSUME_VARS __assume_how_$__assume_saved __assume_was_$__assume_saved
    set --global --unexport __assume_saved
    set --global --unexport __assume_key ''
    set --query __assume_now[1]; and set --global --unexport __assume_back $__assume_now
    set --erase --global __assume_now __assume_renew_at
    set --query __assume_place; and __assume_take_over
    return 0
end

# --- saving and restoring ------------------------------------------------------------------------------------

# The former values stay in unexported variables of this shell: __assume_saved lists the names, __assume_was_NAME is
# the value, and __assume_how_NAME is the flags with which `set` makes that variable again, both absent if it was. What a
# directory has to put back is kept beside, as __assume_layer_was_NAME and so on.
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
    set --local IFS \n
    set --local __assume_inherited (string split ' ' -- "$ASSUME_VARS")
    set --local __assume_absent (__assume_exclude "$__assume_saved" (__assume_keep_usable $__assume_inherited))
    set --local __assume_others (__assume_exclude "ASSUME_VARS $__assume_saved $__assume_absent" $argv)
    __assume_keep __assume $__assume_others
    set --global --unexport __assume_saved $__assume_saved $__assume_absent $__assume_others
end

# Keeps the values of the names $argv[2..] in variables that begin with $argv[1].
function __assume_keep
    for __assume_name in $argv[2..]
        set --query --global $__assume_name; or continue
        set --local __assume_how --global --unexport --unpath
        set --query --global --export $__assume_name; and set __assume_how[2] --export
        set --query --global --path $__assume_name; and set __assume_how[3] --path
        set --global --unexport $argv[1]_how_$__assume_name $__assume_how
        set --global --unexport --unpath $argv[1]_was_$__assume_name $$__assume_name
    end
end

# Puts back the names $argv[2..], which were kept so.
function __assume_restore
    set --query argv[2]; and set --erase --global $argv[2..]
    for __assume_name in $argv[2..]
        set --query $argv[1]_was_$__assume_name; or continue
        set --local __assume_how $argv[1]_how_$__assume_name
        set --local __assume_was $argv[1]_was_$__assume_name
        set $$__assume_how $__assume_name $$__assume_was
    end
end

# --- names ---------------------------------------------------------------------------------------------------

# Sets, for the names of a switch, those to set with a = behind, __assume_targets to those that can be a variable that a
# switch changes, __assume_set to the ones of these that are to be set, in the place of each other one __assume_dropped, and
# __assume_removed to the rest; __assume_counts to how many are removed and how many there are; and __assume_judged.
function __assume_judge
    set --local IFS \n
    set --local __assume_usable (__assume_describe_usable)
    set --global --unexport __assume_judged
    set --global --unexport __assume_targets (string match --regex --groups-only "^$__assume_usable=?\z" -- $argv)
    set --global --unexport __assume_set (string replace --regex --filter "^(?:$__assume_usable|.*)=\z" '$1' -- $argv | string replace --regex '^\z' __assume_dropped)
    set --global --unexport __assume_removed (string match --regex --groups-only "^$__assume_usable\z" -- $argv)
    set --global --unexport __assume_counts (count $__assume_removed; count $__assume_targets)
    set __assume_judged "$argv"
end

# Writes those of the names that can be a variable that a switch changes.
function __assume_keep_usable
    string match --regex --groups-only "^"(__assume_describe_usable)"\z" -- $argv
end

# Writes the pattern of such a name: decided by it, no word is used as a name before. Behind it \z has to stand and not $,
# which would let a newline stand at the end.
function __assume_describe_usable
    set --local ours 'PATH|HOME|IFS|PWD|OLDPWD|SHELL|ENV|USER|LOGNAME|TERM|LANG|LC_.*|LD_.*|DYLD_.*'
    set --local fishs '_|argv|status|status_generation|pipestatus|history|version|hostname|umask|SHLVL|EUID'
    set --local more 'COLUMNS|LINES|CDPATH|CMD_DURATION|FISH_VERSION|fish_.*|__fish_.*|__assume_.*'
    builtin echo "(?!(?:$ours|$fishs|$more)=?\z)([A-Za-z_][A-Za-z0-9_]*)"
end

# Writes those of the names that are not in the list $argv[1], which has spaces between them.
function __assume_exclude
    string match --invert --regex "^(?:"(string replace --all ' ' '|' -- $argv[1])")\z" -- $argv[2..]
end
