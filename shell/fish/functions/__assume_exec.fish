# assume exec NAME [--] COMMAND [WORD...], and what else only the core understands. What is set for the command are
# variables of this function, which end with it; each of its own begins with __assume_ and is not exported.
function __assume_exec
    set --local __assume_words $argv[2..]
    test "$__assume_words[1]" = --; and set --erase __assume_words[1]
    if __assume_enter $argv[1]
        __assume_start $__assume_words
        return
    end
    __assume_look_for_core exec; or return
    set --query __assume_saved[1]; and __assume_put_back
    set --local --export ASSUME_CALLER fish
    __assume_show_key | read --local --export ASSUME_KEY_ID
    __assume_start $__assume_core exec $argv
end

# Runs these words. The list of jobs shows a statement as it was written: where there is such a list, with the words.
function __assume_start --no-scope-shadowing
    if status is-interactive
        string escape -- $argv | string join ' ' | read --local --line __assume_text
        eval command $__assume_text
    else
        command $argv
    end
end

# Makes the variables of the caller those that a switch to profile $argv[1] would leave to $__assume_words. Fails where the
# core has to decide, or to say why it cannot be started.
function __assume_enter --no-scope-shadowing
    # A trace must not show the values of a switch.
    set --local --unexport fish_trace
    set --query __assume_words[1]; and not string match --quiet -- '-*' $argv[1] $__assume_words[1]; or return 1
    command --query -- $__assume_words[1]; or return 1
    # A function of the user that is called when one of them changes would take it for a switch.
    builtin functions --handlers-type variable | string match --quiet --regex '^(AWS|ASSUME)_'; and return 1
    __assume_find_row $argv[1] 2>/dev/null; or return 1
    test "$__assume_names" = "$__assume_judged"; or __assume_judge $__assume_names
    # How many of them are not there: mostly all.
    set --query --export $__assume_removed
    if test $status != "$__assume_counts[1]"
        # An exported universal variable comes into sight again where a local one is not exported.
        set --query --universal --export $__assume_removed
        test $status = "$__assume_counts[1]"; or return 1
        for __assume_name in $__assume_removed
            set --function --unexport $__assume_name
        end
    end
    # Behind a switch of the same names there is nothing else to put back.
    test "$__assume_judged/$ASSUME_VARS" = "$__assume_settled"; or __assume_put_back $__assume_targets
    for __assume_name in $__assume_set
        set --function --export $__assume_name $__assume_values[1]
        set --erase __assume_values[1]
    end
    set --erase --function __assume_dropped
    test -z "$__assume_warning"; or builtin printf 'assume: warning: %s\n' $__assume_warning >&2
    return 0
end

# Makes the variables of the caller those that were there before the first switch, but for the names. What is local where
# assume was called is no switch's.
function __assume_put_back --no-scope-shadowing
    set --local --unexport fish_trace
    set --local IFS \n
    set --local __assume_inherited (string split ' ' -- "$ASSUME_VARS")
    for __assume_name in (__assume_exclude "$argv" $__assume_saved (__assume_keep_usable $__assume_inherited))
        set --query --local $__assume_name; and continue
        if set --query __assume_was_$__assume_name
            set --local __assume_how __assume_how_$__assume_name
            set --local __assume_was __assume_was_$__assume_name
            set --function $$__assume_how[1][2..3] $__assume_name $$__assume_was
        else
            set --function --unexport $__assume_name
        end
    end
    builtin contains -- ASSUME_VARS $argv; or set --function --unexport ASSUME_VARS
end
