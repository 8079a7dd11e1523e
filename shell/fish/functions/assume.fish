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
        case exec
            __assume_exec $argv[2..]
        case list status exec env console credential-process credentials-file whoami login logout configure sync sandbox plugin setup settings -h --help --version # subcommands, generated
            __assume_look_for_core $argv; or return
            # fish_trace goes with it, if it is exported.
            set --local --export ASSUME_CALLER fish
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
                # It is in the file of that one.
                builtin functions --query __assume_apply; and __assume_unset
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
    if __assume_find_row $argv 2>/dev/null
        __assume_note_use
        test -z "$__assume_warning"; or builtin printf 'assume: warning: %s\n' $__assume_warning >&2
        builtin functions --query __assume_apply; or return 1
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
