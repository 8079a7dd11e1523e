# What the profile of a directory does beside direnv and mise; __assume_enter_directory.fish loads it with __assume_enter_layer.fish.

# --- direnv and mise -----------------------------------------------------------------------------------------

# Both give back, when their own directory is left, what they found when it was entered, which may be what a layer had set.
# __assume_held lists the names that they have changed above a layer, __assume_held_values how these were in it, with a = before
# a value, and __assume_held_mark what direnv and mise had loaded then. What was there before the layer is kept as everywhere,
# in variables that begin with __assume_held.

# Puts back what the layer has set and nobody has changed since, holds the rest, and forgets the layer.
function __assume_give_way
    set --query __assume_held[1]; or set --global --unexport __assume_held_mark "$DIRENV_DIR/$__MISE_SESSION"
    set --local back
    for __assume_name in $__assume_layer_names
        builtin contains -- $__assume_name $__assume_held; and continue
        set --local value -
        builtin contains --index -- $__assume_name= $__assume_layer_set | read --line --local at
        and set value =$__assume_layer_values[$at]
        set --local now -
        set --query --global $__assume_name; and set now "=$$__assume_name"
        if test $value = $now
            set --append back $__assume_name
            continue
        end
        set --global --unexport --append __assume_held $__assume_name
        set --global --unexport --append __assume_held_values $value
        for __assume_part in how was
            set --local from __assume_layer_{$__assume_part}_$__assume_name
            set --query $from; and set --global --unexport __assume_held_{$__assume_part}_$__assume_name $$from
        end
    end
    __assume_put_back_layer $back
    __assume_forget_layer
end

# Where direnv or mise has loaded something else since, puts back what was before the layer in the place of what they have
# given back of it.
function __assume_take_held_back
    set --query __assume_held[1]; or return 0
    set --local mark "$DIRENV_DIR/$__MISE_SESSION"
    test $mark = /; or test $mark != "$__assume_held_mark"; or return 0
    set --global --unexport __assume_held_mark $mark
    set --local names $__assume_held
    set --local values $__assume_held_values
    set --global --unexport __assume_held
    set --global --unexport __assume_held_values
    for __assume_name in $names
        set --local now -
        set --query --global $__assume_name; and set now "=$$__assume_name"
        if test $now = $values[1]
            __assume_restore __assume_held $__assume_name
        else if test $mark != /
            set --append __assume_held $__assume_name
            set --append __assume_held_values $values[1]
        end
        set --erase values[1]
        builtin contains -- $__assume_name $__assume_held
        or set --erase --global __assume_held_how_$__assume_name __assume_held_was_$__assume_name
    end
    return 0
end

# The user has switched: what is there now is what comes back.
function __assume_hold_hand
    set --erase --global __assume_held_how_$__assume_held __assume_held_was_$__assume_held
    __assume_keep __assume_held $__assume_held
    return 0
end
