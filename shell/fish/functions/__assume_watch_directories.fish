# A profile for each directory, as .aws-profile or .awsprofile names it. A start-up file that calls __assume_watch_directories
# turns it on; without that call nothing of this is read. Where there is such a file, __assume_enter_directory.fish decides,
# beside this file, and changes the shell. docs/directories.md says what people see of it.

# --- the place -----------------------------------------------------------------------------------------------

# Sets __assume_nearest to the directory with the nearest file, upwards from $PWD, and __assume_file to that file; both are
# empty where there is none. Inside $HOME nothing above it is looked at. A link that leads nowhere is a file, too.
function __assume_find_nearest --no-scope-shadowing
    set __assume_nearest ''
    set __assume_file ''
    set --local home
    string match --quiet --regex '(?s)^(?<home>/.*?)/*\z' -- "$HOME"
    set --local up
    string match --quiet --regex '(?s)^(?<up>.*?)/*\z' -- $PWD
    while builtin true
        if test -e $up/.aws-profile -o -e $up/.awsprofile -o -L $up/.aws-profile -o -L $up/.awsprofile
            set __assume_nearest $up
            test -n "$up"; or set __assume_nearest /
            set __assume_file $up/.aws-profile
            test -e $__assume_file -o -L $__assume_file; or set __assume_file $up/.awsprofile
            return
        end
        test "$up" != "$home"; and string match --quiet --regex '(?s)^(?<up>.*)/[^/]*\z' -- $up; or return 0
    end
end

# --- the hook ------------------------------------------------------------------------------------------------

# What this shell knows of its place, never exported: __assume_place is the directory with the nearest file, or empty;
# __assume_seen the $PWD that was looked at last; __assume_stance is `hand` where the user has switched since the place was
# entered, and `aside` where direnv or mise has the say; __assume_layer is empty, or says which directory's profile is in
# force, and __assume_held what direnv may give back.

# Follows the profiles of directories from now on, in an interactive shell, and looks at the one where it is.
function __assume_watch_directories --description 'Follow the profiles of directories'
    status is-interactive; and not set --query __assume_place; or return 0
    set --global --unexport __assume_place ''
    set --global --unexport __assume_stance ''
    set --global --unexport __assume_layer
    set --global --unexport __assume_held

    # In a command substitution cd moves this very shell, but not for long: the prompt sees where that has led. What direnv has
    # loaded it unloads at the prompt, and would take from what is set here before.
    function __assume_follow_directory --on-variable PWD
        status is-command-substitution; or test -n "$DIRENV_DIR"; or __assume_look
    end
    # direnv and mise are mostly loaded behind this: what is defined at the first prompt comes after them at each.
    function __assume_await_prompt --on-event fish_prompt
        builtin functions --erase __assume_await_prompt
        function __assume_follow_prompt --on-event fish_prompt --on-event fish_preexec
            __assume_look_at_prompt
        end
    end
    __assume_look
end

# Looks for the profile of $PWD, unless that is where this was done last.
function __assume_look
    test "$PWD" != "$__assume_seen"; or return 0
    # A trace must not show the values of a switch; this one line quiets what is called from here too.
    set --local --unexport fish_trace
    # What the caller exports is in sight here as a copy, and would hide what this shell has.
    if set --names --local --export | string match --quiet --regex '^(?:AWS|ASSUME)_'
        set --local IFS \n
        for __assume_name in (set --names --local --export | string match --regex '^(?:AWS|ASSUME)_.*')
            set --erase --function $__assume_name
        end
    end
    set --query __assume_seen
    set --local __assume_is_first $status
    set --global --unexport __assume_seen $PWD
    set --local __assume_nearest
    set --local __assume_file
    __assume_find_nearest
    if test "$__assume_nearest" != "$__assume_place"
        set --global --unexport __assume_place $__assume_nearest
        set --global --unexport __assume_stance ''
        set --erase --global __assume_told
    end
    set --query __assume_held[1]; and not set --query __assume_layer[1]; and __assume_take_held_back
    if __assume_is_theirs
        __assume_step_aside
        return
    end
    test "$__assume_stance" != hand; or return 0
    set --global --unexport __assume_stance ''
    if test -z "$__assume_place"
        set --query __assume_layer[1]; and __assume_leave_directory
        return 0
    end
    if not builtin functions --query __assume_enter_directory
        set --local file (status dirname)/__assume_enter_directory.fish
        # The installation may be gone.
        test -r "$file"; or return 0
        builtin source $file
    end
    __assume_enter_directory
    return 0
end

# Looks again, as if the place had just been entered: a command has changed what is recorded.
function __assume_look_again
    set --global --unexport __assume_seen ''
    set --global --unexport __assume_stance ''
    set --erase --global __assume_told
    __assume_look
end

# At a prompt: goes where a command substitution has led, and out of the way of direnv and mise.
function __assume_look_at_prompt
    __assume_look
    test -n "$__assume_layer$__assume_held"; or test "$__assume_stance" = aside; or return 0
    set --local --unexport fish_trace
    set --query __assume_held[1]; and not set --query __assume_layer[1]; and __assume_take_held_back
    if __assume_is_theirs
        __assume_step_aside
        return
    end
    test "$__assume_stance" != aside; or __assume_look_again
end

# Whether AWS_PROFILE is what direnv or mise has set, and no switch and no directory of ours.
function __assume_is_theirs
    test -n "$DIRENV_DIR$__MISE_SESSION"; and set --query --export AWS_PROFILE; and test -n "$AWS_PROFILE"; or return 1
    test "$AWS_PROFILE" = "$ASSUME_PROFILE"; and string match --quiet '* AWS_PROFILE *' -- " $ASSUME_VARS "; or return 0
    return 1
end

function __assume_step_aside
    test -z "$__assume_place"; or set --global --unexport __assume_stance aside
    set --query __assume_layer[1]; and __assume_give_way
    return 0
end

# The user has switched: that stays until another place is entered.
function __assume_take_over
    set --global --unexport __assume_stance hand
    set --query __assume_layer[1]; and __assume_forget_layer
    set --query __assume_held[1]; and __assume_hold_hand
    return 0
end
