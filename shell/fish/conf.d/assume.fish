# assume for fish, 3.6 or newer. fish reads this when it starts; it can also be sourced, from anywhere.

# --- start ---------------------------------------------------------------------------------------------------

begin
    set --local file (builtin path resolve (status filename) | builtin path filter -f)
    set --local folder (builtin path dirname $file | builtin path dirname)
    # An alias that another tool left, or an assume.fish that was sourced, would keep fish from loading ours.
    set --local known (builtin functions --details --verbose assume | string split \n)

    # The first assume.fish that fish finds has to be ours.
    for pair in fish_function_path:functions fish_complete_path:completions
        set --local path (string split : $pair)[1]
        set --local ours $folder/(string split : $pair)[2]
        test -r $ours/assume.fish; or continue
        set --local first (builtin path filter -f -- $$path/assume.fish)[1]
        test (builtin path resolve -- "$first") = $ours/assume.fish; and continue
        set --global $path $ours (string match --invert -- $ours $$path)
    end

    if test "$known[2]" = not-autoloaded
        builtin functions --erase assume
        string match --quiet 'alias assume=*' -- $known[5]
        and builtin complete -c assume --erase --wraps (string sub --start 14 -- $known[5])
        # What was erased is not loaded by itself any more.
        test -r $folder/functions/assume.fish; and source $folder/functions/assume.fish
    end
end

# A shell that starts with the variables of a switch takes the key among them for that of the switch.
if not set --query __assume_key
    set --global __assume_key ''
    string match --quiet '* AWS_ACCESS_KEY_ID *' -- " $ASSUME_VARS "; and set __assume_key "$AWS_ACCESS_KEY_ID"
end
set --global --unexport __assume_key $__assume_key
true
