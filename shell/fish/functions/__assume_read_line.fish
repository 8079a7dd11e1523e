# Reads the words before the cursor and writes, one a line: the subcommand (empty for the switch), the number of the
# place that the word that is being typed has, with the words before it, a `/` before each, and, when it belongs to a
# command that is run, the number of the word with which that command begins. The tables are in
# ../completions/assume.fish.
function __assume_read_line
    set --local words (builtin commandline -opc)
    set --local token (builtin commandline -ct)
    set --local command ''
    set --local index 2
    if builtin contains -- "$words[2]" $__assume_subcommands
        set command $words[2]
        set index 3
    end
    set --local place 1
    set --local before ''
    set --local options yes
    while set --query words[$index]
        set --local word $words[$index]
        if builtin contains -- "$command $place" $__assume_rest_table
            # Behind a word of ours all is the command's; where there was none, flags are ours up to its first word.
            if test -n "$before"
                test $word = --; and set index (builtin math $index + 1)
                break
            end
            set --query options[1]; and string match --quiet -- '-?*' $word; or break
        end
        if set --query options[1]; and test $word = --
            set --erase options
        else if set --query options[1]; and string match --quiet -- '-?*' $word
            set --local flag (string replace --regex '=.*' '' -- $word)
            if builtin contains -- "$command $flag" $__assume_value_table
                # Whoever says the profile by a flag says it by no word.
                builtin contains -- $flag $__assume_profile_flags; and set place 2
                string match --quiet -- '--*=*' $word; or set index (builtin math $index + 1)
            end
        else
            set place (builtin math $place + 1)
            string match --quiet --regex '^[\w-]+\z' -- $word; and set before $before/$word; or set before $before/-
        end
        set index (builtin math $index + 1)
    end
    if builtin contains -- "$command $place" $__assume_rest_table
        test -z "$before"; and set --query options[1]; and string match --quiet -- '-*' $token; and set --erase index
    else
        set --erase index
    end
    builtin printf '%s\n' $command $place$before $index
end
