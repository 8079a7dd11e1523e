# Completion of assume for fish, loaded on the first TAB. Starts no process.

# The tables of commands and flags. A plugin manager copies both files into one folder.
set --global --unexport __assume_completions (status dirname)
source $__assume_completions/__assume_commands.fish

# What an older file said would stay.
builtin complete -c assume -e
# Of thousands of profiles, fish takes a list from a variable in half the time.
builtin complete -c assume -f -a '(__assume_complete_line) $__assume_offers'
builtin complete -c assume -n __assume_is_file -F
# One by one: fish would look in their descriptions, too, for what is typed.
for row in $__assume_command_table
    builtin complete -c assume -n __assume_is_first -a (string replace --regex ' .*' '' -- $row) -d (string replace --regex '\S* ' '' -- $row)
end

# --- what can stand there ------------------------------------------------------------------------------------

# Writes the kind of value that the flag in word $argv[2] of command $argv[1] takes, empty for none, what is said about it,
# and what of the word stands before the value, as in --region= or -r. Fails for no such flag.
function __assume_find_flag
    # Behind one dash letters can stand together, at the end one that takes a value.
    set --local letters (string match --regex --groups-only "^(?:$argv[1]|\*) -(.)  " -- $__assume_flag_table | string join '')
    set --local lead
    set --local flag
    set --local letter
    string match --quiet --regex "^(?<lead>(?<flag>--[^=]+)=?|-[$letters]*(?<letter>[^-]))" -- $argv[2]; or return
    test -z "$letter"; or set flag -$letter
    set flag (string escape --style=regex -- $flag)
    string match --regex --groups-only "^(?:$argv[1]|\*) $flag (\S*) (.*)" -- $__assume_flag_table; and builtin printf '%s\n' $lead
end

# Writes the kind of the positional number $argv[2] of command $argv[1], which may depend on the words before it, $argv[3];
# "command" goes on to the end of the line.
function __assume_find_place
    for place in $argv[2]$argv[3] $argv[2] +
        set --local row (string escape --style=regex -- "$argv[1] $place")
        string match --regex --groups-only "^$row (.*)" -- $__assume_place_table; and return
    end
    builtin echo text
end

# Reads the words before the cursor: sets command, kind (of the word that is being typed), text (what is said about its
# values) and lead (what of that word stands before the value, as in --region=). For the kind "command", first is the
# number of the word that is the command. What was read is kept: fish asks twice.
function __assume_read_line --no-scope-shadowing
    # The last of them is the one that is being typed.
    set --local words (builtin commandline -opc; builtin commandline -ct)
    if test "$__assume_line" != "$words"
        set --global --unexport __assume_line "$words"
        __assume_read_words
        set --global --unexport __assume_reading "$command" "$kind" "$text" "$lead" "$first"
    end
    set command $__assume_reading[1]
    set kind $__assume_reading[2]
    set text $__assume_reading[3]
    set lead $__assume_reading[4]
    set first $__assume_reading[5]
end

function __assume_read_words --no-scope-shadowing
    set --local token $words[-1]
    set --erase words[-1]
    set --local place 1
    set --local before ''
    set --local options yes
    set command ''
    set text ''
    set lead ''
    set first 2
    if builtin contains -- "$words[2]" (string replace --regex ' .*' '' -- $__assume_command_table)
        set command $words[2]
        set first 3
    end
    while true
        set kind (__assume_find_place "$command" $place "$before")
        test "$kind" = behind-dashes; and test -z "$options"; and set kind command
        set --local word $words[$first]
        set --query words[$first]; or set word $token
        if test "$kind" = command
            # Behind a word of ours all is the command's; where there was none, flags are ours up to its first word.
            if test -n "$before"
                test "$words[$first]" = --; and set first (builtin math $first + 1)
                return
            end
            test -n "$options"; and string match --quiet -- '-*' "$word"; or return
        end
        set --query words[$first]; or break
        if test -n "$options"; and test $word = --
            set options ''
        else if test -n "$options"; and string match --quiet -- '-?*' $word
            set --local flag (__assume_find_flag "$command" $word)
            if test -n "$flag[1]"
                # Whoever says the profile by a flag says it by no word.
                test $flag[1] = profile; and set place 2
                if test $flag[3] = $word; and not string match --quiet -- '*=' $word
                    set first (builtin math $first + 1)
                    # The value is the word that is being typed.
                    if not set --query words[$first]
                        set kind $flag[1]
                        set text $flag[2]
                        return
                    end
                end
            end
        else
            set place (builtin math $place + 1)
            set before $before/$word
        end
        set first (builtin math $first + 1)
    end
    test -n "$options"; and string match --quiet -- '-*' "$token"; or return
    set kind flag
    string match --quiet --regex '^-(?:-[^=]*)?\z' -- $token; and return
    set --local flag (__assume_find_flag "$command" $token)
    if test -n "$flag[1]"
        set kind $flag[1]
        set text $flag[2]
        set lead $flag[3]
    else if string match --quiet -- '--*' $token
        set kind text
    end
end

# Whether the word that is being typed is the first after `assume`.
function __assume_is_first
    set --local words (builtin commandline -opc)
    not set --query words[2]
end

# Whether that word is a file, whose names fish knows itself.
function __assume_is_file
    set --local command
    set --local kind
    set --local text
    set --local lead
    set --local first
    __assume_read_line
    test "$kind" = file
end

# --- the names -----------------------------------------------------------------------------------------------

# Sets __assume_offers to the profiles, `NAME TAB DESCRIPTION`, of the profile index. Fails when it is stale.
function __assume_offer_index
    __assume_find_index 2>/dev/null; or return 1
    read --null --global --list --delimiter \n __assume_offers <$__assume_index[1]
    # Behind the last newline stands an empty one.
    set --erase "__assume_offers[1..$__assume_index[4] -1]"
end

# Writes the profiles, `NAME TAB DESCRIPTION`, from the profile index, or only the names, from the section headers of the AWS
# files, when it is stale.
function __assume_read_names
    if __assume_find_index 2>/dev/null
        # Only the rows of profiles have a tab.
        string match \*\t\* <$__assume_index[1]
        return 0
    end
    __assume_scan "$AWS_CONFIG_FILE" '~/.aws/config' profile
    __assume_scan "$AWS_SHARED_CREDENTIALS_FILE" '~/.aws/credentials'
end

# Writes the sso-sessions, from beside the profile index or, when it is stale, from the section headers of the config file.
function __assume_read_sessions
    if __assume_find_index 2>/dev/null
        set --local file $__assume_index[2]/session-names
        if test -f $file -a -O $file -a ! -L $file
            string match '*' <$file
            return 0
        end
    end
    __assume_scan "$AWS_CONFIG_FILE" '~/.aws/config' sso-session
end

# Writes the plugins: the built-in ones, those in the plugin folder, those in the settings.
function __assume_read_plugins
    set --local names $__assume_plugins
    set --local folder
    string match --quiet '/*' -- "$HOME"; and set folder $HOME/.config/assume
    string match --quiet '/*' -- "$XDG_CONFIG_HOME"; and set folder $XDG_CONFIG_HOME/assume
    # Without a HOME only the core knows where they are.
    if set --query folder[1]
        # A wildcard without a match is an error but in set.
        set --local entries $folder/plugins/*
        set --local manifests $folder/plugins/*/package.json
        set --local found (string match --invert '*.d.ts' -- $entries)
        set --local packages (string replace --regex --filter '/package\.json\z' '' -- $manifests)
        set names $names (string replace --regex --filter '.*/([^/]+)\.[mc]?[tj]s\z' '$1' -- $found)
        set names $names (string replace --regex --filter '.*/assume-plugin-([^/]+)\z' '$1' -- $found)
        set names $names (string replace --regex --filter '.*/([^/]+)\z' '$1' -- $packages)
        test -r $folder/config -a -f $folder/config
        and set names $names (string match --regex --groups-only '^\[plugin\s+([^]\s]+)' <$folder/config)
    end
    set --local seen
    for name in (string match --regex '^[a-z][a-z0-9-]*\z' -- $names)
        builtin contains -- $name $seen; or builtin printf '%s\n' $name
        set --append seen $name
    end
end

# Writes the profiles of file $argv[1], else $argv[2], by its section headers, or its sso-sessions; $argv[3] is the word
# before the name, if there is one.
function __assume_scan
    set --local file $argv[1]
    test -n "$file"; or set file $argv[2]
    if string match --quiet '~/*' -- $file
        # Without a HOME that is a place only the core knows which one that is.
        string match --quiet '/*' -- "$HOME"; or return 0
        set file $HOME/(string sub --start 3 -- $file)
    end
    test -r $file; and test -f $file; or return 0
    set --local name '([A-Za-z0-9_./%@:+-]+)'
    set --query argv[3]
    and set name "$argv[3][ \t]+(?|$name|'([^]\x00-\x1f\x7f]+)'|\"([^]\x00-\x1f\x7f]+)\")"
    test "$argv[3]" = profile; and set name "(default)|$name"
    string match --regex --groups-only "^\[[ \t]*(?|$name)[ \t]*\][ \t]*(?:[#;].*)?\r?\z" <$file
    return 0
end

# --- the answer ----------------------------------------------------------------------------------------------

# Writes what can stand at the cursor, `WORD TAB DESCRIPTION`. fish leaves out what does not continue the word.
function __assume_complete_line
    set --global --unexport __assume_offers
    set --local command
    set --local kind
    set --local text
    set --local lead
    set --local first
    __assume_read_line
    switch $kind
        case command
            __assume_complete_command $first
        case flag
            __assume_offer_flags "$command"
        case '*'
            if test -z "$lead$text"
                test $kind = profile; and __assume_offer_index; and return
                __assume_list_values $kind
                return
            end
            set --local values $lead(__assume_list_values $kind)
            # A profile has its own description, if the index is fresh.
            if not string match --quiet \*\t\* -- $values[1]
                set --local letters (builtin commandline -ct | string match --all --regex '\w' | string join '.*')
                set values (string match --entire --ignore-case --regex -- "$letters" $values)\t$text
            end
            string join \n -- $values
    end
end

# Writes the values of kind $argv[1], where there are any to choose from.
function __assume_list_values
    switch $argv[1]
        case profile
            __assume_read_names
        case session
            __assume_read_sessions
        case session-or-profile
            __assume_read_sessions
            __assume_read_names
        case plugin
            __assume_read_plugins
        case service
            set --query __assume_service_table; or source $__assume_completions/__assume_services.fish
            string replace ' ' \t -- $__assume_service_table
        case region
            string join \n -- $__assume_regions
        case '=*'
            string split , -- (string sub --start 2 -- $argv[1])
    end
end

# Writes the flags of command $argv[1] that continue the word. Behind one dash letters can stand together.
function __assume_offer_flags
    set --local token (builtin commandline -ct)
    if string match --quiet --regex '^-[A-Za-z]+\z' -- $token
        string replace --filter --regex -- "^(?:$argv[1]|\*) -([^$token]) \S* " "$token\$1\t" $__assume_flag_table
    else
        set --local typed (string escape --style=regex -- $token)
        string replace --filter --ignore-case --regex -- "^(?:$argv[1]|\*) ($typed\S*) \S* " '$1\t' $__assume_flag_table
    end
end

# Writes what fish would offer if the command that is word number $argv[1] were typed alone with what follows.
function __assume_complete_command
    set --local words (builtin commandline -opc)
    set --erase words[1..(builtin math $argv[1] - 1)]
    set --query words[1]; and set words (string escape -- $words)
    set --local token (builtin commandline -ct)
    builtin complete --do-complete=(string join -- ' ' $words "$token")
end
