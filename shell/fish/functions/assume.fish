# assume for fish, 3.6 or newer. conf.d/assume.fish puts this folder where fish looks for functions.
# The files of all four shells have the same sections: where the core is, the command, the profile index, applying a
# switch, saving and restoring, names, the prompt segment, completion, start. fish loads a function when it is first
# called, from the file that bears its name: what only a switch needs is in __assume_switch.fish and what that one loads, and
# the last three are assume_prompt.fish, ../completions and ../conf.d.

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
    if test "$argv[1]" = exec; or not __assume_is_direct $argv
        __assume_switch $argv
        return
    end
    __assume_look_for_core $argv; or return
    __assume_call_directly $argv
    set --local __assume_status $status
    test "$argv[1]" = here; and set --query __assume_place; and __assume_look_again
    return $__assume_status
end

# Whether the first word is one with which the core is called directly.
function __assume_is_direct
    switch "$argv[1]"
        case list status doctor here exec env serve console credential-process credentials-file whoami login logout configure sync sandbox plugin keys import setup settings -h --help --version # subcommands, generated
            return 0
    end
    return 1
end

# Calls the core with nothing redirected.
function __assume_call_directly
    # fish_trace goes with it, if it is exported.
    set --local --export ASSUME_CALLER fish
    # What only this shell knows, for `doctor` and `here`.
    set --local --export ASSUME_LOADED 4 completion
    status is-interactive; and set --append ASSUME_LOADED interactive
    builtin functions --query __assume_inner_prompt; and set --append ASSUME_LOADED prompt
    test -n "$__assume_renew_at"; and set --append ASSUME_LOADED renews
    set --query __assume_place; and set --append ASSUME_LOADED directories
    set --local --export ASSUME_DIRECTORY "$__assume_layer[1]"
    __assume_show_key | read --local --export ASSUME_KEY_ID
    command $__assume_core $argv
end

# Writes the key that the last switch set, in a way that no trace shows.
function __assume_show_key
    set --local --unexport fish_trace
    builtin echo $__assume_key
end
