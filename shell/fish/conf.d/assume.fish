# assume for fish, 3.6 or newer. fish reads this when it starts; it can also be sourced, from anywhere.

# --- start ---------------------------------------------------------------------------------------------------

begin
    # A trace must not show the key.
    set --local --unexport fish_trace
    # What the environment brings under our names is not the state of this shell, which is never exported.
    # A pipe takes less time than a command substitution.
    if set --names --global --export | string match --quiet '__assume_*'
        for name in (set --names --global --export | string match '__assume_*' | string split \n)
            set --erase --global $name
        end
    end

    # The folder above this file's; nothing when the text came through a pipe.
    set --local folder
    status filename | builtin path resolve | read --local --line file
    string match --quiet --regex '^(?<folder>.*)/conf\.d/[^/]+\.fish$' -- $file
    # An alias that another tool left, or an assume.fish that was sourced, would keep fish from loading ours.
    builtin functions --details --verbose assume | read --null --local --list --delimiter \n known

    # The first assume.fish that fish finds has to be ours.
    for ours in $folder/functions $folder/completions
        set --local path fish_complete_path
        string match --quiet '*/functions' $ours; and set path fish_function_path
        test -r $ours/assume.fish; or continue
        builtin path filter -f -- $$path/assume.fish | builtin path resolve | read --local --line found
        test "$found" != $ours/assume.fish; or continue
        set --local rest $$path
        while builtin contains -- $ours $rest; and set --local index (builtin contains --index -- $ours $rest)
            set --erase rest[$index]
        end
        set --global $path $ours $rest
    end

    if test "$known[2]" = not-autoloaded
        builtin functions --erase assume
        set --local wrapped (string replace --regex --filter '^alias assume[= ]' '' -- $known[5])
        and builtin complete -c assume --erase --wraps $wrapped
        # What was erased is not loaded by itself any more.
        set --query folder[1]; and test -r $folder/functions/assume.fish; and source $folder/functions/assume.fish
    end

    # A shell that starts with the variables of a switch takes the key among them for that of the switch.
    if not set --query __assume_key
        set --global __assume_key ''
        string match --quiet '* AWS_ACCESS_KEY_ID *' -- " $ASSUME_VARS "; and set __assume_key "$AWS_ACCESS_KEY_ID"
    end
    set --global --unexport __assume_key $__assume_key
end
builtin true
