# Reads the words before the cursor and writes, one a line: the subcommand (empty for the switch), the number of the
# place that the word that is being typed has, and, when it belongs to a command that is run, the number of the word
# with which that command begins. The tables are in ../completions/assume.fish.
function __assume_read_line
    set --local words (builtin commandline -opc)
    set --local command ''
    set --local index 2
    if builtin contains -- "$words[2]" $__assume_subcommands
        set command $words[2]
        set index 3
    end
    set --local place 1
    set --local options yes
    while set --query words[$index]
        set --local word $words[$index]
        if set --query options[1]; and test $word = --
            set --erase options
        else if builtin contains -- "$command $place" $__assume_rest_table
            break
        else if set --query options[1]; and string match --quiet -- '-?*' $word
            builtin contains -- "$command $word" $__assume_value_table; and set index (builtin math $index + 1)
        else
            set place (builtin math $place + 1)
        end
        set index (builtin math $index + 1)
    end
    builtin contains -- "$command $place" $__assume_rest_table; or set --erase index
    builtin printf '%s\n' $command $place $index
end
