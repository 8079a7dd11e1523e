# What __assume_enter_directory.fish, which loads this, does to the shell. It has loaded __assume_switch.fish before: of that
# this uses __assume_look_up_row, __assume_judge, __assume_set_targets, __assume_exclude, __assume_keep_usable, what saves and
# restores, and their variables.

# --- the layer -----------------------------------------------------------------------------------------------

# What a directory sets lies below what the user does by hand: the values that it found are kept in __assume_layer_was_NAME
# and __assume_layer_how_NAME, __assume_layer_names being their names, with what this shell knew of the switch that was in
# force. __assume_layer is the directory, which file it was with what was recorded, the profile that it set, and what direnv and
# mise had loaded.

# Sets the profile $__assume_wanted, with the region $__assume_region if that is not empty, or puts back for `none` what was
# there before the first switch; and keeps what leaving puts back. A row will do whose session is over.
function __assume_enter_layer --no-scope-shadowing
    set --local __assume_before
    __assume_name_profile __assume_before
    set --local __assume_left "$__assume_layer[1]"
    __assume_leave_layer
    set --local __assume_names
    set --local __assume_values
    set --local __assume_message 'no profile'
    if test $__assume_wanted = none
        __assume_keep_layer
        __assume_set_none
    else
        if not __assume_look_up_row --profile=$__assume_wanted 2>/dev/null
            __assume_say_left
            __assume_name_command
            return
        end
        test -z "$__assume_region"; or __assume_set_region
        test "$__assume_names" = "$__assume_judged"; or __assume_judge $__assume_names
        __assume_keep_layer $__assume_targets
        set --global --unexport __assume_layer_set $__assume_names
        set --global --unexport __assume_layer_values $__assume_values
        if not __assume_set_targets
            __assume_forget_layer
            __assume_say_left
            # The same once more at each change below would help nobody.
            set --global --unexport __assume_stance hand
            return
        end
    end
    set --global --unexport __assume_key ''
    set --erase --global __assume_renew_at
    set --global --unexport __assume_layer $__assume_place "$__assume_terms_of" "$AWS_PROFILE"\x1f"$ASSUME_PROFILE" "$DIRENV_DIR/$__MISE_SESSION"
    set --local __assume_now_in
    __assume_name_profile __assume_now_in
    if test "$__assume_before" != "$__assume_now_in"
        test $__assume_wanted = none -a -n "$__assume_now_in"; and set __assume_message $__assume_now_in
        __assume_say $__assume_message $__assume_file
    end
    test $__assume_wanted = none; or __assume_warn_of_session
end

# Takes what this shell has inherited for what the directory has set: nothing was there before that.
function __assume_adopt_layer --no-scope-shadowing
    if test $__assume_wanted != "$ASSUME_PROFILE"; or set --query __assume_saved[1]
        set --global --unexport __assume_stance hand
        return
    end
    set --local IFS \n
    set --local __assume_inherited (string split ' ' -- "$ASSUME_VARS")
    set --global --unexport __assume_layer_names (__assume_keep_usable $__assume_inherited) ASSUME_VARS
    set --global --unexport __assume_layer_set
    set --global --unexport __assume_layer_values
    for __assume_name in $__assume_layer_names
        set --query $__assume_name; or continue
        set --append __assume_layer_set $__assume_name=
        set --append __assume_layer_values "$$__assume_name"
    end
    set --global --unexport __assume_layer $__assume_place "$__assume_terms_of" "$AWS_PROFILE"\x1f"$ASSUME_PROFILE" "$DIRENV_DIR/$__MISE_SESSION"
end

# Keeps the values of $argv, which are to be changed, and of all that a switch has changed before.
function __assume_keep_layer
    set --local IFS \n
    set --global --unexport __assume_layer_names $argv
    if test -z "$argv"; or test "$__assume_judged/$ASSUME_VARS" != "$__assume_settled"
        set --local __assume_inherited (string split ' ' -- "$ASSUME_VARS")
        set --append __assume_layer_names (__assume_exclude "$argv" ASSUME_VARS $__assume_saved (__assume_keep_usable $__assume_inherited))
    end
    __assume_keep __assume_layer $__assume_layer_names
    set --global --unexport __assume_layer_saved $__assume_saved
    set --global --unexport __assume_layer_settled "$__assume_settled"
    set --global --unexport __assume_layer_key "$__assume_key"
    set --global --unexport __assume_layer_renew_at $__assume_renew_at
end

# Puts back what was there before the first switch, as `assume --unset` does, but drops nothing of it.
function __assume_set_none
    __assume_save_all
    set --global --unexport __assume_settled
    __assume_restore __assume $__assume_saved
    set --erase --global ASSUME_VARS
    set --global --unexport __assume_layer_set
    set --global --unexport __assume_layer_values
    for __assume_name in $__assume_saved
        set --query --global $__assume_name; or continue
        set --append __assume_layer_set $__assume_name=
        set --append __assume_layer_values "$$__assume_name"
    end
end

# Puts $__assume_region in the place of the region of the row.
function __assume_set_region --no-scope-shadowing
    set --local at
    for __assume_name in AWS_REGION AWS_DEFAULT_REGION
        if builtin contains --index -- $__assume_name= $__assume_names | read --line at
            set __assume_values[$at] $__assume_region
            continue
        end
        if builtin contains --index -- $__assume_name $__assume_names | read --line at
            set --erase __assume_names[$at]
            set --erase __assume_values[$at]
        end
        set --append __assume_names $__assume_name=
        set --append __assume_values $__assume_region
        builtin contains --index -- ASSUME_VARS= $__assume_names | read --line at
        set __assume_values[$at] "$__assume_values[$at] $__assume_name"
    end
    set __assume_message "$__assume_wanted, region $__assume_region"
end

# Leaves the directory whose profile is in force, if there is one, and says so.
function __assume_leave_directory
    set --query __assume_layer[1]; or return 0
    set --local __assume_before
    __assume_name_profile __assume_before
    set --local __assume_left $__assume_layer[1]
    __assume_leave_layer
    __assume_say_left
end

# Puts back what was in force before the layer, unless the profile is not that of the layer any more, and forgets the layer.
function __assume_leave_layer
    set --query __assume_layer[1]; or return 0
    if test "$__assume_layer[3]" = "$AWS_PROFILE"\x1f"$ASSUME_PROFILE"
        if test "$__assume_layer[4]" != "$DIRENV_DIR/$__MISE_SESSION"
            __assume_give_way
            __assume_take_held_back
            return
        end
        __assume_put_back_layer $__assume_layer_names
    end
    __assume_forget_layer
end

# Puts these names back to what they were before the layer, and what this shell knew of the switch that was in force.
function __assume_put_back_layer
    __assume_restore __assume_layer $argv
    set --local __assume_name
    for __assume_name in $__assume_saved
        builtin contains -- $__assume_name $__assume_layer_saved; or set --erase --global __assume_how_$__assume_name __assume_was_$__assume_name
    end
    set --global --unexport __assume_saved $__assume_layer_saved
    set --global --unexport __assume_settled "$__assume_layer_settled"
    set --global --unexport __assume_key "$__assume_layer_key"
    set --global --unexport __assume_renew_at $__assume_layer_renew_at
end

function __assume_forget_layer
    set --erase --global __assume_layer_how_$__assume_layer_names __assume_layer_was_$__assume_layer_names
    set --erase --global __assume_layer_names __assume_layer_set __assume_layer_values
    set --erase --global __assume_layer_saved __assume_layer_settled __assume_layer_key __assume_layer_renew_at
    set --global --unexport __assume_layer
    return 0
end

# --- what is said --------------------------------------------------------------------------------------------

# Sets the variable $argv[1] to the profile that is in force, empty for none.
function __assume_name_profile --no-scope-shadowing
    set $argv[1] "$AWS_PROFILE"
    test -n "$AWS_PROFILE"; or set $argv[1] "$ASSUME_PROFILE"
end

# Says, to people, $argv[1] and in parentheses the path $argv[-1] behind the words between.
function __assume_say
    test -z "$ASSUME_QUIET"; and test -t 2; or return 0
    __assume_show_path $argv[1] | read --line --local said
    __assume_show_path $argv[-1] | read --line --local shown
    builtin printf '%s (%s)\n' $said "$argv[2..-2]$shown" >&2
end

# Says that $__assume_left was left, if the profile is another than $__assume_before.
function __assume_say_left --no-scope-shadowing
    set --local now
    __assume_name_profile now
    test -n "$__assume_left"; and test "$now" != "$__assume_before"; or return 0
    if test -n "$now"
        __assume_say "$now again" 'left ' $__assume_left
    else
        __assume_say 'no profile' 'left ' $__assume_left
    end
end

# Says what to type where a profile has no row, once while the place stays the place.
function __assume_name_command --no-scope-shadowing
    test "$__assume_told" != $__assume_place; or return 0
    set --global --unexport __assume_told $__assume_place
    set --local words assume $__assume_wanted
    if string match --quiet -- '-*' $__assume_wanted; or __assume_is_direct $__assume_wanted
        set words assume --profile=$__assume_wanted
    end
    test -z "$__assume_region"; or set --append words --region $__assume_region
    __assume_show_path $__assume_file | read --line --local shown
    string escape -- $words | string join ' ' | read --line --local command
    builtin printf 'assume: %s wants %s: %s\n' $shown $__assume_wanted $command >&2
end

# Warns where the session in line $__assume_session of the list is over, or its token is gone.
function __assume_warn_of_session --no-scope-shadowing
    test "$__assume_session" != 0; or return 0
    read --null --local --list --delimiter \n sessions <$__assume_index[2]/sessions
    if string match --quiet --regex '^(?<__assume_token>/.+)\x1f(?<__assume_expiry>[1-9][0-9]{0,11})\z' -- "$sessions[$__assume_session]"
        builtin path mtime --relative $__assume_index[2]/rows-other | read --local --line age
        builtin math $__assume_index[5] + $age | read --local --line now
        test -e $__assume_token -a $now -lt $__assume_expiry; and return
        # A login that was no command of ours is not in the list.
        test $__assume_token -nt $__assume_index[2]/sessions; and return
    end
    builtin printf 'assume: warning: the session of %s has ended: assume login\n' $__assume_wanted >&2
end
